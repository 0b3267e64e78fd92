-- Who may look and who may change: access tokens; the keys behind cookies; and what the dashboard looks things up by.

-- secret_sha256: hash of the token's secret, which is told once and kept nowhere. center_code: NULL for every centre.
-- A row is never deleted: the audit refers to it.
CREATE TABLE access_token (
    token_id      TEXT PRIMARY KEY,
    name          TEXT NOT NULL,
    role          TEXT NOT NULL,
    center_code   TEXT,
    secret_sha256 TEXT NOT NULL UNIQUE,
    created_ms    BIGINT NOT NULL,
    expires_ms    BIGINT NOT NULL,
    revoked_ms    BIGINT
);

-- Keys that protect cookies and forms, as XML; every process that serves the dashboard has the same.
CREATE TABLE data_protection_key (
    key_name    TEXT PRIMARY KEY,
    xml         TEXT NOT NULL,
    recorded_ms BIGINT NOT NULL
);

CREATE INDEX study_by_update ON study (updated_ms DESC, study_uid);
CREATE INDEX study_by_center ON study (center_code, updated_ms DESC, study_uid);
CREATE INDEX run_by_study_end ON extraction_run (study_uid, superseded, completed_ms);
CREATE INDEX run_by_completion ON extraction_run (completed_ms);
CREATE INDEX source_file_by_time ON source_file (recorded_ms, center_code);
CREATE INDEX quarantine_by_time ON quarantine (recorded_ms);
