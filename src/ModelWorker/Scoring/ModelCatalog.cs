using HccPipeline.Contracts.Models;
using HccPipeline.Persistence.Blobs;
using HccPipeline.Persistence.Models;

namespace HccPipeline.ModelWorker.Scoring;

/// <summary>Reads stored model documents.</summary>
public sealed class ModelCatalog(ModelRepository models, IBlobStore blobs)
{
    /// <returns>The version with this number, or the champion when no number is given; null when there is none.</returns>
    public async Task<(ModelVersionRow Row, ModelDocument Document)?> FindAsync(int? modelVersion, CancellationToken ct)
    {
        modelVersion ??= await models.FindChampionAsync(ct);
        if (modelVersion is not { } number || await models.FindAsync(number, ct) is not { } row)
            return null;
        return (row, CanonicalJson.Read<ModelDocument>(await blobs.GetAsync(row.ModelSha256, ct)));
    }
}
