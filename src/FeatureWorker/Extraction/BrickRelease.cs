using System.Diagnostics;
using HccPipeline.Contracts.Messages;
using HccPipeline.Persistence.Runs;
using MassTransit;

namespace HccPipeline.FeatureWorker.Extraction;

/// <summary>The one place from which bricks are requested: takes waiting bricks in fair order and puts them on the bus, so many at a time.</summary>
/// <remarks>What was marked as requested must leave, whatever becomes of the consumer in whose course it was: it goes past the consumer's outbox.</remarks>
internal sealed class BrickRelease(ReleaseRepository bricks, IBus bus, InFlightLimit limit)
{
    /// <summary>Requests bricks until the limit in flight is reached: something was planned.</summary>
    /// <returns>How many were requested.</returns>
    public async Task<int> FillAsync(CancellationToken ct)
    {
        int most = await limit.GetAsync(ct);
        return await ReleaseAsync(most, most, ct);
    }

    /// <summary>The same once less than half of the limit is in flight: a brick has ended.</summary>
    /// <returns>How many were requested.</returns>
    public async Task<int> RefillAsync(CancellationToken ct)
    {
        int most = await limit.GetAsync(ct);
        return await ReleaseAsync(most, (most + 1) / 2, ct);
    }

    /// <summary>Puts bricks on the bus that are marked as requested, each in the trace of its run.</summary>
    public async Task SendAsync(IReadOnlyList<ReleasedBrick> released, CancellationToken ct)
    {
        int sent = 0;
        try
        {
            for (; sent < released.Count; sent++)
            {
                ReleasedBrick brick = released[sent];
                using Activity? span = FeatureTelemetry.Continue("brick.release", brick.TraceParent);
                ISendEndpoint queue = await bus.GetSendEndpoint(BrickQueues.AddressOf(brick.Priority));
                await queue.Send(new BrickExtractionRequested { RunId = brick.Key.RunId, BrickIndex = brick.Key.BrickIndex }, ct);
            }
        }
        catch when (sent < released.Count)
        {
            await bricks.TakeBackAsync(released.Skip(sent).Select(b => b.Key), CancellationToken.None);
            throw;
        }
    }

    private async Task<int> ReleaseAsync(int most, int below, CancellationToken ct)
    {
        IReadOnlyList<ReleasedBrick> released = await bricks.ReleaseAsync(most, below, ct);
        await SendAsync(released, ct);
        return released.Count;
    }
}
