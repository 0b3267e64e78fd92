using HccPipeline.Persistence.Cohort;
using HccPipeline.Persistence.Registry;

namespace HccPipeline.ModelWorker.Cohort;

/// <summary>
/// Takes a patient out of the registry: out of every later snapshot at once, files and values deleted, later deliveries refused. What was learned
/// before is not undone, and named.
/// </summary>
public sealed class PatientWithdrawal(WithdrawalRepository withdrawals, PatientErasure erasure, ManifestRepository manifests)
{
    /// <summary>What a withdrawal would do; null when nothing was ever known of the patient.</summary>
    public async Task<WithdrawalPreview?> PreviewAsync(string pseudonym, CancellationToken ct)
    {
        PatientHoldings holdings = await erasure.CountAsync(pseudonym, ct);
        if (!holdings.IsKnown)
            return null;
        Withdrawal? before = (await withdrawals.ListAsync(ct)).FirstOrDefault(w => w.Pseudonym == pseudonym);
        return new(holdings, await manifests.ListVersionsOfAsync(pseudonym, ct), before);
    }

    /// <summary>Withdraws a known patient; again, it goes on where it was left.</summary>
    /// <param name="pseudonym">The patient.</param>
    /// <param name="reason">Why; of several calls the first one's stays.</param>
    /// <param name="actor">Who takes the patient out.</param>
    /// <param name="ct">Cancels; what is not done then is done by the next call or by the sweeper.</param>
    /// <returns>Bricks that somebody computes at this moment and whose end the deletion waits for; 0 when everything is deleted.</returns>
    /// <exception cref="InvalidOperationException">Nothing was ever known of the patient.</exception>
    public async Task<int> WithdrawAsync(string pseudonym, string reason, string actor, CancellationToken ct)
    {
        IReadOnlyList<int> versions = await manifests.ListVersionsOfAsync(pseudonym, ct);
        if (!await withdrawals.AddAsync(pseudonym, reason, actor, versions, ct))
            throw new InvalidOperationException($"Nothing is known of patient {pseudonym}.");
        return await erasure.EraseAsync(pseudonym, ct);
    }
}

/// <summary>What a withdrawal deletes, and what it leaves.</summary>
/// <param name="Holdings">What is stored and will be deleted.</param>
/// <param name="ModelVersions">Versions that were trained on the patient; they stay.</param>
/// <param name="Before">An earlier withdrawal of the same patient; null where there is none.</param>
public sealed record WithdrawalPreview(PatientHoldings Holdings, IReadOnlyList<int> ModelVersions, Withdrawal? Before);
