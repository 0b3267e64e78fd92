using System.Data.Common;
using Dapper;
using HccPipeline.Persistence.Cohort;

namespace HccPipeline.Persistence.Status;

/// <summary>Reads <see cref="RegistryStatus"/>.</summary>
public sealed class StatusReader(DbDataSource database, CohortReader cohort)
{
    private const string Extracted = """
        SELECT COUNT(*) FROM study s WHERE s.state = 'ready' AND EXISTS (
            SELECT 1 FROM extraction_run r
            WHERE r.study_uid = s.study_uid AND r.study_content_sha256 = s.content_sha256
              AND r.profile_sha256 = @ProfileSha256 AND r.completed_ms IS NOT NULL)
        """;

    /// <summary>The numbers under a profile.</summary>
    public async Task<RegistryStatus> ReadAsync(string profileSha256, CancellationToken ct)
    {
        IReadOnlyList<PatientReadiness> readiness = await cohort.ListReadinessAsync(profileSha256, ct);
        await using DbConnection db = await database.OpenConnectionAsync(ct);
        (int studies, int ready, int extracted, int pending) = await ReadProgressAsync(db, profileSha256, ct);
        return new RegistryStatus
        {
            Patients = readiness.Count,
            ClinicalRecords = await CountAsync("SELECT COUNT(*) FROM clinical_record"),
            Studies = studies,
            StudiesReady = ready,
            StudiesExtracted = extracted,
            StudiesWaiting = await GroupAsync("SELECT COALESCE(waiting_for, state), COUNT(*) FROM study WHERE state <> 'ready' GROUP BY COALESCE(waiting_for, state)"),
            StudiesWithoutVisit = await GroupAsync("SELECT visit_waiting_for, COUNT(*) FROM study WHERE visit_waiting_for IS NOT NULL GROUP BY visit_waiting_for"),
            BricksPending = pending,
            BricksDone = await CountAsync("SELECT COUNT(*) FROM brick WHERE state = 'done'"),
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
        (_, int ready, int extracted, int pending) = await ReadProgressAsync(db, profileSha256, ct);
        return new(ready, extracted, pending);
    }

    private static async Task<(int Studies, int Ready, int Extracted, int Pending)> ReadProgressAsync(DbConnection db, string profileSha256, CancellationToken ct)
    {
        var args = new { ProfileSha256 = profileSha256 };
        return (
            await db.ExecuteScalarAsync<int>(new CommandDefinition("SELECT COUNT(*) FROM study", cancellationToken: ct)),
            await db.ExecuteScalarAsync<int>(new CommandDefinition("SELECT COUNT(*) FROM study WHERE state = 'ready'", cancellationToken: ct)),
            await db.ExecuteScalarAsync<int>(new CommandDefinition(Extracted, args, cancellationToken: ct)),
            await db.ExecuteScalarAsync<int>(new CommandDefinition("SELECT COUNT(*) FROM brick WHERE state IN ('waiting', 'pending', 'blocked')", cancellationToken: ct)));
    }
}

/// <summary>How far extraction is.</summary>
/// <param name="StudiesReady">Studies that can be extracted.</param>
/// <param name="StudiesExtracted">Of these, complete.</param>
/// <param name="BricksPending">Bricks without an outcome.</param>
public sealed record ExtractionProgress(int StudiesReady, int StudiesExtracted, int BricksPending)
{
    /// <summary>Whether nothing is left to extract.</summary>
    public bool IsIdle => StudiesExtracted == StudiesReady && BricksPending == 0;
}
