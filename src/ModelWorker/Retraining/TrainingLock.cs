using HccPipeline.Persistence.Models;
using HccPipeline.Persistence.Workers;
using Microsoft.Extensions.Options;

namespace HccPipeline.ModelWorker.Retraining;

/// <summary>Lets one training at a time have a cohort, over all processes: the hold is a row of the database.</summary>
public sealed class TrainingLock(TrainingRunRepository runs, TimeProvider clock, IOptions<ModelWorkerOptions> options)
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(250);

    /// <summary>Takes the cohort; waits while another has it, and takes over from one that died.</summary>
    internal async Task<TrainingLease> TakeAsync(TrainingRequest request, CancellationToken ct)
    {
        long requestedMs = clock.GetUtcNow().ToUnixTimeMilliseconds();
        TrainingRunRow run = new()
        {
            RunId = $"T-{Guid.CreateVersion7(clock.GetUtcNow()):N}"[..22],
            ProfileSha256 = request.ProfileSha256,
            Seed = request.Seed,
            Reason = request.Reason,
            RequestedBy = request.RequestedBy,
            OverrideReason = request.OverrideReason,
            Holder = WorkerProcess.CurrentId,
            RequestedMs = requestedMs,
        };
        while (!await runs.TryStartAsync(run, options.Value.TrainingLease, ct))
        {
            // Whoever died on this very machine need not be waited for.
            if (await runs.FindHolderAsync(request.ProfileSha256, ct) is { } holder && WorkerProcess.IsGone(holder.Holder))
                await runs.LetGoAsync(holder.RunId, ct);
            else
                await Task.Delay(Look, clock, ct);
        }
        return new(run.RunId, runs, options.Value.TrainingLease, clock, ct);
    }
}
