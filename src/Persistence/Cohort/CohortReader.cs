using System.Data.Common;
using Dapper;
using HccPipeline.Contracts;
using Microsoft.Extensions.Options;

namespace HccPipeline.Persistence.Cohort;

/// <summary>Reads the cohort as it stands: who is ready to be learned from, who waits and for what, and the table of features.</summary>
public sealed class CohortReader(DbDataSource database, IOptions<CohortOptions> options, TimeProvider clock)
{
    private DateOnly Today => DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);

    /// <summary>Every patient with a clinical record or a study, but those who withdrew, in ordinal order of the pseudonym, and what still keeps a
    /// patient out of a snapshot.</summary>
    public async Task<IReadOnlyList<PatientReadiness>> ListReadinessAsync(string profileSha256, CancellationToken ct)
    {
        await using DbConnection db = await database.OpenConnectionAsync(ct);
        return Judge(await CohortRows.ReadAsync(db, profileSha256, null, options.Value, ct));
    }

    /// <summary>How many patients are ready.</summary>
    public async Task<int> CountReadyAsync(string profileSha256, CancellationToken ct) =>
        (await ListReadinessAsync(profileSha256, ct)).Count(p => p.IsReady);

    /// <returns>Hash of the profile of the latest run, or null before the first.</returns>
    public async Task<string?> FindProfileInUseAsync(CancellationToken ct)
    {
        await using DbConnection db = await database.OpenConnectionAsync(ct);
        return await db.QuerySingleOrDefaultAsync<string>(new CommandDefinition(
            "SELECT profile_sha256 FROM extraction_run WHERE study_uid IS NOT NULL ORDER BY planned_ms DESC, run_id LIMIT 1", cancellationToken: ct));
    }

    /// <summary>The table of features, one row per patient.</summary>
    /// <remarks>Features carry the visit in front (<c>pre_</c>, <c>post_</c>); <c>delta_</c> is post − pre where both exist.</remarks>
    public async Task<CohortSnapshot> ReadAsync(string profileSha256, CohortScope scope, CancellationToken ct) =>
        (await ReadCohortAsync(profileSha256, scope, ct)).Table;

    /// <summary>The table of features, and how everyone stood when it was read.</summary>
    public async Task<CohortReading> ReadCohortAsync(string profileSha256, CohortScope scope, CancellationToken ct)
    {
        await using DbConnection db = await database.OpenConnectionAsync(ct);
        while (true)
        {
            CohortRows rows = await CohortRows.ReadAsync(db, profileSha256, null, options.Value, ct);
            IReadOnlyList<PatientReadiness> patients = Judge(rows);
            PatientReadiness[] inside = [.. patients.Where(p => scope == CohortScope.Ready ? p.IsReady : p.Pre is not null || p.Post is not null)];
            CohortSnapshot table = await ReadTableAsync(db, profileSha256, rows, inside, ct);
            // A patient whose values were deleted while they were read is not in the table with what was left of them.
            HashSet<string> withdrawn = (await db.QueryAsync<string>(new CommandDefinition("SELECT pseudonym FROM withdrawal", cancellationToken: ct)))
                .ToHashSet(StringComparer.Ordinal);
            if (!inside.Any(p => withdrawn.Contains(p.Pseudonym)))
                return new(table, patients, withdrawn.Count);
        }
    }

    /// <summary>The features of one patient as they are, whether or not the outcome is known.</summary>
    /// <returns>Feature name to value; empty when nothing is known of the patient.</returns>
    public async Task<IReadOnlyDictionary<string, double>> ReadPatientAsync(string profileSha256, string pseudonym, CancellationToken ct)
    {
        await using DbConnection db = await database.OpenConnectionAsync(ct);
        CohortRows rows = await CohortRows.ReadAsync(db, profileSha256, pseudonym, options.Value, ct);
        if (rows.Patients.Count == 0)
            return new Dictionary<string, double>(StringComparer.Ordinal);
        CohortRows.VisitScans? scans = rows.Scans.GetValueOrDefault(pseudonym);
        FeatureTable table = new(rows: 1);
        foreach ((VisitScan? scan, Visit visit) in new[] { (scans?.Pre, Visit.PreTreatment), (scans?.Post, Visit.PostTreatment) })
        {
            if (scan is null)
                continue;
            foreach ((string name, double value) in await db.QueryAsync<(string, double)>(new CommandDefinition(
                "SELECT name, value FROM feature_value WHERE run_id = @RunId", new { scan.RunId }, cancellationToken: ct)))
                table.SetImaging(0, visit, name, value);
        }
        foreach ((string name, double value) in await db.QueryAsync<(string, double)>(new CommandDefinition(
            "SELECT name, value FROM clinical_value WHERE pseudonym = @Pseudonym", new { Pseudonym = pseudonym }, cancellationToken: ct)))
            table.SetClinical(0, name, value);
        return table.Columns().ToDictionary(c => c.Key, c => c.Value[0], StringComparer.Ordinal);
    }

    private PatientReadiness[] Judge(CohortRows rows)
    {
        DateOnly today = Today;
        return [.. rows.Patients.Select(p => rows.Judge(p, today))];
    }

    private async Task<CohortSnapshot> ReadTableAsync(
        DbConnection db, string profileSha256, CohortRows rows, PatientReadiness[] inside, CancellationToken ct)
    {
        FeatureTable table = new(inside.Length);
        Dictionary<string, (int Row, Visit Visit)> rowOfRun = new(StringComparer.Ordinal);
        Dictionary<string, int> rowOfPatient = new(StringComparer.Ordinal);
        for (int row = 0; row < inside.Length; row++)
        {
            if (inside[row].Pre is { } pre)
                rowOfRun[pre.RunId] = (row, Visit.PreTreatment);
            if (inside[row].Post is { } post)
                rowOfRun[post.RunId] = (row, Visit.PostTreatment);
            rowOfPatient[inside[row].Pseudonym] = row;
        }
        await FeatureValueReader.ReadImagingAsync(database, profileSha256, rowOfRun, table, ct);
        await FeatureValueReader.ReadClinicalAsync(db, rowOfPatient, table, ct);
        return new CohortSnapshot([.. inside.Select(p => rows.Records[p.Pseudonym].ToPatient())], table.Columns());
    }
}

/// <summary>A table of features with what everyone's standing was when it was read.</summary>
/// <param name="Table">The table.</param>
/// <param name="Patients">Everybody, in ordinal order of the pseudonym; those without reasons to wait are in the table.</param>
/// <param name="Withdrawn">Patients who withdrew; they are nowhere in here.</param>
public sealed record CohortReading(CohortSnapshot Table, IReadOnlyList<PatientReadiness> Patients, int Withdrawn);
