using HccPipeline.ModelWorker.Retraining;
using HccPipeline.ModelWorker.Training;
using HccPipeline.Persistence.Cohort;
using HccPipeline.Persistence.Models;
using Microsoft.Extensions.Options;

namespace HccPipeline.ModelWorker.Guards;

/// <summary>Lets a training go on, or refuses it by name.</summary>
public sealed class GuardService(IOptions<GuardOptions> options)
{
    /// <summary>Measures a cohort against the guards.</summary>
    public IReadOnlyList<GuardResult> Measure(CohortSnapshot snapshot, TrainingSettings settings)
    {
        ReaderAgreement? agreement = null;
        if (options.Value.ReaderTable is { Length: > 0 } path)
        {
            using StreamReader table = File.OpenText(path);
            agreement = ReaderAgreement.Read(table);
        }
        return TrainingGuards.Evaluate(snapshot, settings, options.Value, agreement);
    }

    /// <summary>Says whether a training may go on.</summary>
    /// <returns>What was measured, as JSON, and the reason that overrode a guard; null where all held.</returns>
    /// <exception cref="TrainingException">A guard refuses and nobody gave a reason to go on.</exception>
    internal (string Guards, string? OverrideReason) Require(CohortSnapshot snapshot, TrainingSettings settings, TrainingRequest request)
    {
        IReadOnlyList<GuardResult> results = Measure(snapshot, settings);
        string guards = System.Text.Encoding.UTF8.GetString(CanonicalJson.Write(results));
        if (TrainingGuards.Refusal(results) is not { } refusal)
            return (guards, null);
        string reason = request.OverrideReason is { Length: > 0 } given ? given : options.Value.Override;
        return reason.Length > 0
            ? (guards, reason)
            : throw new TrainingException($"{refusal} Nothing was trained; 'hcc train --override REASON' goes on all the same and keeps the reason.");
    }
}
