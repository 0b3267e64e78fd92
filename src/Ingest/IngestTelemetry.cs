using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace HccPipeline.Ingest;

/// <summary>Traces and metrics of this room; tags never carry a patient identifier.</summary>
internal static class IngestTelemetry
{
    private const string Name = "HccPipeline.Ingest";

    public static readonly ActivitySource Source = new(Name);
    private static readonly Meter Meter = new(Name);

    public static readonly Counter<long> Files = Meter.CreateCounter<long>("hcc.ingest.files", "{file}", "Files by outcome");
    public static readonly Counter<long> Studies = Meter.CreateCounter<long>("hcc.ingest.studies.announced", "{study}", "Studies announced");
    public static readonly Histogram<double> Duration = Meter.CreateHistogram<double>("hcc.ingest.duration", "s", "Time of one ingest");
}
