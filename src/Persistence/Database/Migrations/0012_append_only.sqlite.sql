-- Rows of history are added and never edited or deleted, whoever writes. Against who can drop triggers, 'hcc audit verify' compares.
-- Only when a promotion was announced is written later.
CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'audit is only added to'); END;
CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'audit is only added to'); END;
CREATE TRIGGER model_version_no_update BEFORE UPDATE ON model_version BEGIN SELECT RAISE(ABORT, 'model_version is only added to'); END;
CREATE TRIGGER model_version_no_delete BEFORE DELETE ON model_version BEGIN SELECT RAISE(ABORT, 'model_version is only added to'); END;
CREATE TRIGGER model_comparison_no_update BEFORE UPDATE ON model_comparison BEGIN SELECT RAISE(ABORT, 'model_comparison is only added to'); END;
CREATE TRIGGER model_comparison_no_delete BEFORE DELETE ON model_comparison BEGIN SELECT RAISE(ABORT, 'model_comparison is only added to'); END;
CREATE TRIGGER promotion_policy_no_update BEFORE UPDATE ON promotion_policy BEGIN SELECT RAISE(ABORT, 'promotion_policy is only added to'); END;
CREATE TRIGGER promotion_policy_no_delete BEFORE DELETE ON promotion_policy BEGIN SELECT RAISE(ABORT, 'promotion_policy is only added to'); END;
CREATE TRIGGER approval_no_update BEFORE UPDATE ON approval BEGIN SELECT RAISE(ABORT, 'approval is only added to'); END;
CREATE TRIGGER approval_no_delete BEFORE DELETE ON approval BEGIN SELECT RAISE(ABORT, 'approval is only added to'); END;
CREATE TRIGGER promotion_no_update BEFORE UPDATE OF promotion_id, model_version, reason, promoted_ms, kind, actor, replaces, comparison_id ON promotion BEGIN SELECT RAISE(ABORT, 'promotion is only added to'); END;
CREATE TRIGGER promotion_no_delete BEFORE DELETE ON promotion BEGIN SELECT RAISE(ABORT, 'promotion is only added to'); END;
CREATE TRIGGER audit_head_no_delete BEFORE DELETE ON audit_head BEGIN SELECT RAISE(ABORT, 'audit_head only moves on'); END;
CREATE TRIGGER audit_head_no_return BEFORE UPDATE ON audit_head WHEN NEW.entries < OLD.entries OR NEW.unsealed > OLD.unsealed
BEGIN SELECT RAISE(ABORT, 'audit_head only moves on'); END;
