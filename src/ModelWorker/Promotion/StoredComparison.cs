using HccPipeline.Persistence.Models;

namespace HccPipeline.ModelWorker.Promotion;

/// <summary>A version can't be compared or promoted; the message says why.</summary>
public sealed class PromotionException(string message) : Exception(message);

/// <summary>A comparison as it is stored, with the policy that it was judged by and who approved.</summary>
/// <param name="Row">The stored row.</param>
/// <param name="Comparison">What was measured.</param>
/// <param name="Policy">The policy.</param>
/// <param name="Approvals">Who approved.</param>
public sealed record StoredComparison(ComparisonRow Row, VersionComparison Comparison, PromotionPolicy Policy, IReadOnlyList<ApprovalRow> Approvals)
{
    internal const string HoldsVerdict = "holds", FailsVerdict = "fails";

    /// <summary>Whether the version holds what the policy asks for.</summary>
    public bool IsHeld => Row.Verdict == HoldsVerdict;

    /// <summary>People who have yet to approve.</summary>
    public int MissingApprovals => Math.Max(0, Policy.Approvals - Approvals.Count);

    /// <summary>The sentences of what does not hold.</summary>
    public string Failures => string.Join(' ', Comparison.Checks.Where(c => !c.Holds).Select(c => c.Detail));
}
