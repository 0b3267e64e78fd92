using System.Data.Common;
using System.Text;
using Dapper;
using HccPipeline.Contracts.Models;
using HccPipeline.Persistence.Blobs;
using HccPipeline.Persistence.Models;
using HccPipeline.Persistence.Registry;

namespace HccPipeline.Persistence.Cohort;

/// <summary>The manifests of snapshots, and the labels that patients were last learned from with.</summary>
public sealed class ManifestRepository(DbDataSource database, IBlobStore blobs)
{
    private const int LabelsPerStatement = 200;

    private const string Attach =
        "UPDATE cohort_snapshot SET manifest_sha256 = @ManifestSha256 WHERE snapshot_sha256 = @SnapshotSha256 AND manifest_sha256 IS NULL";

    private const string SelectVersions = """
        SELECT m.model_version, m.snapshot_sha256, s.manifest_sha256
        FROM model_version m JOIN cohort_snapshot s ON s.snapshot_sha256 = m.snapshot_sha256 ORDER BY m.model_version
        """;

    /// <summary>Gives a stored snapshot its manifest, unless it has one, and notes the labels of its patients, in one transaction.</summary>
    public async Task AttachAsync(string snapshotSha256, string manifestSha256, IReadOnlyList<LabelInUse> labels, CancellationToken ct)
    {
        await using DbConnection db = await database.OpenConnectionAsync(ct);
        await using DbTransaction transaction = await db.BeginTransactionAsync(ct);
        Unit unit = new(db, transaction, ct);
        await unit.ExecuteAsync(Attach, new { SnapshotSha256 = snapshotSha256, ManifestSha256 = manifestSha256 });
        foreach (LabelInUse[] some in labels.Chunk(LabelsPerStatement))
        {
            DynamicParameters args = new(new { SnapshotSha256 = snapshotSha256 });
            string rows = string.Join(',', some.Select((label, i) =>
            {
                args.Add($"p{i}", label.Pseudonym);
                args.Add($"o{i}", (long)label.OutcomeRevision);
                args.Add($"r{i}", label.Response);
                return $"(@p{i}, @SnapshotSha256, @o{i}, @r{i})";
            }));
            await unit.ExecuteAsync(
                $"""
                INSERT INTO label_in_use (pseudonym, snapshot_sha256, outcome_revision, response) VALUES {rows}
                ON CONFLICT (pseudonym) DO UPDATE SET
                    snapshot_sha256 = excluded.snapshot_sha256, outcome_revision = excluded.outcome_revision, response = excluded.response
                """,
                args);
        }
        await transaction.CommitAsync(ct);
    }

    /// <returns>Those of some patients who withdrew, in ordinal order.</returns>
    public async Task<IReadOnlyList<string>> ListWithdrawnAsync(IEnumerable<string> pseudonyms, CancellationToken ct)
    {
        await using DbConnection db = await database.OpenConnectionAsync(ct);
        HashSet<string> withdrawn = (await db.QueryAsync<string>(new CommandDefinition("SELECT pseudonym FROM withdrawal", cancellationToken: ct))).ToHashSet(StringComparer.Ordinal);
        return [.. pseudonyms.Where(withdrawn.Contains).Order(StringComparer.Ordinal)];
    }

    /// <returns>Hash of the manifest of a snapshot, its blob key; null when there is none.</returns>
    public async Task<string?> FindHashAsync(string snapshotSha256, CancellationToken ct)
    {
        await using DbConnection db = await database.OpenConnectionAsync(ct);
        return await db.ExecuteScalarAsync<string?>(new CommandDefinition(
            "SELECT manifest_sha256 FROM cohort_snapshot WHERE snapshot_sha256 = @SnapshotSha256", new { SnapshotSha256 = snapshotSha256 }, cancellationToken: ct));
    }

    /// <returns>The manifest of a snapshot; null when there is no such snapshot or it was taken before there were manifests.</returns>
    public async Task<SnapshotManifest?> FindAsync(string snapshotSha256, CancellationToken ct)
    {
        string? key = await FindHashAsync(snapshotSha256, ct);
        return key is null ? null : CanonicalJson.Read<SnapshotManifest>(await blobs.GetAsync(key, ct));
    }

    /// <summary>Numbers of the model versions whose snapshot holds a patient, ascending: by its manifest, or by its table where it was taken before
    /// there were manifests.</summary>
    public async Task<IReadOnlyList<int>> ListVersionsOfAsync(string pseudonym, CancellationToken ct)
    {
        VersionRow[] versions;
        await using (DbConnection db = await database.OpenConnectionAsync(ct))
            versions = [.. await db.QueryAsync<VersionRow>(new CommandDefinition(SelectVersions, cancellationToken: ct))];
        List<int> found = [];
        foreach (IGrouping<string, VersionRow> snapshot in versions.GroupBy(v => v.SnapshotSha256, StringComparer.Ordinal))
        {
            if (await HoldsAsync(snapshot.First(), pseudonym, ct))
                found.AddRange(snapshot.Select(v => (int)v.ModelVersion));
        }
        return [.. found.Order()];
    }

    private async Task<bool> HoldsAsync(VersionRow version, string pseudonym, CancellationToken ct)
    {
        if (version.ManifestSha256 is { } manifest)
        {
            byte[] json = await blobs.GetAsync(manifest, ct);
            // Of many large manifests, most do not name the patient anywhere.
            return json.AsSpan().IndexOf(Encoding.UTF8.GetBytes(pseudonym)) >= 0
                && CanonicalJson.Read<SnapshotManifest>(json).Patients.Any(p => p.Pseudonym == pseudonym);
        }
        CohortSnapshot table = await CohortSnapshotParquet.ReadAsync(await blobs.GetAsync(version.SnapshotSha256, ct), ct);
        return table.Patients.Any(p => p.Pseudonym == pseudonym);
    }

    private sealed record VersionRow
    {
        public required long ModelVersion { get; init; }
        public required string SnapshotSha256 { get; init; }
        public string? ManifestSha256 { get; init; }
    }
}

/// <summary>The label of a patient in a snapshot.</summary>
/// <param name="Pseudonym">Pseudonym.</param>
/// <param name="OutcomeRevision">Revision of the outcome.</param>
/// <param name="Response">The response.</param>
public sealed record LabelInUse(string Pseudonym, int OutcomeRevision, string Response);
