using System.Diagnostics;
using HccPipeline.Contracts.Messages;
using HccPipeline.Persistence.Models;
using MassTransit;
using Microsoft.Extensions.Logging;

namespace HccPipeline.Reporting.Publication;

/// <summary>Makes a report once and announces it every time it is asked for.</summary>
internal sealed partial class ReportRequestedConsumer(ReportPublisher publisher, ILogger<ReportRequestedConsumer> logger) : IConsumer<ReportRequested>
{
    public async Task Consume(ConsumeContext<ReportRequested> context)
    {
        int version = context.Message.ModelVersion;
        using Activity? span = ReportingTelemetry.Source.StartActivity("report.publish");
        span?.SetTag("hcc.model_version", version);
        ReportRow report;
        try
        {
            report = await publisher.PublishAsync(version, rebuild: false, context.CancellationToken);
        }
        catch (ReportException e)   // permanent: no number of attempts makes a report of a version that is not there
        {
            LogRefused(logger, version, e.Message);
            return;
        }
        LogPublished(logger, version, report.HtmlSha256);
        await context.Publish(
            new ReportPublished { ModelVersion = version, HtmlSha256 = report.HtmlSha256, JsonSha256 = report.JsonSha256 }, context.CancellationToken);
    }

    [LoggerMessage(5001, LogLevel.Error, "No report of model version {ModelVersion}: {Problem}")]
    private static partial void LogRefused(ILogger logger, int modelVersion, string problem);

    [LoggerMessage(5002, LogLevel.Information, "Report of model version {ModelVersion} published as {HtmlSha256}")]
    private static partial void LogPublished(ILogger logger, int modelVersion, string htmlSha256);
}

/// <summary>One report at a time in a process: requests for the same version find the first one's result.</summary>
internal sealed class ReportRequestedConsumerDefinition : ConsumerDefinition<ReportRequestedConsumer>
{
    public ReportRequestedConsumerDefinition() => ConcurrentMessageLimit = 1;
}
