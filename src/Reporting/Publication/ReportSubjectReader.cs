using System.Text.Json;
using HccPipeline.Contracts.Models;
using HccPipeline.Persistence.Blobs;
using HccPipeline.Persistence.Cohort;
using HccPipeline.Persistence.Models;
using HccPipeline.Persistence.Runs;
using HccPipeline.Reporting.Validation;
using Microsoft.Extensions.Options;

namespace HccPipeline.Reporting.Publication;

/// <summary>Reads a stored model version and its snapshot.</summary>
internal sealed class ReportSubjectReader(ModelRepository models, ManifestRepository manifests, ProfileRepository profiles, IBlobStore blobs, IOptions<ReportingOptions> options)
{
    /// <exception cref="ReportException">There is no such version.</exception>
    public async Task<ReportSubject> ReadAsync(int modelVersion, CancellationToken ct)
    {
        ModelVersionRow row = await models.FindAsync(modelVersion, ct)
            ?? throw new ReportException($"There is no model version {modelVersion}.");
        ModelDocument model = CanonicalJson.Read<ModelDocument>(await blobs.GetAsync(row.ModelSha256, ct));
        CohortSnapshot snapshot = await CohortSnapshotParquet.ReadAsync(await blobs.GetAsync(row.SnapshotSha256, ct), ct);
        return new ReportSubject(row.ModelVersion, row.ModelSha256, model, snapshot)
        {
            Manifest = await manifests.FindAsync(row.SnapshotSha256, ct),
            ManifestSha256 = await manifests.FindHashAsync(row.SnapshotSha256, ct),
            HeldOut = row.HeldOutSha256 is { } heldOut ? CanonicalJson.Read<HeldOutDocument>(await blobs.GetAsync(heldOut, ct)) : null,
            Override = row.OverrideReason is { } reason ? new(reason, [.. Failed(row.Guards)]) : null,
            Replicates = options.Value.Replicates,
            ProfileJson = await profiles.FindAsync(model.ProfileSha256, ct),
        };
    }

    /// <summary>The sentences of the guards that did not hold.</summary>
    private static IEnumerable<string> Failed(string? guards)
    {
        using JsonDocument document = JsonDocument.Parse(guards ?? "[]");
        foreach (JsonElement guard in document.RootElement.EnumerateArray())
        {
            if (guard.GetProperty("holds").ValueKind == JsonValueKind.False)
                yield return guard.GetProperty("detail").GetString() ?? "";
        }
    }
}
