-- Processes that do the work, each seen when it last said so. slots: bricks that it computes at the same time.
CREATE TABLE worker (
    worker_id  TEXT PRIMARY KEY,
    roles      TEXT NOT NULL,
    slots      BIGINT NOT NULL,
    version    TEXT NOT NULL,
    started_ms BIGINT NOT NULL,
    seen_ms    BIGINT NOT NULL
);
