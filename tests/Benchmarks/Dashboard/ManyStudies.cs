using Microsoft.Data.Sqlite;

namespace HccPipeline.Benchmarks.Dashboard;

/// <summary>Fills the tables of a registry with patients, studies, runs and what belongs to them, by SQL alone.</summary>
internal static class ManyStudies
{
    private const int Patients = 10_000;

    // Two studies a patient, six series a study, forty days of arrivals; some wait, some are in work, some bricks are in quarantine.
    private static readonly string[] Statements =
    [
        "CREATE TEMP TABLE n AS WITH RECURSIVE c(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM c WHERE i < @Patients - 1) SELECT i, printf('P-%016x', (i * 2654435761) % 4294967296) AS p, 'C0' || (i % 6 + 1) AS c FROM c",
        "CREATE TEMP TABLE v AS SELECT i * 2 + k AS j, i, p, c, k, '2.25.' || printf('%039d', i * 2 + k) AS s FROM n, (SELECT 0 AS k UNION ALL SELECT 1)",
        "CREATE TEMP TABLE six AS SELECT 0 AS k UNION ALL SELECT 1 UNION ALL SELECT 2 UNION ALL SELECT 3 UNION ALL SELECT 4 UNION ALL SELECT 5",
        "INSERT INTO patient SELECT p, c, @Now - i * 300000 FROM n",
        """
        INSERT INTO clinical_record (pseudonym, center_code, content_sha256, revision, treatment_start, entry_quarter, response, pfs_months, pfs_event, announced_ms, recorded_ms)
        SELECT p, c, 'x', 1, '2024-03-01', '2024Q' || (i % 4 + 1), CASE WHEN i % 10 = 0 THEN NULL WHEN i % 3 = 0 THEN 'PD' ELSE 'SD' END, 6.0, 1, @Now, @Now FROM n
        """,
        "INSERT INTO clinical_value SELECT p, name, value FROM n, (SELECT 'NLR' AS name, 2.5 AS value UNION ALL SELECT 'log_AFP', 3 UNION ALL SELECT 'age', 61) WHERE i % 20 <> 7 OR name <> 'NLR'",
        "INSERT INTO outcome_revision (pseudonym, revision, response, pfs_months, pfs_event, recorded_response, source, recorded_ms) SELECT p, 1, CASE WHEN i % 3 = 0 THEN 'PD' ELSE 'SD' END, 6.0, 1, 'SD', 'recorded', @Now FROM n WHERE i % 10 <> 0",
        """
        INSERT INTO study (study_uid, pseudonym, center_code, study_date, visit, state, waiting_for, content_sha256, announced_ms, updated_ms)
        SELECT s, p, c, CASE WHEN k = 0 THEN '2024-02-24' ELSE '2024-04-26' END, CASE WHEN k = 0 THEN 'PreTreatment' ELSE 'PostTreatment' END,
               CASE WHEN j % 17 = 3 THEN 'waiting' ELSE 'ready' END, CASE WHEN j % 17 = 3 THEN 'a segmentation of the T2 series' END, 'content' || j, @Now, @Now - j * 170000 FROM v
        """,
        "INSERT INTO series (series_uid, study_uid, modality, sequence, manufacturer, scanner_model, field_strength_tesla) SELECT s || '.' || six.k, s, 'MR', CASE six.k WHEN 0 THEN 'T2' WHEN 1 THEN 'Adc' WHEN 2 THEN 'Segmentation' ELSE 'Dwi' END, 'Maker', 'Scanner', 1.5 FROM v, six",
        "INSERT INTO instance (sop_instance_uid, series_uid, blob_sha256, source_sha256, frame_count) SELECT s || '.' || six.k || '.' || two.k, s || '.' || six.k, 'b', 'f', 1 FROM v, six, (SELECT 0 AS k UNION ALL SELECT 1) two",
        "INSERT INTO source_file (source_sha256, center_code, outcome, recorded_ms) SELECT 'f' || j || '-' || six.k, c, 'stored', @Now - j * 170000 FROM v, six",
        "INSERT INTO profile (profile_sha256, canonical_json, recorded_ms) VALUES ('profile', '{}', @Now)",
        """
        INSERT INTO extraction_run (run_id, kind, study_uid, study_content_sha256, profile_sha256, expected_bricks, planned_ms, completed_ms, announced_ms)
        SELECT 'run' || j, 'study', s, 'content' || j, 'profile', 2, @Now - j * 170000, CASE WHEN j < 300 THEN NULL ELSE @Now - j * 170000 + 60000 END, @Now FROM v WHERE j % 17 <> 3 AND j >= 100
        """,
        """
        INSERT INTO brick (run_id, brick_index, kind, work, region_voxels, state, detail, requested_ms, started_ms, finished_ms, seconds)
        SELECT 'run' || j, b.k, 'region', '{}', 5000, CASE WHEN j >= 300 THEN 'done' WHEN j < 150 THEN 'quarantined' ELSE 'waiting' END, CASE WHEN j < 150 THEN 'The region has no voxel.' END,
               @Now, @Now, CASE WHEN j >= 300 OR j < 150 THEN @Now - j * 170000 + 60000 END, 0.4
        FROM v, (SELECT 0 AS k UNION ALL SELECT 1) b WHERE j % 17 <> 3 AND j >= 100
        """,
        "INSERT INTO feature_value (run_id, name, value, brick_index) SELECT 'run' || j, 'T2_feature_' || six.k, j * 0.001 + six.k, 0 FROM v, six WHERE j % 17 <> 3 AND j >= 300",
        "INSERT INTO quarantine SELECT 'q' || i, c, 'file', 'delivery/' || i || '.dcm', 'not-dicom', 'This is no DICOM file; export it again.', @Now - i * 60000 FROM n WHERE i < 500",
    ];

    /// <summary>Fills a database that has its schema and nothing else.</summary>
    public static void Fill(string path, long nowMs)
    {
        using SqliteConnection db = new($"Data Source={path};Pooling=False");
        db.Open();
        using SqliteTransaction transaction = db.BeginTransaction();
        foreach (string sql in Statements)
        {
            using SqliteCommand command = db.CreateCommand();
            command.CommandText = sql;
            command.Parameters.AddWithValue("@Patients", Patients);
            command.Parameters.AddWithValue("@Now", nowMs);
            command.ExecuteNonQuery();
        }
        transaction.Commit();
    }
}
