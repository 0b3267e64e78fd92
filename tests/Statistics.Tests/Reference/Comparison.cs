using System.Text.Json;
using Xunit;

namespace HccPipeline.Statistics.Tests.Reference;

/// <summary>Compares computed numbers with a reference and remembers the largest relative difference of each kind:
/// |ours − theirs| over |theirs|, or over a floor where theirs is nearly 0.</summary>
internal sealed class Comparison(double tolerance)
{
    private readonly Dictionary<string, double> _largest = [];

    /// <summary>Null in the reference must be null here, "Inf" infinite, everything else within the tolerance.</summary>
    public void Same(string kind, JsonElement expected, double? actual, double? within = null, double floor = 1e-8)
    {
        if (expected.ValueKind == JsonValueKind.Null)
        {
            Assert.True(actual is null, $"{kind}: reference is null, computed {actual}");
            return;
        }
        double reference = ReferenceCase.Number(expected);
        Assert.True(actual is not null, $"{kind}: reference is {reference}, computed null");
        Same(kind, reference, actual.Value, within, floor);
    }

    public void Same(string kind, double expected, double actual, double? within = null, double floor = 1e-8)
    {
        if (double.IsInfinity(expected))
        {
            Assert.Equal(expected, actual);
            return;
        }
        double difference = Math.Abs(actual - expected) / Math.Max(Math.Abs(expected), floor);
        Assert.True(difference <= (within ?? tolerance), $"{kind}: reference {expected:R}, computed {actual:R}, relative difference {difference:E2}");
        _largest[kind] = Math.Max(_largest.GetValueOrDefault(kind), difference);
    }

    public void Same(string kind, JsonElement expected, IEnumerable<double?> actual, double? within = null, double floor = 1e-8)
    {
        JsonElement[] references = expected.ValueKind == JsonValueKind.Array ? [.. expected.EnumerateArray()] : [expected];
        double?[] computed = [.. actual];
        Assert.True(references.Length == computed.Length, $"{kind}: reference has {references.Length} values, computed {computed.Length}");
        for (int i = 0; i < computed.Length; i++) Same($"{kind}", references[i], computed[i], within, floor);
    }

    public void Same(string kind, JsonElement expected, IEnumerable<double> actual, double? within = null, double floor = 1e-8) =>
        Same(kind, expected, actual.Select(v => (double?)v), within, floor);

    public void Same(string kind, JsonElement expected, IEnumerable<int> actual) => Same(kind, expected, actual.Select(v => (double?)v), 0);

    /// <summary>Prints the largest difference of each kind.</summary>
    public void Print(string name)
    {
        foreach ((string kind, double largest) in _largest.OrderBy(p => p.Key, StringComparer.Ordinal))
            TestContext.Current.TestOutputHelper?.WriteLine($"{name} {kind}: {largest:E2}");
    }
}
