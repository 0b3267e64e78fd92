using System.Diagnostics.Metrics;
using OpenTelemetry.Metrics;

namespace HccPipeline.Hosting.Telemetry;

/// <summary>Bucket bounds of histograms by their unit: the library's own are made for milliseconds of web requests.</summary>
internal static class HistogramBounds
{
    private const string OwnInstruments = "hcc.";

    // From a brick of a few voxels to a training of an hour.
    private static readonly double[] Seconds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300, 600, 1800, 3600];

    // Two steps a decade from a hundred to a hundred million.
    private static readonly double[] PerSecond = [1e2, 3e2, 1e3, 3e3, 1e4, 3e4, 1e5, 3e5, 1e6, 3e6, 1e7, 3e7, 1e8];

    /// <returns>Null for what is no histogram of ours.</returns>
    public static MetricStreamConfiguration? Of(Instrument instrument) =>
        instrument is Histogram<double> && instrument.Name.StartsWith(OwnInstruments, StringComparison.Ordinal)
            ? instrument.Unit switch
            {
                "s" => new ExplicitBucketHistogramConfiguration { Boundaries = Seconds },
                { } unit when unit.EndsWith("/s", StringComparison.Ordinal) => new ExplicitBucketHistogramConfiguration { Boundaries = PerSecond },
                _ => null,
            }
            : null;
}
