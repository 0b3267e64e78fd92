namespace HccPipeline.ModelWorker.Promotion;

/// <summary>Who decides on a version.</summary>
/// <param name="Name">As it is kept in the history, and as the policy would name the person.</param>
/// <param name="IsProven">Whether an access token of this name was shown; else it is what the machine calls the account.</param>
public readonly record struct Decider(string Name, bool IsProven)
{
    /// <summary>Whether the policy lets this person decide: approve, promote against the policy, roll back.</summary>
    /// <exception cref="PromotionException">It does not; the message says why.</exception>
    internal void RequireMayDecide(PromotionPolicy policy)
    {
        if (!IsProven && (policy.Approvers.Length > 0 || policy.Approvals > 1))
        {
            throw new PromotionException(
                $"The policy {(policy.Approvers.Length > 0 ? "names who may decide" : "asks for two people")}, and nothing proves who {Name} is: decide with an access token, here or on the dashboard.");
        }
        if (policy.Approvers.Length > 0 && !policy.Approvers.Contains(Name, StringComparer.Ordinal))
            throw new PromotionException($"{Name} is not among the approvers of the policy: {string.Join(", ", policy.Approvers)}.");
    }
}
