using System.Diagnostics;
using System.Diagnostics.Metrics;
using HccPipeline.Persistence.Runs;

namespace HccPipeline.FeatureWorker;

/// <summary>Traces and metrics of this room; tags never carry a patient identifier.</summary>
internal static class FeatureTelemetry
{
    private const string Name = "HccPipeline.FeatureWorker";

    public static readonly ActivitySource Source = new(Name);
    private static readonly Meter Meter = new(Name);

    private static readonly Histogram<double> BrickDuration = Meter.CreateHistogram<double>("hcc.brick.extract.duration", "s", "Time to compute one brick");
    private static readonly Histogram<double> QueueWait = Meter.CreateHistogram<double>("hcc.brick.queue.wait", "s", "Time from the request of a brick to its start");
    private static readonly Histogram<double> VoxelRate = Meter.CreateHistogram<double>("hcc.brick.voxel.rate", "{voxel}/s", "Region voxels of a brick by the time it took");
    private static readonly Counter<long> Bricks = Meter.CreateCounter<long>("hcc.bricks", "{brick}", "Bricks by kind and outcome: done, rejected, quarantined");
    private static readonly Counter<long> Retries = Meter.CreateCounter<long>("hcc.brick.retries", "{brick}", "Tries of a brick that failed and will be made again");
    private static readonly Counter<long> Voxels = Meter.CreateCounter<long>("hcc.voxels", "{voxel}", "Region voxels of bricks that are done");
    public static readonly Counter<long> Runs = Meter.CreateCounter<long>("hcc.runs", "{run}", "Runs closed");

    private static volatile IReadOnlyList<(string Kind, string State, long Count)> s_open = [];

    static FeatureTelemetry() => Meter.CreateObservableGauge(
        "hcc.bricks.open", () => s_open.Select(o => new Measurement<long>(o.Count, new("kind", o.Kind), new("state", o.State))),
        "{brick}", "Bricks without an outcome in the whole registry, by kind and state, at the last sweep; every worker tells the same");

    /// <summary>Sets what is told of bricks without an outcome; what is no longer there is told as none.</summary>
    public static void ShowOpen(IReadOnlyList<(string Kind, string State, long Count)> open) =>
        s_open = [.. open, .. s_open.Where(was => !open.Any(o => (o.Kind, o.State) == (was.Kind, was.State))).Select(was => (was.Kind, was.State, 0L))];

    /// <summary>Starts a span of the trace that a stored context belongs to, so that whoever does the work goes on where it was planned.</summary>
    /// <param name="name">Name of the span.</param>
    /// <param name="traceParent">W3C trace context; null to stay in the present trace.</param>
    public static Activity? Continue(string name, string? traceParent) =>
        ActivityContext.TryParse(traceParent, null, isRemote: true, out ActivityContext parent)
            ? Source.StartActivity(name, ActivityKind.Producer, parent)
            : Source.StartActivity(name, ActivityKind.Producer);

    /// <summary>A brick was taken up.</summary>
    public static void BrickStarted(BrickRow brick, long startedMs)
    {
        if (brick.RequestedMs is { } requestedMs)
            QueueWait.Record(Math.Max(0, startedMs - requestedMs) / 1000.0, Kind(brick));
    }

    /// <summary>A try of a brick failed and will be made again.</summary>
    public static void BrickFailed(BrickRow brick) => Retries.Add(1, Kind(brick));

    /// <summary>A brick came to an end.</summary>
    /// <param name="brick">The brick.</param>
    /// <param name="state">Done, rejected or quarantined.</param>
    /// <param name="seconds">Time that it took; null where it gave nothing.</param>
    public static void BrickEnded(BrickRow brick, string state, double? seconds)
    {
        Bricks.Add(1, Kind(brick), new("outcome", state));
        if (seconds is not { } time)
            return;
        BrickDuration.Record(time, Kind(brick));
        if (brick.RegionVoxels is not { } voxels)
            return;
        Voxels.Add(voxels, Kind(brick));
        if (time > 0)
            VoxelRate.Record(voxels / time, Kind(brick));
    }

    private static KeyValuePair<string, object?> Kind(BrickRow brick) => new("kind", brick.Kind);
}
