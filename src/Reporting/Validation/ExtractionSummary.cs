using System.Text.Json;
using System.Text.Json.Serialization;

namespace HccPipeline.Reporting.Validation;

/// <summary>What the extraction profile fixed, in words.</summary>
public sealed record ExtractionSummary
{
    /// <summary>Name of the profile.</summary>
    public required string Name { get; init; }

    /// <summary>Convention of the features, as <c>PyRadiomics</c> or <c>Ibsi</c>.</summary>
    public required string Convention { get; init; }

    /// <summary>Region that the T2 signal intensity ratio refers to.</summary>
    public required string T2Reference { get; init; }

    /// <summary>Where ADC maps come from.</summary>
    public required string Adc { get; init; }

    /// <summary>Late phase of enhancement; null where the profile does not measure it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? LatePhase { get; init; }

    /// <summary>Choices per kind of image.</summary>
    public required IReadOnlyList<ImageExtraction> Images { get; init; }

    /// <summary>Reads the canonical form of a profile.</summary>
    /// <returns>Null when there is none, or it has a layout that this program does not know.</returns>
    public static ExtractionSummary? Read(string? canonicalJson)
    {
        if (canonicalJson is null) return null;
        using JsonDocument document = JsonDocument.Parse(canonicalJson);
        JsonElement root = document.RootElement;
        if (!root.TryGetProperty("features", out JsonElement features) || !root.TryGetProperty("adc", out JsonElement adc)
            || !root.TryGetProperty("t2Ratio", out JsonElement ratio))
        {
            return null;
        }
        return new ExtractionSummary
        {
            Name = Text(root, "name"),
            Convention = Text(root, "convention"),
            T2Reference = Text(ratio, "reference"),
            Adc = $"{Text(adc, "source")}, {Text(adc, "method")} fit from b = {Text(adc, "lowestBValue")} s/mm²",
            LatePhase = root.TryGetProperty("enhancement", out JsonElement enhancement) ? Text(enhancement, "latePhase") : null,
            Images =
            [
                .. features.EnumerateObject().Where(i => i.Name is "t2" or "adc" && i.Value.ValueKind == JsonValueKind.Object)
                    .Select(i => Image(i.Name == "t2" ? "T2" : "ADC", i.Value)),
            ],
        };
    }

    private static ImageExtraction Image(string name, JsonElement choices)
    {
        string bins = choices.TryGetProperty("binWidth", out JsonElement width) && width.ValueKind == JsonValueKind.Number ? $"bins of width {width.GetRawText()}"
            : choices.TryGetProperty("binCount", out JsonElement count) && count.ValueKind == JsonValueKind.Number ? $"{count.GetRawText()} bins" : "none";
        string resampling = choices.TryGetProperty("interpolation", out JsonElement grid) && grid.ValueKind == JsonValueKind.Object
            ? string.Join(", ", grid.EnumerateObject().Where(p => p.Value.ValueKind != JsonValueKind.Null).Select(p => $"{p.Name} {p.Value.GetRawText().Trim('"')}"))
            : "none, the acquired grid";
        string normalisation = choices.TryGetProperty("normalisation", out JsonElement scale) ? Text(scale, "method") : "None";
        List<string> types = choices.TryGetProperty("original", out JsonElement original) && original.ValueKind == JsonValueKind.True ? ["original"] : [];
        if (choices.TryGetProperty("filters", out JsonElement filters)) types.AddRange(filters.EnumerateArray().Select(FilterName));
        string[] classes = choices.TryGetProperty("classes", out JsonElement list) ? [.. list.EnumerateArray().Select(c => c.ToString())] : [];
        return new ImageExtraction(name, resampling, normalisation.ToLowerInvariant(), bins, types, classes);
    }

    private static string FilterName(JsonElement filter) =>
        filter.ValueKind == JsonValueKind.Object && filter.EnumerateObject().FirstOrDefault(p => p.Value.ValueKind == JsonValueKind.String) is { Name: not null } kind
            ? kind.Value.ToString() : filter.GetRawText();

    private static string Text(JsonElement parent, string name) => parent.TryGetProperty(name, out JsonElement value) ? value.ToString() : "not stated";
}

/// <summary>Choices for one kind of image.</summary>
/// <param name="Image"><c>T2</c> or <c>ADC</c>.</param>
/// <param name="Resampling">Grid on which features are computed.</param>
/// <param name="Normalisation">Normalisation of intensities.</param>
/// <param name="Discretisation">Grey levels of the texture features.</param>
/// <param name="ImageTypes">Original and filtered images.</param>
/// <param name="Classes">Feature classes.</param>
public sealed record ImageExtraction(
    string Image, string Resampling, string Normalisation, string Discretisation, IReadOnlyList<string> ImageTypes, IReadOnlyList<string> Classes);
