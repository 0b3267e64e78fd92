using System.Diagnostics;
using HccPipeline.Contracts.Messages;
using HccPipeline.FeatureWorker.Collecting;
using HccPipeline.FeatureWorker.Extraction;
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

/// <summary>Plans the run of a study and lets its bricks be requested; a redelivery changes nothing, and a run that is closed is announced again.</summary>
internal sealed partial class FeatureExtractionRequestedConsumer(
    ProfileCatalog profiles, StudyContentRepository studies, RunRepository runs, BrickRelease release, ILogger<FeatureExtractionRequestedConsumer> logger)
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
        await runs.PlanAsync(plan.Run with { TraceParent = Activity.Current?.Id }, ct);
        if (await runs.TryCompleteAsync(plan.Run.RunId, ct) is { } closed)
            await context.Publish(Announcement.Of(closed), ct);
        await release.FillAsync(ct);
    }

    [LoggerMessage(3001, LogLevel.Information, "Study {StudyUid} waits for {WaitingFor}")]
    private static partial void LogWaiting(ILogger logger, string studyUid, string waitingFor);
}
