-- Outcomes with their history, manifests of snapshots, and patients who withdrew.

-- Every outcome that a patient was known to have; rows are added and never edited. response, pfs_months and pfs_event are what counts from
-- this revision on; recorded_response is what the clinical record says, which an adjudicated response stands above.
-- source: 'recorded' from the clinical table, or 'adjudicated' by a person, with the reason.
CREATE TABLE outcome_revision (
    pseudonym         TEXT NOT NULL REFERENCES patient (pseudonym),
    revision          BIGINT NOT NULL,
    response          TEXT,
    pfs_months        DOUBLE PRECISION,
    pfs_event         BIGINT,
    recorded_response TEXT,
    source            TEXT NOT NULL,
    reason            TEXT,
    recorded_ms       BIGINT NOT NULL,
    PRIMARY KEY (pseudonym, revision)
);
INSERT INTO outcome_revision (pseudonym, revision, response, pfs_months, pfs_event, recorded_response, source, recorded_ms)
SELECT pseudonym, 1, response, pfs_months, pfs_event, response, 'recorded', recorded_ms
FROM clinical_record WHERE response IS NOT NULL OR pfs_months IS NOT NULL;

-- The blob with the manifest of a snapshot; NULL for one that was taken before there were manifests.
ALTER TABLE cohort_snapshot ADD COLUMN manifest_sha256 TEXT;

-- The response under which a patient was in the last snapshot that holds the patient.
CREATE TABLE label_in_use (
    pseudonym        TEXT PRIMARY KEY REFERENCES patient (pseudonym),
    snapshot_sha256  TEXT NOT NULL REFERENCES cohort_snapshot (snapshot_sha256),
    outcome_revision BIGINT NOT NULL,
    response         TEXT NOT NULL
);

-- Who withdrew: nothing of theirs is taken in again. erased_ms: all that was stored of the patient has been deleted.
CREATE TABLE withdrawal (
    pseudonym    TEXT PRIMARY KEY REFERENCES patient (pseudonym),
    reason       TEXT NOT NULL,
    withdrawn_ms BIGINT NOT NULL,
    erased_ms    BIGINT
);

-- Objects whose rows are gone and that are to be deleted from the store, so that a crash in between forgets none. Names end with '/' for
-- everything below.
CREATE TABLE object_to_delete (
    object_name TEXT PRIMARY KEY,
    recorded_ms BIGINT NOT NULL
);

-- Whose file it was; NULL for files taken in before.
ALTER TABLE source_file ADD COLUMN pseudonym TEXT;
