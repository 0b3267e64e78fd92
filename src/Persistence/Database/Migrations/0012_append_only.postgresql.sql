-- Rows of history are added and never edited or deleted, whoever writes. Against who can drop triggers, 'hcc audit verify' compares.
-- Only when a promotion was announced is written later.
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is only added to', TG_TABLE_NAME;
END
$$;
CREATE TRIGGER audit_no_change BEFORE DELETE OR UPDATE ON audit FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER audit_no_truncate BEFORE TRUNCATE ON audit FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER model_version_no_change BEFORE DELETE OR UPDATE ON model_version FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER model_version_no_truncate BEFORE TRUNCATE ON model_version FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER model_comparison_no_change BEFORE DELETE OR UPDATE ON model_comparison FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER model_comparison_no_truncate BEFORE TRUNCATE ON model_comparison FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER promotion_policy_no_change BEFORE DELETE OR UPDATE ON promotion_policy FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER promotion_policy_no_truncate BEFORE TRUNCATE ON promotion_policy FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER approval_no_change BEFORE DELETE OR UPDATE ON approval FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER approval_no_truncate BEFORE TRUNCATE ON approval FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER promotion_no_change BEFORE DELETE OR UPDATE OF promotion_id, model_version, reason, promoted_ms, kind, actor, replaces, comparison_id ON promotion FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER promotion_no_truncate BEFORE TRUNCATE ON promotion FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER audit_head_no_delete BEFORE DELETE ON audit_head FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER audit_head_no_truncate BEFORE TRUNCATE ON audit_head FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER audit_head_no_return BEFORE UPDATE ON audit_head FOR EACH ROW WHEN (NEW.entries < OLD.entries OR NEW.unsealed > OLD.unsealed)
EXECUTE FUNCTION refuse_change();
