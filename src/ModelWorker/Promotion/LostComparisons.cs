using HccPipeline.Persistence.Models;

namespace HccPipeline.ModelWorker.Promotion;

/// <summary>Versions later than the champion that were not compared with it, or hold and were not promoted: their message died with its process.</summary>
internal sealed class LostComparisons(PromotionService promotion, ModelRepository models, ComparisonRepository comparisons, PolicySource policies)
{
    /// <summary>Considers them, oldest first.</summary>
    public async Task ConsiderAsync(CancellationToken ct)
    {
        if (await models.FindChampionAsync(ct) is not { } champion)
            return;
        HashedPolicy policy = policies.Read();
        SortedSet<int> versions = [.. await comparisons.ListNotComparedAsync(champion, policy.Sha256, ct)];
        versions.UnionWith((await comparisons.ListAsync(ct))
            .Where(c => c.Champion == champion && c.PolicySha256 == policy.Sha256 && c.Verdict == StoredComparison.HoldsVerdict)
            .Select(c => c.Challenger));
        foreach (int version in versions)
        {
            if (await promotion.ConsiderAsync(version, ct))
                return;   // the others are compared with the new champion
        }
    }
}
