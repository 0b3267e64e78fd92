using HccPipeline.Contracts.Messages;
using HccPipeline.Persistence.Runs;
using MassTransit;

namespace HccPipeline.FeatureWorker.Collecting;

/// <summary>Closes a run when its last brick has an outcome, and announces it.</summary>
internal sealed class BrickExtractedConsumer(RunRepository runs) : IConsumer<BrickExtracted>
{
    public async Task Consume(ConsumeContext<BrickExtracted> context)
    {
        CompletedRun? run = await runs.TryCompleteAsync(context.Message.RunId, context.CancellationToken);
        if (run is not null)
            await context.Publish(Announcement.Of(run), context.CancellationToken);
    }
}

/// <summary>An announcement that came back from the bus is out: only then is it recorded, so a crash before loses nothing.</summary>
internal sealed class FeaturesExtractedRecorder(RunRepository runs) : IConsumer<FeaturesExtracted>
{
    public async Task Consume(ConsumeContext<FeaturesExtracted> context)
    {
        await runs.MarkAnnouncedAsync(context.Message.RunId, context.CancellationToken);
        FeatureTelemetry.Runs.Add(1);
    }
}

internal static class Announcement
{
    public static FeaturesExtracted Of(CompletedRun run) => new()
    {
        RunId = run.RunId,
        StudyInstanceUid = run.StudyUid,
        Pseudonym = run.Pseudonym,
        ProfileSha256 = run.ProfileSha256,
    };
}
