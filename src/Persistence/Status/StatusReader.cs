using System.Data.Common;
using Dapper;
using HccPipeline.Persistence.Cohort;

namespace HccPipeline.Persistence.Status;

/// <summary>Reads <see cref="RegistryStatus"/>.</summary>
public sealed class StatusReader(DbDataSource database, CohortReader cohort, ExtractionStatusReader extraction)
{
    private const string Extracted = """
        SELECT COUNT(*) FROM study s WHERE s.state = 'ready' AND EXISTS (
            SELECT 1 FROM extraction_run r
            WHERE r.study_uid = s.study_uid AND r.study_content_sha256 = s.content_sha256
              AND r.profile_sha256 = @ProfileSha256 AND r.completed_ms IS NOT NULL)
        """;

    // What is left of it can't go on: no brick waits or is in work, and one is in quarantine.
    private const string Held = """
        SELECT COUNT(*) FROM study s JOIN extraction_run r ON r.study_uid = s.study_uid AND r.study_content_sha256 = s.content_sha256
        WHERE s.state = 'ready' AND r.profile_sha256 = @ProfileSha256 AND r.completed_ms IS NULL
          AND EXISTS (SELECT 1 FROM brick b WHERE b.state = 'quarantined' AND b.run_id = r.run_id)
          AND NOT EXISTS (SELECT 1 FROM brick b WHERE b.state IN ('waiting', 'pending') AND b.run_id = r.run_id)
        """;

    private const string Open = """
        SELECT COUNT(*) FROM brick b JOIN extraction_run r ON r.run_id = b.run_id
        WHERE b.state IN ('waiting', 'pending') AND r.study_uid IS NOT NULL
        """;

    /// <summary>The numbers under a profile.</summary>
    public async Task<RegistryStatus> ReadAsync(string profileSha256, CancellationToken ct)
    {
        IReadOnlyList<PatientReadiness> readiness = await cohort.ListReadinessAsync(profileSha256, ct);
        await using DbConnection db = await database.OpenConnectionAsync(ct);
        ExtractionProgress progress = await ReadProgressAsync(db, profileSha256, ct);
        return new RegistryStatus
        {
            Patients = readiness.Count,
            ClinicalRecords = await CountAsync("SELECT COUNT(*) FROM clinical_record"),
            Studies = await CountAsync("SELECT COUNT(*) FROM study"),
            StudiesReady = progress.StudiesReady,
            StudiesExtracted = progress.StudiesExtracted,
            StudiesHeld = progress.StudiesHeld,
            StudiesWaiting = await GroupAsync("SELECT COALESCE(waiting_for, state), COUNT(*) FROM study WHERE state <> 'ready' GROUP BY COALESCE(waiting_for, state)"),
            StudiesWithoutVisit = await GroupAsync("SELECT visit_waiting_for, COUNT(*) FROM study WHERE visit_waiting_for IS NOT NULL GROUP BY visit_waiting_for"),
            Extraction = await extraction.ReadAsync(ct),
            BricksRejected = await GroupAsync("SELECT detail, COUNT(*) FROM brick WHERE state = 'rejected' GROUP BY detail"),
            Quarantine = await GroupAsync("SELECT reason_code, COUNT(*) FROM quarantine GROUP BY reason_code"),
            PatientsReady = readiness.Count(p => p.WaitingFor is null),
            PatientsWaiting = [.. readiness.Where(p => p.WaitingFor is not null).CountBy(p => p.WaitingFor!)
                .Select(g => new CountOf(g.Key, g.Value)).OrderByDescending(c => c.Count).ThenBy(c => c.Name, StringComparer.Ordinal)],
            ModelVersions = await CountAsync("SELECT COUNT(*) FROM model_version"),
            Champion = (int?)await db.QuerySingleOrDefaultAsync<long?>(new CommandDefinition(
                "SELECT model_version FROM promotion ORDER BY promotion_id DESC LIMIT 1", cancellationToken: ct)),
        };

        async Task<int> CountAsync(string sql) => await db.ExecuteScalarAsync<int>(new CommandDefinition(sql, cancellationToken: ct));

        async Task<IReadOnlyList<CountOf>> GroupAsync(string sql) =>
            [.. (await db.QueryAsync<(string Name, long Count)>(new CommandDefinition(sql, cancellationToken: ct)))
                .Select(g => new CountOf(g.Name, (int)g.Count)).OrderByDescending(c => c.Count).ThenBy(c => c.Name, StringComparer.Ordinal)];
    }

    /// <summary>The few numbers that a progress bar needs, cheap enough to be asked for several times a second.</summary>
    public async Task<ExtractionProgress> ReadProgressAsync(string profileSha256, CancellationToken ct)
    {
        await using DbConnection db = await database.OpenConnectionAsync(ct);
        return await ReadProgressAsync(db, profileSha256, ct);
    }

    private static async Task<ExtractionProgress> ReadProgressAsync(DbConnection db, string profileSha256, CancellationToken ct)
    {
        return new(
            await CountAsync("SELECT COUNT(*) FROM study WHERE state = 'ready'"), await CountAsync(Extracted), await CountAsync(Held), await CountAsync(Open));

        Task<int> CountAsync(string sql) => db.ExecuteScalarAsync<int>(new CommandDefinition(sql, new { ProfileSha256 = profileSha256 }, cancellationToken: ct));
    }
}

/// <summary>How far extraction is.</summary>
/// <param name="StudiesReady">Studies that can be extracted.</param>
/// <param name="StudiesExtracted">Of these, complete.</param>
/// <param name="StudiesHeld">Of these, those that nothing goes on with, because bricks of theirs are in quarantine.</param>
/// <param name="BricksOpen">Bricks of studies to be done.</param>
public sealed record ExtractionProgress(int StudiesReady, int StudiesExtracted, int StudiesHeld, int BricksOpen)
{
    /// <summary>Whether nothing is left to extract but what is in quarantine.</summary>
    public bool IsIdle => StudiesExtracted + StudiesHeld == StudiesReady && BricksOpen == 0;
}
