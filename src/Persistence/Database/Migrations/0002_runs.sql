-- One extraction of one study (at one content) under one profile, its bricks and its values.

CREATE TABLE profile (
    profile_sha256 TEXT PRIMARY KEY,
    canonical_json TEXT NOT NULL,
    recorded_ms    BIGINT NOT NULL
);

-- superseded: a later content of the same study has its own run. announced_ms: FeaturesExtracted has been published.
CREATE TABLE extraction_run (
    run_id               TEXT PRIMARY KEY,
    study_uid            TEXT NOT NULL REFERENCES study (study_uid),
    study_content_sha256 TEXT NOT NULL,
    profile_sha256       TEXT NOT NULL REFERENCES profile (profile_sha256),
    expected_bricks      BIGINT NOT NULL,
    superseded           BIGINT NOT NULL DEFAULT 0,
    planned_ms           BIGINT NOT NULL,
    completed_ms         BIGINT,
    announced_ms         BIGINT
);
CREATE INDEX run_by_study ON extraction_run (study_uid);

-- state: 'pending', 'done' or 'rejected' (a result too: detail says why there are no values).
CREATE TABLE brick (
    run_id       TEXT NOT NULL REFERENCES extraction_run (run_id),
    brick_index  BIGINT NOT NULL,
    work         TEXT NOT NULL,
    state        TEXT NOT NULL,
    detail       TEXT,
    worker       TEXT,
    requested_ms BIGINT NOT NULL,
    finished_ms  BIGINT,
    PRIMARY KEY (run_id, brick_index)
);
CREATE INDEX brick_by_state ON brick (state, requested_ms);

CREATE TABLE feature_value (
    run_id      TEXT NOT NULL REFERENCES extraction_run (run_id),
    name        TEXT NOT NULL,
    value       DOUBLE PRECISION NOT NULL,
    brick_index BIGINT NOT NULL,
    PRIMARY KEY (run_id, name)
);
