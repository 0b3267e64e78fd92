using HccPipeline.Contracts.Messages;
using MassTransit;
using Microsoft.Extensions.Logging;

namespace HccPipeline.ModelWorker.Drift;

/// <summary>Assesses on request and announces what is new; asked again about the same patients, it changes nothing.</summary>
internal sealed partial class DriftAssessmentConsumer(DriftService drift, DriftAnnouncer announcer, ILogger<DriftAssessmentConsumer> logger)
    : IConsumer<DriftAssessmentRequested>
{
    public async Task Consume(ConsumeContext<DriftAssessmentRequested> context)
    {
        AssessedVersions assessed = await drift.AssessAsync(null, context.CancellationToken);
        LogAssessed(logger, assessed.Assessments.Count, context.Message.Reason, assessed.NewAlerts);
        await announcer.AnnounceAsync(context.CancellationToken);
    }

    [LoggerMessage(4401, LogLevel.Information, "{Versions} versions assessed ({Reason}); {Alerts} new alerts")]
    private static partial void LogAssessed(ILogger logger, int versions, string reason, int alerts);
}

/// <summary>One assessment at a time in a process; it uses what cores there are.</summary>
internal sealed class DriftAssessmentConsumerDefinition : ConsumerDefinition<DriftAssessmentConsumer>
{
    public DriftAssessmentConsumerDefinition() => ConcurrentMessageLimit = 1;
}
