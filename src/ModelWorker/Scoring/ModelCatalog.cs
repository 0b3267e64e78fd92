using HccPipeline.Contracts.Models;
using HccPipeline.Persistence.Blobs;
using HccPipeline.Persistence.Models;

namespace HccPipeline.ModelWorker.Scoring;

/// <summary>Reads stored model documents. A version never changes: the one that was read last is kept for who asks for it again.</summary>
public sealed class ModelCatalog(ModelRepository models, IBlobStore blobs)
{
    private volatile Read? _last;

    /// <returns>The version with this number, or the champion when no number is given; null when there is none.</returns>
    public async Task<(ModelVersionRow Row, ModelDocument Document)?> FindAsync(int? modelVersion, CancellationToken ct)
    {
        modelVersion ??= await models.FindChampionAsync(ct);
        if (modelVersion is not { } number)
            return null;
        if (_last is { } last && last.Row.ModelVersion == number)
            return (last.Row, last.Document);
        if (await models.FindAsync(number, ct) is not { } row)
            return null;
        ModelDocument document = CanonicalJson.Read<ModelDocument>(await blobs.GetAsync(row.ModelSha256, ct));
        _last = new(row, document);
        return (row, document);
    }

    private sealed record Read(ModelVersionRow Row, ModelDocument Document);
}
