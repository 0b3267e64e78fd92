using HccPipeline.Contracts.Messages;
using HccPipeline.Persistence.Cohort;
using HccPipeline.Persistence.Models;
using Microsoft.Extensions.Options;

namespace HccPipeline.ModelWorker.Retraining;

/// <summary>Says when enough of the cohort is ready to train by itself.</summary>
internal sealed class RetrainingPolicy(
    CohortReader cohort, ModelRepository models, TrainingRunRepository runs, TimeProvider clock, IOptions<ModelWorkerOptions> options)
{
    // A refusal of an earlier process may have been answered by other settings: it is tried once more.
    private readonly long _sinceMs = clock.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>The first model at <see cref="ModelWorkerOptions.MinimumPatients"/>, then one after every
    /// <see cref="ModelWorkerOptions.RetrainAfterNewPatients"/> newly ready patients; after a refusal as many more are awaited.</summary>
    /// <returns>The request, or null when it is not time.</returns>
    public async Task<RetrainingRequested?> EvaluateAsync(string profileSha256, CancellationToken ct)
    {
        ModelWorkerOptions o = options.Value;
        if (o.MinimumPatients == 0)
            return null;
        int ready = await cohort.CountReadyAsync(profileSha256, ct);
        int? learned = await models.FindLastPatientCountAsync(profileSha256, ct);
        string? reason = learned switch
        {
            null when ready >= o.MinimumPatients => $"{ready} patients are ready; the first model needs {o.MinimumPatients}",
            { } last when o.RetrainAfterNewPatients > 0 && ready - last >= o.RetrainAfterNewPatients => $"{ready - last} newly ready patients",
            _ => null,
        };
        if (reason is null || await runs.FindRefusedPatientCountAsync(profileSha256, _sinceMs, ct) is { } refused && ready - refused < Math.Max(1, o.RetrainAfterNewPatients))
            return null;   // what was refused would be refused again
        return new RetrainingRequested { ProfileSha256 = profileSha256, Seed = o.Seed, OnlyIfDue = true, Reason = reason };
    }

    /// <returns>Hash of the profile of the latest run, or null before the first.</returns>
    public Task<string?> FindProfileInUseAsync(CancellationToken ct) => cohort.FindProfileInUseAsync(ct);
}
