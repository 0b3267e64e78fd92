-- Who changed what; trainings and who holds the cohort; scores as they were given; champions, and how they became so.
-- Rows of history are added and never edited; what goes on has its own columns, which are written until it ends.

-- Every row's hash is over the hash of the row before and its own canonical JSON. detail: a JSON object of texts, keys in order.
CREATE TABLE audit (
    audit_id        BIGINT PRIMARY KEY,
    recorded_ms     BIGINT NOT NULL,
    actor           TEXT NOT NULL,
    action          TEXT NOT NULL,
    subject         TEXT NOT NULL,
    reason          TEXT NOT NULL,
    detail          TEXT NOT NULL,
    previous_sha256 TEXT NOT NULL,
    sha256          TEXT NOT NULL
);

-- One row: how many entries there are and the hash of the last. Whoever appends holds it until the transaction ends.
CREATE TABLE audit_head (
    head_id BIGINT PRIMARY KEY,
    entries BIGINT NOT NULL,
    sha256  TEXT NOT NULL
);
INSERT INTO audit_head (head_id, entries, sha256) VALUES (1, 0, '0000000000000000000000000000000000000000000000000000000000000000');

-- outcome: NULL while it runs, then 'trained', 'unchanged' (the version was there), 'refused', 'cancelled', 'failed' or 'abandoned' (its
-- process died). patient_count: patients in its snapshot, once that is taken.
CREATE TABLE training_run (
    run_id          TEXT PRIMARY KEY,
    profile_sha256  TEXT NOT NULL,
    seed            BIGINT NOT NULL,
    reason          TEXT NOT NULL,
    requested_by    TEXT NOT NULL,
    override_reason TEXT,
    holder          TEXT NOT NULL,
    requested_ms    BIGINT NOT NULL,
    started_ms      BIGINT NOT NULL,
    patient_count   BIGINT,
    stage           TEXT NOT NULL,
    steps_done      BIGINT NOT NULL,
    steps_total     BIGINT NOT NULL,
    cancel_by       TEXT,
    finished_ms     BIGINT,
    outcome         TEXT,
    detail          TEXT,
    model_version   BIGINT REFERENCES model_version (model_version)
);
CREATE INDEX training_run_by_profile ON training_run (profile_sha256, started_ms);

-- Who trains on a cohort. The row of a dead holder is taken over when its lease is over.
CREATE TABLE training_lock (
    profile_sha256 TEXT PRIMARY KEY,
    run_id         TEXT NOT NULL REFERENCES training_run (run_id),
    lease_until_ms BIGINT NOT NULL
);

-- What stood beside the model when it was stored: why it was trained in spite of a guard, what the guards measured (JSON), and the blob with the
-- scores of its patients by models trained without them. NULL for versions from before.
ALTER TABLE model_version ADD COLUMN run_id TEXT REFERENCES training_run (run_id);
ALTER TABLE model_version ADD COLUMN override_reason TEXT;
ALTER TABLE model_version ADD COLUMN guards TEXT;
ALTER TABLE model_version ADD COLUMN held_out_sha256 TEXT;

-- First score of a patient by a version and submodel, and what it was made of. A refusal stands until the inputs allow a score; a score stands
-- for good. outcome_known: the response was known by then, so that the score foretold nothing.
CREATE TABLE prediction (
    pseudonym     TEXT NOT NULL REFERENCES patient (pseudonym),
    model_version BIGINT NOT NULL REFERENCES model_version (model_version),
    submodel      TEXT NOT NULL,
    probability   DOUBLE PRECISION,
    risk_group    TEXT,
    refusal       TEXT,
    inputs        TEXT NOT NULL,
    inputs_sha256 TEXT NOT NULL,
    outcome_known BIGINT NOT NULL,
    scored_ms     BIGINT NOT NULL,
    PRIMARY KEY (pseudonym, model_version, submodel)
);
CREATE INDEX prediction_by_version ON prediction (model_version);

-- Policies of promotion that were ever used, as they were written.
CREATE TABLE promotion_policy (
    policy_sha256 TEXT PRIMARY KEY,
    source        TEXT NOT NULL,
    used_ms       BIGINT NOT NULL
);

-- A version against the champion of that time under a policy. verdict: 'holds' or 'fails'; comparison: all that was measured (JSON).
CREATE TABLE model_comparison (
    comparison_id BIGINT PRIMARY KEY,
    challenger    BIGINT NOT NULL REFERENCES model_version (model_version),
    champion      BIGINT NOT NULL REFERENCES model_version (model_version),
    policy_sha256 TEXT NOT NULL REFERENCES promotion_policy (policy_sha256),
    verdict       TEXT NOT NULL,
    comparison    TEXT NOT NULL,
    compared_ms   BIGINT NOT NULL,
    UNIQUE (challenger, champion, policy_sha256)
);

CREATE TABLE approval (
    comparison_id BIGINT NOT NULL REFERENCES model_comparison (comparison_id),
    approver      TEXT NOT NULL,
    reason        TEXT NOT NULL,
    approved_ms   BIGINT NOT NULL,
    PRIMARY KEY (comparison_id, approver)
);

-- kind: 'first', 'automatic', 'approved', 'override' or 'rollback'. replaces: the champion until then. announced_ms: its announcement came back
-- from the bus.
ALTER TABLE promotion ADD COLUMN kind TEXT NOT NULL DEFAULT 'first';
ALTER TABLE promotion ADD COLUMN actor TEXT NOT NULL DEFAULT 'automatic';
ALTER TABLE promotion ADD COLUMN replaces BIGINT REFERENCES model_version (model_version);
ALTER TABLE promotion ADD COLUMN comparison_id BIGINT REFERENCES model_comparison (comparison_id);
ALTER TABLE promotion ADD COLUMN announced_ms BIGINT;
UPDATE promotion SET announced_ms = promoted_ms;
