using System.Collections.Concurrent;
using System.Globalization;
using HccPipeline.Benchmarks;
using HccPipeline.Benchmarks.Document;
using HccPipeline.Cli.Tests.Stats;

[assembly: AssemblyFixture(typeof(DifferenceRecord))]

namespace HccPipeline.Cli.Tests.Stats;

/// <summary>Holds measured differences against those that docs/statistics.md is made from. With HCC_RECORD_DIFFERENCES set, writes the
/// record anew after the last test instead.</summary>
public sealed class DifferenceRecord : IDisposable
{
    private const double Growth = 10;
    private const double Rounding = 1e-12;

    private static readonly string File = Path.Combine(Repository.Root, StatisticsDocument.Records, "differences.csv");
    private static readonly bool IsRecording = Environment.GetEnvironmentVariable("HCC_RECORD_DIFFERENCES") is not null;
    private static readonly ConcurrentDictionary<(string Kind, string Field), (int Numbers, double Largest)> Measured = new();
    private static readonly Lazy<Dictionary<(string, string), double>> Recorded = new(() =>
        RecordedDifference.Read(File).ToDictionary(d => (d.Kind, d.Field), d => d.Largest));

    /// <summary>Fails when a difference is far above the recorded one; platforms differ in the last bits, hence the factor.</summary>
    public static void Check(string kind, string field, int numbers, double largest)
    {
        Measured.AddOrUpdate((kind, field), (numbers, largest), (_, old) => (old.Numbers + numbers, Math.Max(old.Largest, largest)));
        if (IsRecording)
            return;
        Assert.True(Recorded.Value.TryGetValue((kind, field), out double known), $"{kind} {field} is not in {File}: record it.");
        Assert.True(largest <= Math.Max(known * Growth, Rounding), $"{kind} {field} differs by {largest:E2}, {known:E2} is recorded.");
    }

    public void Dispose()
    {
        if (!IsRecording)
            return;
        IEnumerable<string> lines = Measured.OrderBy(m => m.Key.Kind, StringComparer.Ordinal).ThenBy(m => m.Key.Field, StringComparer.Ordinal)
            .Select(m => string.Create(CultureInfo.InvariantCulture, $"{m.Key.Kind},{m.Key.Field},{m.Value.Numbers},{m.Value.Largest:E1}"));
        System.IO.File.WriteAllLines(File, lines.Prepend("kind,field,numbers,largest"));
    }
}
