using Xunit;

namespace HccPipeline.Statistics.Tests.Linear;

/// <summary>Keeps the largest difference of each kind, prints them, and fails on those above their tolerance.</summary>
internal sealed class LargestDifferences(string name)
{
    private readonly SortedDictionary<string, (double Difference, double Tolerance)> _largest = new(StringComparer.Ordinal);

    public void Absolute(string kind, double actual, double expected, double tolerance) =>
        Note(kind, actual.Equals(expected) ? 0 : Math.Abs(actual - expected), tolerance);

    public void Relative(string kind, double actual, double expected, double tolerance) =>
        Note(kind, actual.Equals(expected) ? 0 : Math.Abs(actual - expected) / Math.Max(Math.Abs(expected), 1e-12), tolerance);

    public void Absolute(string kind, IReadOnlyList<double> actual, IReadOnlyList<double> expected, double tolerance)
    {
        Assert.Equal(expected.Count, actual.Count);
        for (int i = 0; i < expected.Count; i++) Absolute(kind, actual[i], expected[i], tolerance);
    }

    public void Relative(string kind, IReadOnlyList<double> actual, IReadOnlyList<double> expected, double tolerance)
    {
        Assert.Equal(expected.Count, actual.Count);
        for (int i = 0; i < expected.Count; i++) Relative(kind, actual[i], expected[i], tolerance);
    }

    public void PrintAndCheck()
    {
        foreach ((string kind, (double difference, double tolerance)) in _largest)
            TestContext.Current.SendDiagnosticMessage($"{name}: {kind} differs by at most {difference:e2} (allowed {tolerance:e0})");
        foreach ((string kind, (double difference, double tolerance)) in _largest)
            Assert.True(difference <= tolerance, $"{name}: {kind} differs by {difference:e3}, allowed is {tolerance:e0}.");
    }

    private void Note(string kind, double difference, double tolerance)
    {
        // NaN must not hide behind a comparison.
        if (double.IsNaN(difference)) difference = double.PositiveInfinity;
        if (!_largest.TryGetValue(kind, out (double Difference, double) known) || difference > known.Difference)
            _largest[kind] = (difference, tolerance);
    }
}
