-- What the registry knows of patients, their clinical records and their studies. One script for SQLite and PostgreSQL:
-- ids TEXT, instants BIGINT milliseconds (_ms), dates TEXT yyyy-MM-dd, reals DOUBLE PRECISION, flags BIGINT 0/1.

CREATE TABLE patient (
    pseudonym   TEXT PRIMARY KEY,
    center_code TEXT NOT NULL,
    created_ms  BIGINT NOT NULL
);

-- Dates are shifted per patient; entry_quarter ('2023Q2') is the true calendar quarter of the treatment start, coarse on purpose:
-- drift over time needs the calendar, nothing needs the day.
CREATE TABLE clinical_record (
    pseudonym       TEXT PRIMARY KEY REFERENCES patient (pseudonym),
    center_code     TEXT NOT NULL,
    content_sha256  TEXT NOT NULL,
    revision        BIGINT NOT NULL,
    treatment_start TEXT NOT NULL,
    entry_quarter   TEXT NOT NULL,
    response        TEXT,
    pfs_months      DOUBLE PRECISION,
    pfs_event       BIGINT,
    announced_ms    BIGINT,
    recorded_ms     BIGINT NOT NULL
);

CREATE TABLE clinical_value (
    pseudonym TEXT NOT NULL REFERENCES clinical_record (pseudonym),
    name      TEXT NOT NULL,
    value     DOUBLE PRECISION NOT NULL,
    PRIMARY KEY (pseudonym, name)
);

-- state: 'receiving' while a batch is coming in, 'ready' when features can be extracted, 'waiting' with waiting_for otherwise.
-- Features do not depend on the visit, so a study without one (visit_waiting_for says why) is extracted all the same.
-- content_sha256 is over the sorted instances, so late arrivals make a new content and with it a new run.
CREATE TABLE study (
    study_uid      TEXT PRIMARY KEY,
    pseudonym      TEXT NOT NULL REFERENCES patient (pseudonym),
    center_code    TEXT NOT NULL,
    study_date     TEXT,
    visit          TEXT,
    state          TEXT NOT NULL,
    waiting_for    TEXT,
    visit_waiting_for TEXT,
    content_sha256 TEXT,
    announced_ms   BIGINT,
    updated_ms     BIGINT NOT NULL
);
CREATE INDEX study_by_patient ON study (pseudonym);
CREATE INDEX study_by_state ON study (state);

-- sequence is NULL for a series that the pipeline does not use; rejected_because is set when its geometry cannot be used.
-- source_image_uid: an image that a segmentation was drawn on, where it names no series; its series becomes the referenced one.
-- acquired_ms: earliest acquisition of its instances (dates shifted), which orders the phases of a contrast examination.
CREATE TABLE series (
    series_uid             TEXT PRIMARY KEY,
    study_uid              TEXT NOT NULL REFERENCES study (study_uid),
    modality               TEXT NOT NULL,
    sequence               TEXT,
    frame_of_reference_uid TEXT,
    referenced_series_uid  TEXT,
    source_image_uid       TEXT,
    manufacturer           TEXT,
    scanner_model          TEXT,
    field_strength_tesla   DOUBLE PRECISION,
    acquired_ms            BIGINT,
    rejected_because       TEXT
);
CREATE INDEX series_by_study ON series (study_uid);

-- shows: what the instance was classified as when it came in, before the series as a whole is judged; NULL when not known.
-- position_mm: place along the slice normal; grid: columns, rows, spacing and orientation in one text. Both NULL for segmentations
-- and for objects of several frames, whose frames hold their own places.
CREATE TABLE instance (
    sop_instance_uid TEXT PRIMARY KEY,
    series_uid       TEXT NOT NULL REFERENCES series (series_uid),
    blob_sha256      TEXT NOT NULL,
    source_sha256    TEXT NOT NULL,
    shows            TEXT,
    b_value          DOUBLE PRECISION,
    position_mm      DOUBLE PRECISION,
    grid             TEXT,
    frame_count      BIGINT NOT NULL
);
CREATE INDEX instance_by_series ON instance (series_uid);

-- Segments of a segmentation series: which region each segment number stands for; NULL where the label is not one the pipeline knows.
CREATE TABLE segment (
    series_uid     TEXT NOT NULL REFERENCES series (series_uid),
    segment_number BIGINT NOT NULL,
    label          TEXT NOT NULL,
    region         TEXT,
    PRIMARY KEY (series_uid, segment_number)
);

-- Every file that went into the registry ('stored', or 'duplicate' of one that did), by the hash of its bytes: reading it again changes
-- nothing. A file in quarantine is not here: it is looked at again, because a later program may be able to use it.
CREATE TABLE source_file (
    source_sha256 TEXT NOT NULL,
    center_code   TEXT NOT NULL,
    outcome       TEXT NOT NULL,
    recorded_ms   BIGINT NOT NULL,
    PRIMARY KEY (source_sha256, center_code)
);

-- What can't be used now, with a reason a person can act on; a row goes when its subject is accepted.
-- subject_kind: 'file', 'series' or 'record'; subject: relative path, de-identified UID, or line of the clinical table.
CREATE TABLE quarantine (
    quarantine_id TEXT PRIMARY KEY,
    center_code   TEXT NOT NULL,
    subject_kind  TEXT NOT NULL,
    subject       TEXT NOT NULL,
    reason_code   TEXT NOT NULL,
    detail        TEXT NOT NULL,
    recorded_ms   BIGINT NOT NULL
);
