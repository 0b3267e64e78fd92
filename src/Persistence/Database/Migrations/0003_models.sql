-- Snapshots, model versions, their promotions and reports. Rows here are written once and never edited.

CREATE TABLE cohort_snapshot (
    snapshot_sha256 TEXT PRIMARY KEY,
    profile_sha256  TEXT NOT NULL,
    patient_count   BIGINT NOT NULL,
    event_count     BIGINT NOT NULL,
    feature_count   BIGINT NOT NULL,
    created_ms      BIGINT NOT NULL
);

CREATE TABLE model_version (
    model_version   BIGINT PRIMARY KEY,
    snapshot_sha256 TEXT NOT NULL REFERENCES cohort_snapshot (snapshot_sha256),
    seed            BIGINT NOT NULL,
    code_version    TEXT NOT NULL,
    model_sha256    TEXT NOT NULL,
    reason          TEXT NOT NULL,
    training_ms     BIGINT NOT NULL,
    created_ms      BIGINT NOT NULL,
    UNIQUE (snapshot_sha256, seed, code_version)
);

CREATE TABLE promotion (
    promotion_id  BIGINT PRIMARY KEY,
    model_version BIGINT NOT NULL REFERENCES model_version (model_version),
    reason        TEXT NOT NULL,
    promoted_ms   BIGINT NOT NULL
);

CREATE TABLE report (
    model_version BIGINT PRIMARY KEY REFERENCES model_version (model_version),
    html_sha256   TEXT NOT NULL,
    json_sha256   TEXT NOT NULL,
    published_ms  BIGINT NOT NULL
);
