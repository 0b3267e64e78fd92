-- Bricks become a small graph: a brick has a kind, may have children, and waits in the table until it is released to the bus.
-- SQLite can't change a column, so the three tables of a run are built anew, children first; what they hold is kept.

-- kind: 'study', or 'maps' for a run that belongs to no study. priority: 0 batch, 1 interactive.
-- trace_parent: W3C trace context of the message that planned the run; whoever takes it further continues this trace.
CREATE TABLE extraction_run_new (
    run_id               TEXT PRIMARY KEY,
    kind                 TEXT NOT NULL,
    study_uid            TEXT REFERENCES study (study_uid),
    study_content_sha256 TEXT,
    profile_sha256       TEXT NOT NULL REFERENCES profile (profile_sha256),
    priority             BIGINT NOT NULL DEFAULT 0,
    expected_bricks      BIGINT NOT NULL,
    superseded           BIGINT NOT NULL DEFAULT 0,
    trace_parent         TEXT,
    planned_ms           BIGINT NOT NULL,
    completed_ms         BIGINT,
    announced_ms         BIGINT
);
INSERT INTO extraction_run_new (run_id, kind, study_uid, study_content_sha256, profile_sha256, expected_bricks, superseded, planned_ms, completed_ms, announced_ms)
SELECT run_id, 'study', study_uid, study_content_sha256, profile_sha256, expected_bricks, superseded, planned_ms, completed_ms, announced_ms FROM extraction_run;

-- state: 'waiting' (known, not yet requested), 'pending' (requested), 'blocked' (until its siblings are done), 'done', 'rejected' (a result
-- too: detail says why there are no values), 'quarantined' (given up until a person puts it back; detail says why).
-- failures: exceptions so far. starts: deliveries begun whose end nobody heard of, as of a brick that kills its process.
-- parent_index: the brick that planned this one. region_voxels: voxels of the region in it. result_sha256: blob with its maps.
CREATE TABLE brick_new (
    run_id        TEXT NOT NULL REFERENCES extraction_run_new (run_id),
    brick_index   BIGINT NOT NULL,
    kind          TEXT NOT NULL,
    parent_index  BIGINT,
    work          TEXT NOT NULL,
    region_voxels BIGINT,
    state         TEXT NOT NULL,
    detail        TEXT,
    failures      BIGINT NOT NULL DEFAULT 0,
    starts        BIGINT NOT NULL DEFAULT 0,
    worker        TEXT,
    requested_ms  BIGINT,
    started_ms    BIGINT,
    finished_ms   BIGINT,
    seconds       DOUBLE PRECISION,
    result_sha256 TEXT,
    PRIMARY KEY (run_id, brick_index)
);
INSERT INTO brick_new (run_id, brick_index, kind, work, state, detail, worker, requested_ms, finished_ms)
SELECT run_id, brick_index, 'region', work, state, detail, worker, requested_ms, finished_ms FROM brick;

CREATE TABLE feature_value_new (
    run_id      TEXT NOT NULL REFERENCES extraction_run_new (run_id),
    name        TEXT NOT NULL,
    value       DOUBLE PRECISION NOT NULL,
    brick_index BIGINT NOT NULL,
    PRIMARY KEY (run_id, name)
);
INSERT INTO feature_value_new (run_id, name, value, brick_index) SELECT run_id, name, value, brick_index FROM feature_value;

DROP TABLE feature_value;
DROP TABLE brick;
DROP TABLE extraction_run;
ALTER TABLE extraction_run_new RENAME TO extraction_run;
ALTER TABLE brick_new RENAME TO brick;
ALTER TABLE feature_value_new RENAME TO feature_value;

CREATE INDEX run_by_study ON extraction_run (study_uid);
CREATE INDEX run_open ON extraction_run (planned_ms) WHERE completed_ms IS NULL;
CREATE INDEX brick_by_state ON brick (state, run_id, brick_index);
CREATE INDEX brick_by_finish ON brick (finished_ms);

-- Who releases bricks to the bus holds this row: the number in flight is counted and filled up by one process at a time.
CREATE TABLE release_gate (
    gate        BIGINT PRIMARY KEY,
    released_ms BIGINT
);
INSERT INTO release_gate (gate) VALUES (1);
