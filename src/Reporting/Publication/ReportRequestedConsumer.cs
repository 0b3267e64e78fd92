using System.Diagnostics;
using HccPipeline.Contracts.Messages;
using HccPipeline.Persistence.Drift;
using HccPipeline.Persistence.Models;
using HccPipeline.Reporting.Drift;
using MassTransit;
using Microsoft.Extensions.Logging;

namespace HccPipeline.Reporting.Publication;

/// <summary>Makes a report once, or again where that is asked for, and announces it every time it is asked for.</summary>
internal sealed partial class ReportRequestedConsumer(
    ReportPublisher validation, DriftReportPublisher drift, ILogger<ReportRequestedConsumer> logger) : IConsumer<ReportRequested>
{
    public async Task Consume(ConsumeContext<ReportRequested> context)
    {
        ReportRequested request = context.Message;
        using Activity? span = ReportingTelemetry.Source.StartActivity("report.publish");
        span?.SetTag("hcc.model_version", request.ModelVersion);
        span?.SetTag("hcc.report_kind", request.Kind.ToString());
        ReportPublished published;
        try
        {
            published = request.Kind == ReportKind.Drift ? await DriftAsync(request, context.CancellationToken) : await ValidationAsync(request, context.CancellationToken);
        }
        catch (ReportException e)   // permanent: no number of attempts makes a report of a version that is not there
        {
            LogRefused(logger, request.Kind, request.ModelVersion, e.Message);
            return;
        }
        LogPublished(logger, request.Kind, request.ModelVersion, published.HtmlSha256);
        await context.Publish(published, context.CancellationToken);
    }

    private async Task<ReportPublished> ValidationAsync(ReportRequested request, CancellationToken ct)
    {
        ReportRow report = await validation.PublishAsync(request.ModelVersion, request.Rebuild, ct);
        return new ReportPublished { ModelVersion = report.ModelVersion, HtmlSha256 = report.HtmlSha256, JsonSha256 = report.JsonSha256 };
    }

    private async Task<ReportPublished> DriftAsync(ReportRequested request, CancellationToken ct)
    {
        DriftReportRow report = await drift.PublishAsync(request.ModelVersion, request.Period, request.Rebuild, ct);
        return new ReportPublished { ModelVersion = report.ModelVersion, Kind = ReportKind.Drift, Period = report.Period, HtmlSha256 = report.HtmlSha256, JsonSha256 = report.JsonSha256 };
    }

    [LoggerMessage(5001, LogLevel.Error, "No {Kind} report of model version {ModelVersion}: {Problem}")]
    private static partial void LogRefused(ILogger logger, ReportKind kind, int modelVersion, string problem);

    [LoggerMessage(5002, LogLevel.Information, "{Kind} report of model version {ModelVersion} published as {HtmlSha256}")]
    private static partial void LogPublished(ILogger logger, ReportKind kind, int modelVersion, string htmlSha256);
}

/// <summary>One report at a time in a process: requests for the same version find the first one's result.</summary>
internal sealed class ReportRequestedConsumerDefinition : ConsumerDefinition<ReportRequestedConsumer>
{
    public ReportRequestedConsumerDefinition() => ConcurrentMessageLimit = 1;
}
