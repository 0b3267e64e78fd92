using HccPipeline.Contracts.Models;

namespace HccPipeline.ModelWorker.Promotion;

/// <summary>Judges what a new version does differently by what a policy allows.</summary>
internal static class ChangeChecks
{
    public static IEnumerable<PolicyCheck> Of(ModelDocument challenger, ModelDocument champion, PromotionPolicy policy)
    {
        AllowedChanges may = policy.MayChange;
        SubmodelDocument now = challenger.Models.Single(m => m.Name == policy.Model), before = champion.Models.Single(m => m.Name == policy.Model);
        string[] predictorsNow = Predictors(now), predictorsBefore = Predictors(before);
        bool samePredictors = predictorsNow.SequenceEqual(predictorsBefore, StringComparer.Ordinal);
        yield return Check("profile", challenger.ProfileSha256 == champion.ProfileSha256, may.Profile, "the extraction profile");
        yield return Check("candidates", Offered(now).SequenceEqual(Offered(before), StringComparer.Ordinal), may.Candidates, "the candidates that were offered");
        yield return Check("predictors", samePredictors, may.Predictors, $"the selected predictors{Difference(predictorsNow, predictorsBefore)}");
        yield return Check(
            "coefficients",
            ComparedScores.AreSame(now, before),
            may.Coefficients, "the coefficients");
        yield return Check("program", challenger.CodeVersion == champion.CodeVersion, may.Program, "the version of the program");
    }

    private static PolicyCheck Check(string name, bool same, bool allowed, string what) =>
        new($"may_change.{name}", same || allowed, $"{(same ? "The same in both" : allowed ? "Changed, as it may be" : "Changed, which the policy does not allow")}: {what}.");

    private static string Difference(string[] now, string[] before)
    {
        string[] added = [.. now.Except(before, StringComparer.Ordinal).Select(n => $"+{n}")], removed = [.. before.Except(now, StringComparer.Ordinal).Select(n => $"−{n}")];
        return added.Length + removed.Length == 0 ? "" : $" ({string.Join(", ", [.. added, .. removed])})";
    }

    private static string[] Predictors(SubmodelDocument model) => [.. model.Logistic.Predictors.Select(p => p.Name).Order(StringComparer.Ordinal)];

    private static string[] Offered(SubmodelDocument model) => [.. model.Candidates.Concat(model.Excluded.Select(e => e.Name)).Order(StringComparer.Ordinal)];
}
