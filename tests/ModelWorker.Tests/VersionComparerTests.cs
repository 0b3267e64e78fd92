using HccPipeline.ModelWorker.Promotion;
using HccPipeline.ModelWorker.Training;
using HccPipeline.Persistence.Cohort;
using Xunit;

namespace HccPipeline.ModelWorker.Tests;

/// <summary>What is compared are versions, and not the folds that they happened to be dealt.</summary>
public sealed class VersionComparerTests
{
    private static readonly PromotionPolicy Policy = PolicyReader.ReadDefault().Policy;
    private static readonly CohortSnapshot Cohort = Cohorts.Make(100);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public void Compare_SamePredictorsAndCoefficients_AreEqualByDefinition()
    {
        ComparedVersion champion = Train(1, seed: 1);
        // The same model, whose cross-validation was dealt other folds.
        ComparedVersion challenger = Train(2, seed: 2) with { Document = champion.Document with { Seed = 2 } };
        Assert.NotEqual(champion.HeldOut!.Probabilities["combined"], challenger.HeldOut!.Probabilities["combined"]);

        VersionComparison comparison = VersionComparer.Compare(challenger, champion, Policy, Ct);

        Assert.True(comparison.IsSameModel);
        RequireEqual(comparison);
        Assert.Contains("one model", comparison.Method, StringComparison.Ordinal);
    }

    [Fact]
    public void Compare_SameCohortOtherSeed_DiffersInNothingWhereSingleDrawsDo()
    {
        ComparedVersion champion = Train(1, seed: 1), challenger = Train(2, seed: 2);
        RequireEqual(VersionComparer.Compare(challenger, champion, Policy, Ct));
    }

    [Fact]
    public void Compare_LargerCohort_RepeatsTheFoldsAndWidensTheLimitsByWhatTheyLeave()
    {
        ComparedVersion champion = Train(1, seed: 1, without: 12), challenger = Train(2, seed: 1);

        VersionComparison comparison = VersionComparer.Compare(challenger, champion, Policy, Ct);

        Assert.Equal((false, 10, 100 - 12, 100), (comparison.IsSameModel, comparison.FoldDraws, comparison.InBothCohorts, comparison.Patients + comparison.NotScored));
        Assert.True(comparison.FoldDeviation > 0);
        Assert.InRange(comparison.AucGain!.Value, comparison.AucGainLower!.Value, comparison.AucGainUpper!.Value);
        double least = 1.9599 * comparison.FoldDeviation!.Value / Math.Sqrt(10);
        Assert.True((comparison.AucGainUpper.Value - comparison.AucGainLower.Value) / 2 > least);
        Assert.Equivalent(comparison, VersionComparer.Compare(challenger, champion, Policy, Ct));
    }

    [Fact]
    public void Compare_StoredScoresThatThisProgramDoesNotGive_AreTakenAsTheyAreAndSaidSo()
    {
        ComparedVersion champion = Train(1, seed: 1, without: 12), challenger = Train(2, seed: 1);
        Dictionary<string, IReadOnlyList<double>> others = challenger.HeldOut!.Probabilities.ToDictionary(p => p.Key, p => (IReadOnlyList<double>)[.. p.Value.Select(v => (0.98 * v) + 0.01)]);
        challenger = challenger with { HeldOut = challenger.HeldOut with { Probabilities = others } };

        VersionComparison comparison = VersionComparer.Compare(challenger, champion, Policy, Ct);

        Assert.Equal((0, null), (comparison.FoldDraws, comparison.FoldDeviation));
        Assert.Contains("the one draw of folds that was stored", comparison.Method, StringComparison.Ordinal);
    }

    private static void RequireEqual(VersionComparison comparison)
    {
        Assert.Equal((0.0, 0.0, 0.0, 1.0), (comparison.AucGain!.Value, comparison.AucGainLower!.Value, comparison.AucGainUpper!.Value, comparison.AucGainP!.Value));
        Assert.Equal((0.0, 0.0), (comparison.Reclassification!.NetReclassification, comparison.Reclassification.IntegratedDiscrimination));
    }

    private static ComparedVersion Train(int version, long seed, int without = 0)
    {
        CohortSnapshot cohort = without == 0 ? Cohort : Cohort.Without(Cohort.Patients.Take(without).Select(p => p.Pseudonym).ToHashSet());
        TrainedModel trained = ModelTrainer.Run(cohort, Cohorts.Settings with { Seed = seed }, null, Ct);
        return new(version, trained.Document, cohort, trained.HeldOut);
    }
}
