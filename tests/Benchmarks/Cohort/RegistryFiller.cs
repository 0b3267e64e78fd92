using System.Data.Common;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using HccPipeline.Contracts;

namespace HccPipeline.Benchmarks.Cohort;

/// <summary>Writes synthesised patients into the tables of a registry, as extraction and ingest leave them, in one transaction.</summary>
internal sealed class RegistryFiller(DbConnection db, DbTransaction transaction, string profileSha256)
{
    private const int Centers = 6;
    private const int Quarters = 8;
    private const long WrittenMs = 1_700_000_000_000;

    private readonly Statement _patient = new(db, transaction, "INSERT INTO patient (pseudonym, center_code, created_ms) VALUES (@0, @1, @2)", 3);
    private readonly Statement _record = new(
        db, transaction,
        """
        INSERT INTO clinical_record (pseudonym, center_code, content_sha256, revision, treatment_start, entry_quarter, response, pfs_months, pfs_event, announced_ms, recorded_ms)
        VALUES (@0, @1, 'c', 1, @2, @3, @4, @5, @6, @7, @7)
        """,
        8);
    private readonly Statement _outcome = new(
        db, transaction,
        """
        INSERT INTO outcome_revision (pseudonym, revision, response, pfs_months, pfs_event, recorded_response, source, recorded_ms)
        VALUES (@0, 1, @1, @2, @3, @1, 'recorded', @4)
        """,
        5);
    private readonly Statement _clinical = new(db, transaction, "INSERT INTO clinical_value (pseudonym, name, value) VALUES (@0, @1, @2)", 3);
    private readonly Statement _study = new(
        db, transaction,
        "INSERT INTO study (study_uid, pseudonym, center_code, study_date, visit, state, content_sha256, announced_ms, updated_ms) VALUES (@0, @1, @2, @3, @4, 'ready', 'c', @5, @5)", 6);
    private readonly Statement _run = new(
        db, transaction,
        """
        INSERT INTO extraction_run (run_id, kind, study_uid, study_content_sha256, profile_sha256, expected_bricks, planned_ms, completed_ms, announced_ms)
        VALUES (@0, 'study', @1, 'c', @2, 1, @3, @3, @3)
        """,
        4);
    private readonly Statement _value = new(db, transaction, "INSERT INTO feature_value (run_id, name, value, brick_index) VALUES (@0, @1, @2, 0)", 3);

    /// <summary>Writes a patient.</summary>
    public void Add(int number, SynthesisedPatient patient, IReadOnlyList<string> imagingNames, IReadOnlyList<string> clinicalNames)
    {
        string pseudonym = "P-" + Hash($"patient {number}")[..20], center = $"C{(number % Centers) + 1:D2}";
        int quarter = number / Centers % Quarters;
        DateOnly start = new(2022 + (quarter / 4), (3 * (quarter % 4)) + 1 + (number % 3), 1 + (number % 28));
        object pfsEvent = patient.PfsEvent ? 1L : 0L;
        string response = patient.Progression ? "PD" : "SD";
        _patient.Run(pseudonym, center, WrittenMs);
        _record.Run(pseudonym, center, Text(start), $"{start.Year}Q{(start.Month + 2) / 3}", response, patient.PfsMonths, pfsEvent, WrittenMs);
        _outcome.Run(pseudonym, response, patient.PfsMonths, pfsEvent, WrittenMs);
        for (int j = 0; j < clinicalNames.Count; j++)
            _clinical.Run(pseudonym, clinicalNames[j], patient.Clinical[j]);
        AddVisit(pseudonym, center, Visit.PreTreatment, start.AddDays(-1 - (number % 14)), patient.Pre, imagingNames);
        AddVisit(pseudonym, center, Visit.PostTreatment, start.AddDays(49 + (number % 14)), patient.Post, imagingNames);
    }

    private void AddVisit(string pseudonym, string center, Visit visit, DateOnly date, double[] values, IReadOnlyList<string> names)
    {
        string study = $"2.25.{pseudonym}.{(int)visit}", run = Hash(study);
        _study.Run(study, pseudonym, center, Text(date), visit.ToString(), WrittenMs);
        _run.Run(run, study, profileSha256, WrittenMs);
        for (int j = 0; j < values.Length; j++)
            _value.Run(run, names[j], values[j]);
    }

    private static string Text(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    /// <summary>A prepared statement whose parameters are numbered.</summary>
    private sealed class Statement
    {
        private readonly DbCommand _command;

        public Statement(DbConnection db, DbTransaction transaction, string sql, int parameters)
        {
            _command = db.CreateCommand();
            _command.Transaction = transaction;
            _command.CommandText = sql;
            for (int i = 0; i < parameters; i++)
            {
                DbParameter parameter = _command.CreateParameter();
                parameter.ParameterName = $"@{i}";
                _command.Parameters.Add(parameter);
            }
        }

        public void Run(params ReadOnlySpan<object> values)
        {
            for (int i = 0; i < values.Length; i++)
                _command.Parameters[i].Value = values[i];
            _command.ExecuteNonQuery();
        }
    }
}
