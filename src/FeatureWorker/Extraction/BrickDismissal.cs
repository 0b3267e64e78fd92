using HccPipeline.Contracts.Messages;
using HccPipeline.Persistence.Runs;
using MassTransit;

namespace HccPipeline.FeatureWorker.Extraction;

/// <summary>Gives up bricks in quarantine that nobody will mend, so that their studies go on with what there is.</summary>
public sealed class BrickDismissal(BrickQuarantine quarantine, BrickRelease release, IBus bus)
{
    /// <summary>Gives bricks up; a person decides so, with a reason that is kept.</summary>
    /// <param name="run">Key of their run or its beginning.</param>
    /// <param name="brickIndex">Index in the run; null for every brick of it.</param>
    /// <param name="actor">Who.</param>
    /// <param name="reason">Why.</param>
    /// <param name="ct">Cancels.</param>
    /// <returns>What was given up; empty when none of them is in quarantine.</returns>
    public async Task<IReadOnlyList<QuarantinedBrick>> DismissAsync(string run, int? brickIndex, string actor, string reason, CancellationToken ct)
    {
        IReadOnlyList<QuarantinedBrick> dismissed = await quarantine.DismissAsync(run, brickIndex, actor, reason, ct);
        foreach (QuarantinedBrick brick in dismissed)
            await bus.Publish(new BrickExtracted { RunId = brick.Key.RunId, BrickIndex = brick.Key.BrickIndex }, ct);   // an outcome like any other
        if (dismissed.Count > 0)
            await release.FillAsync(ct);
        return dismissed;
    }
}
