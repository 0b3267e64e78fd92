using System.Diagnostics;

namespace HccPipeline.Reporting;

/// <summary>Traces of this room.</summary>
internal static class ReportingTelemetry
{
    public static readonly ActivitySource Source = new("HccPipeline.Reporting");
}
