using System.Collections.Concurrent;
using HccPipeline.Contracts.Models;
using HccPipeline.Persistence.Blobs;
using HccPipeline.Persistence.Browsing;
using HccPipeline.Persistence.Models;

namespace HccPipeline.Reporting.Views;

/// <summary>Model versions as people look at them.</summary>
internal sealed class ModelView(ModelRepository models, IBlobStore blobs)
{
    private const int MostKept = 500;
    private readonly ConcurrentDictionary<string, ModelDocument> _documents = new(StringComparer.Ordinal);

    /// <summary>Versions, the latest first.</summary>
    public async Task<Page<ModelCard>> ListAsync(PageRequest page, CancellationToken ct)
    {
        int? champion = await models.FindChampionAsync(ct);
        Page<ModelVersionRow> rows = Paging.Cut([.. (await models.ListAsync(ct)).Reverse()], page);
        ModelCard[] cards = new ModelCard[rows.Items.Count];
        for (int i = 0; i < cards.Length; i++)
            cards[i] = new(rows.Items[i], await ReadAsync(rows.Items[i], ct), rows.Items[i].ModelVersion == champion);
        return new(cards, rows.Total, rows.Number, rows.Size);
    }

    /// <returns>A version, or null.</returns>
    public async Task<ModelCard?> FindAsync(int modelVersion, CancellationToken ct) =>
        await models.FindAsync(modelVersion, ct) is { } row
            ? new(row, await ReadAsync(row, ct), modelVersion == await models.FindChampionAsync(ct))
            : null;

    // A stored document never changes.
    private async Task<ModelDocument> ReadAsync(ModelVersionRow row, CancellationToken ct)
    {
        if (_documents.TryGetValue(row.ModelSha256, out ModelDocument? known))
            return known;
        ModelDocument document = CanonicalJson.Read<ModelDocument>(await blobs.GetAsync(row.ModelSha256, ct));
        if (_documents.Count >= MostKept)
            _documents.Clear();
        return _documents[row.ModelSha256] = document;
    }
}

/// <summary>A version with what it holds.</summary>
/// <param name="Row">The version.</param>
/// <param name="Document">Its document.</param>
/// <param name="IsChampion">Whether it is in use.</param>
internal sealed record ModelCard(ModelVersionRow Row, ModelDocument Document, bool IsChampion)
{
    /// <summary>The combined model.</summary>
    public SubmodelDocument Combined => Document.Models[^1];
}
