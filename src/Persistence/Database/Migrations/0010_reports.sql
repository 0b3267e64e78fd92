-- Drift reports by version and period. inputs_sha256: over the assessments that the report was made of; when they are others, it is made again.
CREATE TABLE drift_report (
    model_version BIGINT NOT NULL REFERENCES model_version (model_version),
    period        TEXT NOT NULL,
    inputs_sha256 TEXT NOT NULL,
    html_sha256   TEXT NOT NULL,
    json_sha256   TEXT NOT NULL,
    published_ms  BIGINT NOT NULL,
    PRIMARY KEY (model_version, period)
);
