using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace HccPipeline.ModelWorker;

/// <summary>Traces and metrics of this room.</summary>
internal static class ModelTelemetry
{
    private const string Name = "HccPipeline.ModelWorker";

    public static readonly ActivitySource Source = new(Name);
    private static readonly Meter Meter = new(Name);

    public static readonly Counter<long> Predictions = Meter.CreateCounter<long>("hcc.predictions", "{prediction}", "Predictions by submodel and outcome: scored, refused");
    public static readonly Histogram<double> TrainingDuration = Meter.CreateHistogram<double>("hcc.model.train.duration", "s", "Time to train a model version");
}
