using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace HccPipeline.FeatureWorker;

/// <summary>Traces and metrics of this room; tags never carry a patient identifier.</summary>
internal static class FeatureTelemetry
{
    private const string Name = "HccPipeline.FeatureWorker";

    public static readonly ActivitySource Source = new(Name);
    private static readonly Meter Meter = new(Name);

    public static readonly Histogram<double> BrickDuration = Meter.CreateHistogram<double>("hcc.brick.extract.duration", "s", "Time to compute one brick");
    public static readonly Counter<long> Bricks = Meter.CreateCounter<long>("hcc.bricks", "{brick}", "Bricks by outcome");
    public static readonly Counter<long> Runs = Meter.CreateCounter<long>("hcc.runs", "{run}", "Runs closed");
}
