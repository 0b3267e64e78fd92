-- How versions do over time, and who was told of it.

-- A period is assessed again when its patients are others than they were: outcomes become mature, scores are frozen. Rows are added and never
-- edited. input_sha256: over all that the assessment is made of. document: JSON, without patients. highest_level: of its findings.
CREATE TABLE drift_assessment (
    model_version   BIGINT NOT NULL REFERENCES model_version (model_version),
    submodel        TEXT NOT NULL,
    period          TEXT NOT NULL,
    revision        BIGINT NOT NULL,
    input_sha256    TEXT NOT NULL,
    document_sha256 TEXT NOT NULL,
    document        TEXT NOT NULL,
    highest_level   TEXT,
    assessed_ms     BIGINT NOT NULL,
    PRIMARY KEY (model_version, submodel, period, revision)
);

-- Every version on every later window, from its last assessment: written anew with each. center_code: '' for all centres together.
CREATE TABLE version_window (
    model_version BIGINT NOT NULL REFERENCES model_version (model_version),
    submodel      TEXT NOT NULL,
    center_code   TEXT NOT NULL,
    entry_quarter TEXT NOT NULL,
    state         TEXT NOT NULL,
    verdict       TEXT NOT NULL,
    patients      BIGINT NOT NULL,
    mature        BIGINT NOT NULL,
    cases         BIGINT NOT NULL,
    prospective   BIGINT NOT NULL,
    auc           DOUBLE PRECISION,
    auc_lower     DOUBLE PRECISION,
    auc_upper     DOUBLE PRECISION,
    PRIMARY KEY (model_version, submodel, center_code, entry_quarter)
);

-- A finding that somebody is told of, once as long as it is not closed. first_window and last_window: where it was found. state: 'open',
-- 'acknowledged' or 'closed'. announced_ms: on the bus; webhook_ms: delivered.
CREATE TABLE alert (
    alert_id            TEXT PRIMARY KEY,
    model_version       BIGINT NOT NULL REFERENCES model_version (model_version),
    submodel            TEXT NOT NULL,
    center_code         TEXT NOT NULL,
    level               TEXT NOT NULL,
    kind                TEXT NOT NULL,
    first_window        TEXT NOT NULL,
    last_window         TEXT NOT NULL,
    summary             TEXT NOT NULL,
    document_sha256     TEXT NOT NULL,
    state               TEXT NOT NULL,
    raised_ms           BIGINT NOT NULL,
    acknowledged_by     TEXT,
    acknowledged_reason TEXT,
    acknowledged_ms     BIGINT,
    closed_by           TEXT,
    closed_reason       TEXT,
    closed_ms           BIGINT,
    announced_ms        BIGINT,
    webhook_attempts    BIGINT NOT NULL DEFAULT 0,
    webhook_next_ms     BIGINT NOT NULL DEFAULT 0,
    webhook_ms          BIGINT
);
CREATE INDEX alert_by_state ON alert (state, raised_ms);
