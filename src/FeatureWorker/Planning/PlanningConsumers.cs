using HccPipeline.Contracts.Messages;
using HccPipeline.FeatureWorker.Profiles;
using HccPipeline.Persistence.Runs;
using MassTransit;
using Microsoft.Extensions.Logging;

namespace HccPipeline.FeatureWorker.Planning;

/// <summary>A study that arrives is extracted under the profile in force.</summary>
internal sealed class StudyIngestedConsumer(ProfileCatalog profiles) : IConsumer<StudyIngested>
{
    public Task Consume(ConsumeContext<StudyIngested> context) => context.Publish(
        new FeatureExtractionRequested { StudyInstanceUid = context.Message.StudyInstanceUid, ProfileSha256 = profiles.Current.Sha256 },
        context.CancellationToken);
}

/// <summary>Plans the run of a study and requests its bricks; a redelivery requests them again, and bricks with an outcome stay as they are.</summary>
internal sealed partial class FeatureExtractionRequestedConsumer(
    ProfileCatalog profiles, StudyContentRepository studies, RunRepository runs, ILogger<FeatureExtractionRequestedConsumer> logger)
    : IConsumer<FeatureExtractionRequested>
{
    public async Task Consume(ConsumeContext<FeatureExtractionRequested> context)
    {
        CancellationToken ct = context.CancellationToken;
        StudyContent? study = await studies.FindReadyAsync(context.Message.StudyInstanceUid, ct);
        if (study is null)
            return;   // more of it is arriving: it will be announced again
        PlanningResult plan = ExtractionPlanner.Plan(study, await profiles.GetAsync(context.Message.ProfileSha256, ct));
        if (plan.Run is null)
        {
            LogWaiting(logger, study.StudyUid, plan.WaitingFor!);
            await studies.MarkWaitingAsync(study, plan.WaitingFor!, ct);
            return;
        }
        await runs.PlanAsync(plan.Run, ct);
        for (int i = 0; i < plan.Run.BrickWork.Count; i++)
            await context.Publish(new BrickExtractionRequested { RunId = plan.Run.RunId, BrickIndex = i }, ct);
    }

    [LoggerMessage(3001, LogLevel.Information, "Study {StudyUid} waits for {WaitingFor}")]
    private static partial void LogWaiting(ILogger logger, string studyUid, string waitingFor);
}
