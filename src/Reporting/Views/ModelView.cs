using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Serialization;
using HccPipeline.Contracts.Models;
using HccPipeline.Persistence.Blobs;
using HccPipeline.Persistence.Browsing;
using HccPipeline.Persistence.Models;

namespace HccPipeline.Reporting.Views;

/// <summary>Model versions as people look at them.</summary>
internal sealed class ModelView(ModelRepository models, IBlobStore blobs)
{
    private const int MostKept = 500;
    private static readonly JsonSerializerOptions Outlines = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase, NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    private readonly ConcurrentDictionary<string, ModelOutline> _outlines = new(StringComparer.Ordinal);

    /// <summary>Versions, the latest first.</summary>
    public async Task<Page<ModelLine>> ListAsync(PageRequest page, CancellationToken ct)
    {
        int? champion = await models.FindChampionAsync(ct);
        Page<ModelVersionRow> rows = Paging.Cut([.. (await models.ListAsync(ct)).Reverse()], page);
        ModelLine[] lines = new ModelLine[rows.Items.Count];
        for (int i = 0; i < lines.Length; i++)
            lines[i] = new(rows.Items[i], await ReadOutlineAsync(rows.Items[i], ct), rows.Items[i].ModelVersion == champion);
        return new(lines, rows.Total, rows.Number, rows.Size);
    }

    /// <returns>A version, or null.</returns>
    public async Task<ModelCard?> FindAsync(int modelVersion, CancellationToken ct) =>
        await models.FindAsync(modelVersion, ct) is { } row
            ? new(row, CanonicalJson.Read<ModelDocument>(await blobs.GetAsync(row.ModelSha256, ct)), modelVersion == await models.FindChampionAsync(ct))
            : null;

    // A stored document never changes; of its hundreds of kilobytes a list shows a few numbers.
    private async Task<ModelOutline> ReadOutlineAsync(ModelVersionRow row, CancellationToken ct)
    {
        if (_outlines.TryGetValue(row.ModelSha256, out ModelOutline? known))
            return known;
        ModelOutline outline = JsonSerializer.Deserialize<ModelOutline>(await blobs.GetAsync(row.ModelSha256, ct), Outlines)
            ?? throw new JsonException("The model document is null.");
        if (_outlines.Count >= MostKept)
            _outlines.Clear();
        return _outlines[row.ModelSha256] = outline;
    }
}

/// <summary>A version with what it holds.</summary>
/// <param name="Row">The version.</param>
/// <param name="Document">Its document.</param>
/// <param name="IsChampion">Whether it is in use.</param>
internal sealed record ModelCard(ModelVersionRow Row, ModelDocument Document, bool IsChampion);

/// <summary>A version in a list.</summary>
/// <param name="Row">The version.</param>
/// <param name="Document">What a list shows of its document.</param>
/// <param name="IsChampion">Whether it is in use.</param>
internal sealed record ModelLine(ModelVersionRow Row, ModelOutline Document, bool IsChampion);

/// <summary>What a list shows of a <see cref="ModelDocument"/>.</summary>
internal sealed record ModelOutline(int PatientCount, int ProgressionCount, IReadOnlyList<SubmodelOutline> Models);

/// <summary>What a list shows of a submodel.</summary>
internal sealed record SubmodelOutline(string Name, SubmodelMetrics Metrics, LogisticOutline Logistic);

/// <summary>What a list shows of a regression.</summary>
internal sealed record LogisticOutline(IReadOnlyList<NamedOutline> Predictors);

/// <summary>A name.</summary>
internal sealed record NamedOutline(string Name);
