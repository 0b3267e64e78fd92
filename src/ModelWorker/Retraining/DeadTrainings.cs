using HccPipeline.Contracts.Messages;
using HccPipeline.Persistence.Models;

namespace HccPipeline.ModelWorker.Retraining;

/// <summary>Trainings whose process died or was stopped: they are asked for again, unless it is always the training that dies.</summary>
internal sealed class DeadTrainings(TrainingRunRepository runs)
{
    private const int MostInARow = 3;
    private const int Memory = 50;

    /// <returns>What to ask for again. The training that takes a dead one's cohort over ends it.</returns>
    public async Task<IReadOnlyList<RetrainingRequested>> FindAsync(CancellationToken ct)
    {
        List<RetrainingRequested> again = [];
        foreach (TrainingRunRow run in await runs.ListDeadAsync(ct))
        {
            if (await DeathsInARowAsync(run, ct) >= MostInARow)
            {
                await runs.AbandonAsync(run.RunId, $"Its process ended without a word, as those of the {MostInARow - 1} trainings before; it is not tried again.", ct);
                continue;
            }
            again.Add(new()
            {
                ProfileSha256 = run.ProfileSha256,
                Seed = run.Seed,
                OnlyIfDue = false,
                Reason = run.Reason,
                RequestedBy = run.RequestedBy,
                OverrideReason = run.OverrideReason,
            });
        }
        return again;
    }

    /// <summary>This one and those abandoned right before it.</summary>
    private async Task<int> DeathsInARowAsync(TrainingRunRow run, CancellationToken ct) => 1 + (await runs.ListAsync(Memory, ct))
        .Where(r => r.ProfileSha256 == run.ProfileSha256 && r.RunId != run.RunId)
        .TakeWhile(r => r.Outcome == TrainingOutcomes.Abandoned)
        .Count();
}
