using HccPipeline.Contracts.Messages;
using HccPipeline.ModelWorker.Training;
using MassTransit;
using Microsoft.Extensions.Logging;

namespace HccPipeline.ModelWorker.Retraining;

/// <summary>Trains on request and announces the version; asked again for the same cohort, it announces the same version.</summary>
internal sealed partial class RetrainingRequestedConsumer(
    RetrainingService retraining, RetrainingPolicy policy, ILogger<RetrainingRequestedConsumer> logger)
    : IConsumer<RetrainingRequested>
{
    public async Task Consume(ConsumeContext<RetrainingRequested> context)
    {
        CancellationToken ct = context.CancellationToken;
        RetrainingRequested request = context.Message;
        if (request.OnlyIfDue && await policy.EvaluateAsync(request.ProfileSha256, ct) is null)
            return;   // an earlier request was first
        TrainedVersion? trained;
        try
        {
            trained = await retraining.TrainAsync(
                new()
                {
                    ProfileSha256 = request.ProfileSha256,
                    Seed = request.Seed,
                    Reason = request.Reason,
                    RequestedBy = request.RequestedBy,
                    OverrideReason = request.OverrideReason,
                    GoesOnElsewhere = true,
                    StillWanted = request.OnlyIfDue ? async token => await policy.EvaluateAsync(request.ProfileSha256, token) is not null : null,
                },
                ct);
        }
        catch (TrainingException e)   // permanent until the cohort grows: a result, not a fault
        {
            LogRefused(logger, request.Reason, e.Message);
            return;
        }
        if (trained is null)
            return;
        int number = trained.Version.ModelVersion;
        LogTrained(logger, number, trained.Version.TrainingMs);
        await context.Publish(
            new ModelTrained { ModelVersion = number, ModelSha256 = trained.Version.ModelSha256, SnapshotSha256 = trained.Version.SnapshotSha256 }, ct);
        if (trained.Promoted)
            await context.Publish(new ModelPromoted { ModelVersion = number, Reason = "first version" }, ct);
        await context.Publish(new ReportRequested { ModelVersion = number }, ct);
    }

    [LoggerMessage(4001, LogLevel.Warning, "No training ({Reason}): {Problem}")]
    private static partial void LogRefused(ILogger logger, string reason, string problem);

    [LoggerMessage(4002, LogLevel.Information, "Model version {ModelVersion} trained in {TrainingMs} ms")]
    private static partial void LogTrained(ILogger logger, int modelVersion, long trainingMs);
}

/// <summary>One training at a time in a process; it uses what cores there are.</summary>
internal sealed class RetrainingRequestedConsumerDefinition : ConsumerDefinition<RetrainingRequestedConsumer>
{
    public RetrainingRequestedConsumerDefinition() => ConcurrentMessageLimit = 1;
}

/// <summary>New features or a new outcome may complete the cohort.</summary>
internal sealed class CohortGrowthConsumer(RetrainingPolicy policy) : IConsumer<FeaturesExtracted>, IConsumer<OutcomeRecorded>
{
    public Task Consume(ConsumeContext<FeaturesExtracted> context) => RequestAsync(context, context.Message.ProfileSha256);

    public async Task Consume(ConsumeContext<OutcomeRecorded> context)
    {
        if (await policy.FindProfileInUseAsync(context.CancellationToken) is { } profileSha256)
            await RequestAsync(context, profileSha256);
    }

    private async Task RequestAsync(ConsumeContext context, string profileSha256)
    {
        if (await policy.EvaluateAsync(profileSha256, context.CancellationToken) is { } request)
            await context.Publish(request, context.CancellationToken);
    }
}

/// <summary>Growth is looked at one event at a time: the last event of a wave sees the whole wave.</summary>
internal sealed class CohortGrowthConsumerDefinition : ConsumerDefinition<CohortGrowthConsumer>
{
    public CohortGrowthConsumerDefinition() => ConcurrentMessageLimit = 1;
}
