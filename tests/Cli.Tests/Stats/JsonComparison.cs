using System.Text.Json;

namespace HccPipeline.Cli.Tests.Stats;

/// <summary>Compares a result with a reference field by field wherever both have a field of the same name.</summary>
/// <param name="tolerance">Largest relative difference allowed in a field, by its path from the top.</param>
internal sealed class JsonComparison(Func<string, Tolerance> tolerance)
{
    private readonly Dictionary<string, (int Numbers, double Largest)> _largest = new(StringComparer.Ordinal);

    /// <summary>Fields of the reference that the result has not.</summary>
    public SortedSet<string> NotShared { get; } = new(StringComparer.Ordinal);

    /// <summary>Numbers compared.</summary>
    public int Numbers { get; private set; }

    public void Same(JsonElement expected, JsonElement actual, string path = "")
    {
        switch (expected.ValueKind)
        {
            case JsonValueKind.Object:
                Assert.True(actual.ValueKind == JsonValueKind.Object, $"{path}: an object is expected, {actual.ValueKind} is there");
                foreach (JsonProperty field in expected.EnumerateObject())
                {
                    string inner = path.Length == 0 ? field.Name : $"{path}/{field.Name}";
                    if (actual.TryGetProperty(field.Name, out JsonElement value))
                        Same(field.Value, value, inner);
                    else
                        NotShared.Add(inner);
                }
                break;
            case JsonValueKind.Array:
                JsonElement[] items = Items(actual);
                Assert.True(items.Length == expected.GetArrayLength(), $"{path}: {expected.GetArrayLength()} values are expected, {items.Length} are there");
                foreach ((JsonElement e, JsonElement a) in expected.EnumerateArray().Zip(items))
                    Same(e, a, path);
                break;
            case JsonValueKind.Number:
                Number(expected.GetDouble(), Single(actual, path), path);
                break;
            default:
                JsonElement single = actual.ValueKind == JsonValueKind.Array && actual.GetArrayLength() == 1 ? actual[0] : actual;
                Assert.True(JsonElement.DeepEquals(expected, single), $"{path}: {expected.GetRawText()} is expected, {single.GetRawText()} is there");
                break;
        }
    }

    /// <summary>Notes a field that the result has not, or the fields in it.</summary>
    public void NotSharedOf(JsonProperty expected, JsonElement actual)
    {
        if (!actual.TryGetProperty(expected.Name, out JsonElement own))
            NotShared.Add(expected.Name);
        else if (expected.Value.ValueKind == JsonValueKind.Object)
            foreach (JsonProperty field in expected.Value.EnumerateObject()) NotSharedOf(field, own);
    }

    /// <summary>Prints the largest difference of each field, and holds it against what docs/statistics.md says.</summary>
    /// <param name="kind">Kind of result, as the document names it.</param>
    /// <param name="name">Case.</param>
    public void Print(string kind, string name)
    {
        foreach ((string path, (int numbers, double largest)) in _largest.OrderBy(p => p.Key, StringComparer.Ordinal))
        {
            TestContext.Current.TestOutputHelper?.WriteLine($"{name} {path}: {largest:E2}");
            DifferenceRecord.Check(kind, path, numbers, largest);
        }
        TestContext.Current.TestOutputHelper?.WriteLine($"{name}: {Numbers} numbers compared; not shared: {string.Join(", ", NotShared)}");
    }

    private void Number(double expected, double actual, string path)
    {
        Tolerance allowed = tolerance(path);
        double difference = Math.Abs(actual - expected) / (allowed.IsAbsolute ? 1 : Math.Max(Math.Abs(expected), allowed.Floor));
        // Written so that NaN fails.
        Assert.True(difference <= allowed.Largest, $"{path}: {expected:R} is expected, {actual:R} is there, difference {difference:E2}");
        (int numbers, double largest) = _largest.GetValueOrDefault(path);
        _largest[path] = (numbers + 1, Math.Max(largest, difference));
        Numbers++;
    }

    private static double Single(JsonElement actual, string path)
    {
        JsonElement single = actual.ValueKind == JsonValueKind.Array && actual.GetArrayLength() == 1 ? actual[0] : actual;
        Assert.True(single.ValueKind == JsonValueKind.Number, $"{path}: a number is expected, {single.GetRawText()} is there");
        return single.GetDouble();
    }

    private static JsonElement[] Items(JsonElement actual) => actual.ValueKind == JsonValueKind.Array ? [.. actual.EnumerateArray()] : [actual];
}

/// <summary>How far a number may be from its reference.</summary>
/// <param name="Largest">Largest difference.</param>
/// <param name="Floor">Magnitude below which a relative difference is taken relative to this.</param>
/// <param name="IsAbsolute">The difference is absolute.</param>
internal readonly record struct Tolerance(double Largest, double Floor = 1e-8, bool IsAbsolute = false);
