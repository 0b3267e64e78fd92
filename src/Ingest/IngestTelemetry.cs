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

    /// <summary>Starts the trace of one study, which whoever works on it carries on. A trace of a whole delivery would hold thousands of them:
    /// the delivery's trace is linked.</summary>
    /// <param name="studyUid">Study Instance UID (0020,000D) after de-identification.</param>
    public static Activity? StartStudy(string studyUid)
    {
        Activity? delivery = Activity.Current;
        Activity.Current = null;
        Activity? study = Source.StartActivity(
            "study.announce", ActivityKind.Producer, parentContext: default, links: delivery is null ? null : [new ActivityLink(delivery.Context)]);
        if (study is null)
            Activity.Current = delivery;
        return study?.SetTag("hcc.study_uid", studyUid);
    }
}
