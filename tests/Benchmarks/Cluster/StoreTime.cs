using System.Globalization;

namespace HccPipeline.Benchmarks.Cluster;

/// <summary>What the workers' metrics say about the object store, summed over workers since their start.</summary>
/// <param name="ReadSeconds">Time that boxes waited for image and region.</param>
/// <param name="WriteSeconds">Time that boxes waited until their maps were stored.</param>
/// <param name="ReadBytes">Bytes of voxels.</param>
/// <param name="WrittenBytes">Bytes of maps.</param>
internal readonly record struct StoreTime(double ReadSeconds, double WriteSeconds, double ReadBytes, double WrittenBytes)
{
    private static readonly HttpClient Http = new() { Timeout = TimeSpan.FromSeconds(10) };

    public static StoreTime operator -(StoreTime a, StoreTime b) =>
        new(a.ReadSeconds - b.ReadSeconds, a.WriteSeconds - b.WriteSeconds, a.ReadBytes - b.ReadBytes, a.WrittenBytes - b.WrittenBytes);

    public static async Task<StoreTime> OfAsync(IEnumerable<string> workers)
    {
        List<string> lines = [];
        foreach (string url in workers)
            lines.AddRange((await Http.GetStringAsync(new Uri($"{url}/metrics"))).Split('\n'));
        double Sum(string metric, string operation) => lines
            .Where(l => l.StartsWith(metric + "{", StringComparison.Ordinal) && l.Contains($"operation=\"{operation}\"", StringComparison.Ordinal))
            .Sum(l => double.Parse(l[(l.IndexOf('}', StringComparison.Ordinal) + 1)..].Trim().Split(' ')[0], CultureInfo.InvariantCulture));
        return new(
            Sum("hcc_box_store_duration_seconds_sum", "read"), Sum("hcc_box_store_duration_seconds_sum", "write"),
            Sum("hcc_box_store_bytes_total", "read"), Sum("hcc_box_store_bytes_total", "write"));
    }
}
