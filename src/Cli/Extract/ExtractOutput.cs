using HccPipeline.Cli.Output;
using HccPipeline.FeatureWorker.Standalone;
using HccPipeline.Radiomics;

namespace HccPipeline.Cli.Extract;

/// <summary>Writes extracted features: .json with provenance; .csv and .parquet a row a feature, of a batch a row a case.</summary>
internal static class ExtractOutput
{
    private static readonly string[] Columns = ["case", "image", "mask", "label", "error", "profile_sha256", "image_sha256", "mask_sha256", "code_version"];

    /// <summary>Makes sure that the ending of a path says which format to write.</summary>
    /// <exception cref="CliException">It does not.</exception>
    public static void RequireKnown(string? path)
    {
        if (path is not null && ExtensionOf(path) is not (".json" or ".csv" or ".parquet"))
            throw new CliException($"{path} is neither .json, .csv nor .parquet: the ending says which format to write.", ExitCodes.Usage);
    }

    /// <summary>Writes one case; to standard output, as JSON, without a path.</summary>
    public static Task WriteAsync(string? path, ExtractionResult result, CancellationToken ct) => path is null || ExtensionOf(path) == ".json"
        ? WriteJsonAsync(path, result, ct)
        : WriteTableAsync(path, OfFeatures(result.Features), ct);

    /// <summary>Writes a batch.</summary>
    public static Task WriteAsync(string? path, IReadOnlyList<CaseOutcome> cases, CancellationToken ct) => path is null || ExtensionOf(path) == ".json"
        ? WriteJsonAsync(path, cases, ct)
        : WriteTableAsync(path, OfCases(cases), ct);

    /// <summary>Writes the summary of maps, as JSON.</summary>
    public static Task WriteAsync(string path, VoxelOutcome outcome, CancellationToken ct) => WriteJsonAsync(path, outcome, ct);

    private static async Task WriteJsonAsync<T>(string? path, T value, CancellationToken ct)
    {
        if (path is null)
            Json.Print(value);
        else
            await File.WriteAllTextAsync(path, Json.Text(value) + "\n", ct);
    }

    private static Task WriteTableAsync(string path, WideTable table, CancellationToken ct) =>
        ExtensionOf(path) == ".csv" ? table.WriteCsvAsync(path) : table.WriteParquetAsync(path, ct);

    private static WideTable OfFeatures(IReadOnlyList<FeatureValue> values) => new(
    [
        new("name", [.. values.Select(v => v.Name)]), new("value", [.. values.Select(v => (double?)v.Value)]),
        new("unit", [.. values.Select(v => v.Unit)]), new("ibsi", [.. values.Select(v => v.Ibsi)]), new("tag", [.. values.Select(v => v.Tag)]),
    ]);

    private static WideTable OfCases(IReadOnlyList<CaseOutcome> cases)
    {
        Func<CaseOutcome, string?>[] texts =
        [
            c => c.Case, c => c.Image, c => c.Mask, c => c.Label, c => c.Error, c => c.Provenance?.ProfileSha256, c => c.Provenance?.ImageSha256,
            c => c.Provenance?.MaskSha256, c => c.Provenance?.CodeVersion,
        ];
        Dictionary<string, double>[] values = [.. cases.Select(c => c.Features ?? []).Select(f =>
            FeatureKeys.Of(f).Zip(f).ToDictionary(v => v.First, v => v.Second.Value, StringComparer.Ordinal))];
        string[] names = [.. values.SelectMany(v => v.Keys).Distinct(StringComparer.Ordinal)];
        return new(
        [
            .. Columns.Select((name, i) => new WideColumn(name, [.. cases.Select(texts[i])])),
            .. names.Select(name => new WideColumn(name, [.. values.Select(v => v.TryGetValue(name, out double value) ? value : (double?)null)])),
        ]);
    }

    private static string ExtensionOf(string path) => Path.GetExtension(path).ToLowerInvariant();
}
