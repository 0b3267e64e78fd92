using System.Globalization;
using System.Text;
using HccPipeline.Contracts.Models;
using HccPipeline.ModelWorker.Scoring;
using HccPipeline.Persistence.Audit;
using HccPipeline.Persistence.Blobs;
using HccPipeline.Persistence.Cohort;
using HccPipeline.Persistence.Models;

namespace HccPipeline.ModelWorker.Promotion;

/// <summary>Says whether a version may take the champion's place, and puts it there: by itself, after approval, or by a person's decision.</summary>
/// <remarks>The switch is one transaction with its line of the history: a process killed before has changed nothing, one killed after all of it. Of two
/// who decide on the same champion one wins.</remarks>
public sealed class PromotionService(
    ModelCatalog catalog, IBlobStore blobs, ComparisonRepository comparisons, PromotionRepository promotions, PolicySource policies)
{
    /// <summary>Compares a version with the champion under the policy, unless that was done.</summary>
    /// <param name="challenger">Number of the version.</param>
    /// <param name="ct">Cancels.</param>
    /// <exception cref="PromotionException">There is no such version, no champion, or it is the champion.</exception>
    public async Task<StoredComparison> CompareAsync(int challenger, CancellationToken ct)
    {
        HashedPolicy policy = policies.Read();
        ComparedVersion champion = await ReadAsync(null, ct) ?? throw new PromotionException("There is no champion to compare with.");
        if (champion.ModelVersion == challenger)
            throw new PromotionException($"Version {challenger} is the champion.");
        ComparisonRow? row = await comparisons.FindAsync(challenger, champion.ModelVersion, policy.Sha256, ct);
        if (row is null)
        {
            ComparedVersion version = await ReadAsync(challenger, ct) ?? throw new PromotionException($"There is no model version {challenger}.");
            VersionComparison comparison = VersionComparer.Compare(version, champion, policy.Policy, ct);
            row = await comparisons.AddAsync(
                new()
                {
                    ComparisonId = 0,
                    Challenger = challenger,
                    Champion = champion.ModelVersion,
                    PolicySha256 = policy.Sha256,
                    Verdict = comparison.Holds ? StoredComparison.HoldsVerdict : StoredComparison.FailsVerdict,
                    Comparison = Encoding.UTF8.GetString(CanonicalJson.Write(comparison)),
                },
                policy.Source, ct);
        }
        return new(row, CanonicalJson.Read<VersionComparison>(Encoding.UTF8.GetBytes(row.Comparison)), policy.Policy, await comparisons.ListApprovalsAsync(row.ComparisonId, ct));
    }

    /// <summary>Compares a version, and promotes it where the comparison holds and the policy asks for nobody, or as many people approved as it asks
    /// for. A version that was the champion once does not become it again by itself, as somebody may have rolled it back, and neither does an earlier
    /// version than the champion.</summary>
    /// <returns>Whether it became the champion now.</returns>
    /// <exception cref="PromotionException">There is no such version, no champion, or it is the champion.</exception>
    public async Task<bool> ConsiderAsync(int challenger, CancellationToken ct)
    {
        StoredComparison compared = await CompareAsync(challenger, ct);
        if (!compared.IsHeld || compared.MissingApprovals > 0 || (await promotions.ListAsync(ct)).Any(p => p.ModelVersion == challenger))
            return false;
        if (compared.Policy.Approvals > 0)   // approved, and its process died before the switch
            return await SwitchAsync(compared, PromotionKinds.Approved, compared.Approvals[^1].Approver, compared.Approvals[^1].Reason, ct);
        return challenger > compared.Row.Champion
            && await SwitchAsync(compared, PromotionKinds.Automatic, AuditEntry.Automatic, "the comparison holds and the policy asks for no approval", ct);
    }

    /// <summary>Notes that somebody approves a version whose comparison holds, and promotes it when enough people have.</summary>
    /// <returns>Who approved by now, and whether the version became the champion.</returns>
    /// <exception cref="PromotionException">The comparison does not hold, or the person may not approve.</exception>
    public async Task<(StoredComparison Comparison, bool Promoted)> ApproveAsync(int challenger, Decider by, string reason, CancellationToken ct)
    {
        StoredComparison compared = await CompareAsync(challenger, ct);
        by.RequireMayDecide(compared.Policy);
        if (!compared.IsHeld)
            throw new PromotionException($"Version {challenger} does not hold what the policy asks for: {compared.Failures}");
        return await DecideAsync(compared, PromotionKinds.Approved, by, reason, ct);
    }

    /// <summary>Promotes a version by a person's decision: one that holds and needs no further approval, or, with a reason, one that does not. Where the
    /// policy asks for two people, a decision against it takes two as well: the first is noted.</summary>
    /// <param name="version">Number of the version.</param>
    /// <param name="by">Who decides.</param>
    /// <param name="reason">Why.</param>
    /// <param name="overridePolicy">Decides against the policy, where that allows it.</param>
    /// <param name="ct">Cancels.</param>
    /// <returns>Who decided by now, and whether the version became the champion.</returns>
    /// <exception cref="PromotionException">It may not be promoted so, or not by this person, or the champion changed meanwhile.</exception>
    public async Task<(StoredComparison Comparison, bool Promoted)> PromoteAsync(int version, Decider by, string reason, bool overridePolicy, CancellationToken ct)
    {
        StoredComparison compared = await CompareAsync(version, ct);
        by.RequireMayDecide(compared.Policy);
        string? lacking = !compared.IsHeld ? $"Version {version} does not hold what the policy asks for: {compared.Failures}"
            : compared.MissingApprovals > 0 ? string.Create(CultureInfo.InvariantCulture, $"Version {version} holds; {compared.MissingApprovals} more approvals are needed ('hcc models approve {version}').")
            : null;
        if (lacking is not null && !overridePolicy)
            throw new PromotionException($"{lacking} '--override' promotes it against the policy, with a reason that is kept.");
        if (lacking is not null && compared.Policy.OnFailure == "refuse")
            throw new PromotionException($"{lacking} The policy lets nobody promote it all the same.");
        if (lacking is not null && compared.Policy.Approvals > 1)
            return await DecideAsync(compared, PromotionKinds.Override, by, reason, ct);
        return await SwitchAsync(compared, lacking is not null ? PromotionKinds.Override : PromotionKinds.Approved, by.Name, reason, ct)
            ? (compared, true)
            : throw new PromotionException("The champion changed meanwhile: compare again.");
    }

    /// <summary>Goes back to the version whose place the champion took, or to another that was the champion before. One person is enough, of those whom
    /// the policy names: a model that harms is taken out at once.</summary>
    /// <returns>The champion from now on.</returns>
    /// <exception cref="PromotionException">There is none to go back to, or the person may not decide.</exception>
    public async Task<int> RollBackAsync(int? to, Decider by, string reason, CancellationToken ct)
    {
        by.RequireMayDecide(policies.Read().Policy);
        return await promotions.RollBackAsync(to, by.Name, reason, ct)
            ?? throw new PromotionException(to is null ? "The champion took nobody's place: there is no version to go back to." : $"Version {to} was never the champion, or is it now.");
    }

    private async Task<(StoredComparison Comparison, bool Promoted)> DecideAsync(StoredComparison compared, string kind, Decider by, string reason, CancellationToken ct)
    {
        compared = compared with { Approvals = await comparisons.ApproveAsync(compared.Row.ComparisonId, by.Name, reason, ct) };
        return (compared, compared.MissingApprovals == 0 && await SwitchAsync(compared, kind, by.Name, reason, ct));
    }

    private Task<bool> SwitchAsync(StoredComparison compared, string kind, string actor, string reason, CancellationToken ct) => promotions.PromoteAsync(
        new() { ModelVersion = compared.Row.Challenger, Kind = kind, Actor = actor, Reason = reason, ComparisonId = compared.Row.ComparisonId }, compared.Row.Champion, ct);

    private async Task<ComparedVersion?> ReadAsync(int? version, CancellationToken ct)
    {
        if (await catalog.FindAsync(version, ct) is not var (row, document))
            return null;
        CohortSnapshot snapshot = await CohortSnapshotParquet.ReadAsync(await blobs.GetAsync(row.SnapshotSha256, ct), ct);
        HeldOutDocument? heldOut = row.HeldOutSha256 is { } key ? CanonicalJson.Read<HeldOutDocument>(await blobs.GetAsync(key, ct)) : null;
        return new(row.ModelVersion, document, snapshot, heldOut);
    }
}
