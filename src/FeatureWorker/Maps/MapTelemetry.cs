using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace HccPipeline.FeatureWorker.Maps;

/// <summary>What the object store costs a box: the part of its time that is not spent on maps.</summary>
internal static class MapTelemetry
{
    private static readonly Meter Meter = new("HccPipeline.FeatureWorker");

    private static readonly Histogram<double> Duration = Meter.CreateHistogram<double>("hcc.box.store.duration", "s", "Time that a box waits for the object store, by operation: read, write");
    private static readonly Counter<long> Bytes = Meter.CreateCounter<long>("hcc.box.store.bytes", "By", "Bytes of voxels that boxes read and of maps that they wrote");

    /// <summary>The image and the region of a box were read.</summary>
    /// <param name="started">Timestamp of the beginning.</param>
    /// <param name="bytes">Bytes of the voxels.</param>
    public static void HasRead(long started, long bytes) => Record("read", started, bytes);

    /// <summary>The maps of a box were written.</summary>
    /// <param name="started">Timestamp of the beginning.</param>
    /// <param name="bytes">Bytes of the blob.</param>
    public static void HasWritten(long started, long bytes) => Record("write", started, bytes);

    private static void Record(string operation, long started, long bytes)
    {
        KeyValuePair<string, object?> tag = new("operation", operation);
        Duration.Record(Stopwatch.GetElapsedTime(started).TotalSeconds, tag);
        Bytes.Add(bytes, tag);
    }
}
