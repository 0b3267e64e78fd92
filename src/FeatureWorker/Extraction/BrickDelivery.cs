using HccPipeline.Contracts.Messages;
using HccPipeline.Hosting.Bus;
using HccPipeline.Persistence.Runs;
using HccPipeline.Persistence.Workers;
using MassTransit;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace HccPipeline.FeatureWorker.Extraction;

/// <summary>What a worker does with the delivery of a brick. Computes once, announces every time: a redelivery of a brick with an outcome
/// only announces it.</summary>
internal sealed partial class BrickDelivery(
    BrickRepository bricks, BrickExecution execution, BrickRelease release, PromptStop stop, IOptions<FeatureWorkerOptions> options, ILogger<BrickDelivery> logger)
{
    private static readonly TimeSpan LastWord = TimeSpan.FromSeconds(3);

    /// <summary>Does the brick if it is to be done, announces it if it has an outcome, and lets the next bricks come.</summary>
    public async Task HandleAsync(BrickSlots slots, RunPriority priority, ConsumeContext<BrickExtractionRequested> context)
    {
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken, stop.Token);
        try
        {
            await HandleAsync(slots, priority, context, either.Token);
        }
        catch (Exception) when (stop.Token.IsCancellationRequested)
        {
            // Handed back: no other try of this process would do it. The next process, or a sweeper elsewhere, asks for it again.
        }
    }

    private async Task HandleAsync(BrickSlots slots, RunPriority priority, ConsumeContext<BrickExtractionRequested> context, CancellationToken ct)
    {
        BrickKey key = new(context.Message.RunId, context.Message.BrickIndex);
        string? state;
        using (IDisposable slot = await slots.EnterAsync(priority, ct))
            state = await DoAsync(key, slot.Dispose, ct);
        if (state is BrickStates.Done or BrickStates.Rejected)
            await context.Publish(new BrickExtracted { RunId = key.RunId, BrickIndex = key.BrickIndex }, ct);
        await release.RefillAsync(ct);
    }

    /// <returns>Where the brick is now; null when there is none.</returns>
    private async Task<string?> DoAsync(BrickKey key, Action computed, CancellationToken ct)
    {
        BrickRow? brick = await bricks.FindAsync(key, ct);
        if (brick is null)
            LogUnknown(logger, key.RunId, key.BrickIndex);
        if (brick?.State != BrickStates.Pending)
            return brick?.State;
        if (brick.Starts >= options.Value.MaxBrickStarts)
            return await QuarantineAsync(key, brick, $"begun {brick.Starts} times, and nothing was ever heard of it again: it seems to end the process that computes it", ct);
        FeatureTelemetry.BrickStarted(brick, await bricks.BeginAsync(key, WorkerProcess.CurrentId, ct));
        try
        {
            BrickOutcome outcome = await execution.RunAsync(key, brick, computed, ct);
            await bricks.CompleteAsync(key, outcome, WorkerProcess.CurrentId, ct);
            FeatureTelemetry.BrickEnded(brick, BrickStates.Done, outcome.Seconds);
            return BrickStates.Done;
        }
        catch (BrickRejectedException e)   // permanent: a result, not a fault
        {
            LogRejected(logger, key.RunId, key.BrickIndex, e.Message);
            await bricks.RejectAsync(key, e.Message, WorkerProcess.CurrentId, ct);
            FeatureTelemetry.BrickEnded(brick, BrickStates.Rejected, null);
            return BrickStates.Rejected;
        }
        catch (Exception e) when (ct.IsCancellationRequested || PassingFault.Is(e))
        {
            await HandBackAsync(key, ct.IsCancellationRequested ? null : e.Message);
            throw;   // the bus tries again; what outlasts its tries is requested again by the sweeper
        }
        catch (Exception e)
        {
            string reason = $"{e.GetType().Name}: {e.Message}";
            if (!await bricks.FailAsync(key, reason, options.Value.MaxBrickFailures, WorkerProcess.CurrentId, ct))
            {
                FeatureTelemetry.BrickFailed(brick);
                throw;
            }
            LogQuarantined(logger, key.RunId, key.BrickIndex, reason, e);
            FeatureTelemetry.BrickEnded(brick, BrickStates.Quarantined, null);
            return BrickStates.Quarantined;
        }
    }

    private async Task<string> QuarantineAsync(BrickKey key, BrickRow brick, string reason, CancellationToken ct)
    {
        await bricks.QuarantineAsync(key, reason, ct);
        LogQuarantined(logger, key.RunId, key.BrickIndex, reason, null);
        FeatureTelemetry.BrickEnded(brick, BrickStates.Quarantined, null);
        return BrickStates.Quarantined;
    }

    /// <summary>Best effort: where the database is away too, the brick counts as begun and is requested again all the same.</summary>
    private async Task HandBackAsync(BrickKey key, string? reason)
    {
        using CancellationTokenSource deadline = new(LastWord);
        try
        {
            await bricks.HandBackAsync(key, reason, deadline.Token);
        }
        catch (Exception e)
        {
            LogNotHandedBack(logger, key.RunId, key.BrickIndex, e);
        }
    }

    [LoggerMessage(3101, LogLevel.Warning, "Brick {BrickIndex} of run {RunId} is not in the database; the message is dropped")]
    private static partial void LogUnknown(ILogger logger, string runId, int brickIndex);

    [LoggerMessage(3102, LogLevel.Warning, "Brick {BrickIndex} of run {RunId} gives no values: {Reason}")]
    private static partial void LogRejected(ILogger logger, string runId, int brickIndex, string reason);

    [LoggerMessage(3103, LogLevel.Error, "Brick {BrickIndex} of run {RunId} is in quarantine and holds its run: {Reason}")]
    private static partial void LogQuarantined(ILogger logger, string runId, int brickIndex, string reason, Exception? exception);

    [LoggerMessage(3104, LogLevel.Warning, "Brick {BrickIndex} of run {RunId} could not be handed back")]
    private static partial void LogNotHandedBack(ILogger logger, string runId, int brickIndex, Exception exception);
}
