using HccPipeline.ModelWorker.Training;
using HccPipeline.Persistence.Models;

namespace HccPipeline.ModelWorker.Retraining;

/// <summary>Writes down how a training ended.</summary>
public sealed class TrainingResults(TrainingRunRepository runs, TrainedVersionStore versions)
{
    /// <summary>Stores the version that a training gave, and with it the training's end.</summary>
    internal async Task<TrainedVersion> StoreAsync(ModelVersionRow version, TrainingRequest request, CancellationToken ct)
    {
        StoredVersion stored = await versions.StoreAsync(version, request.RequestedBy, ct) ?? throw Lost(version.RunId!);
        return new(stored.Version, stored.Promoted, stored.IsNew);
    }

    /// <summary>Ends a training without a new version.</summary>
    internal Task EndAsync(string runId, string outcome, string detail, int? modelVersion = null) =>
        runs.FinishAsync(runId, outcome, detail, CancellationToken.None, modelVersion);

    /// <summary>Ends a training that was broken off.</summary>
    /// <param name="lease">Its hold.</param>
    /// <param name="request">The request.</param>
    /// <param name="reason">What broke it off.</param>
    /// <param name="ct">The caller's token.</param>
    /// <returns>What the caller is to be told instead; null for the reason itself.</returns>
    internal async Task<Exception?> EndAsync(TrainingLease lease, TrainingRequest request, Exception reason, CancellationToken ct)
    {
        switch (reason)
        {
            case OperationCanceledException when lease.Hold == TrainingHold.CancelAsked:
                string by = (await runs.FindAsync(lease.RunId, CancellationToken.None))?.CancelBy ?? "somebody";
                await EndAsync(lease.RunId, TrainingOutcomes.Cancelled, $"Cancelled by {by}.");
                return new TrainingException($"Training {lease.RunId} was cancelled by {by}.");
            case OperationCanceledException when lease.Hold == TrainingHold.Lost:
                return Lost(lease.RunId);
            case OperationCanceledException when ct.IsCancellationRequested && request.GoesOnElsewhere:
                await runs.LetGoAsync(lease.RunId, CancellationToken.None);
                break;
            case OperationCanceledException when ct.IsCancellationRequested:
                await EndAsync(lease.RunId, TrainingOutcomes.Cancelled, "Its process was stopped.");
                break;
            case TrainingException:
                await EndAsync(lease.RunId, TrainingOutcomes.Refused, reason.Message);
                break;
            default:
                await EndAsync(lease.RunId, TrainingOutcomes.Failed, $"{reason.GetType().Name}: {reason.GetBaseException().Message}");
                break;
        }
        return null;
    }

    // Not a TrainingException: the request stands, and whoever delivers it may do so again.
    private static InvalidOperationException Lost(string runId) =>
        new($"Training {runId} did not renew its hold on the cohort in time, and another took over. Nothing of it was stored.");
}
