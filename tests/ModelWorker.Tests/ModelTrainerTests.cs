using HccPipeline.Contracts.Models;
using HccPipeline.ModelWorker.Training;
using HccPipeline.Persistence.Models;
using Xunit;

namespace HccPipeline.ModelWorker.Tests;

public sealed class ModelTrainerTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public void Train_SameRowsInAnyOrder_GivesSameBytes()
    {
        byte[] first = CanonicalJson.Write(ModelTrainer.Train(Cohorts.Make(80), Cohorts.Settings, Ct));
        byte[] second = CanonicalJson.Write(ModelTrainer.Train(Cohorts.Make(80, reversed: true), Cohorts.Settings, Ct));
        Assert.Equal(first, second);
    }

    [Fact]
    public void Train_AnotherSeed_GivesOtherFolds()
    {
        ModelDocument first = ModelTrainer.Train(Cohorts.Make(80), Cohorts.Settings, Ct);
        ModelDocument second = ModelTrainer.Train(Cohorts.Make(80), Cohorts.Settings with { Seed = 2 }, Ct);
        Assert.NotEqual(first.FoldIds, second.FoldIds);
    }

    [Fact]
    public void Train_KnownSignal_SelectsItAndBeatsChanceOutOfFold()
    {
        ModelDocument document = ModelTrainer.Train(Cohorts.Make(120), Cohorts.Settings, Ct);

        Assert.Equal(["imaging", "clinical", "combined"], document.Models.Select(m => m.Name));
        SubmodelDocument imaging = document.Models[0];
        Assert.Contains("post_ADC_Mean", imaging.Logistic.Predictors.Select(p => p.Name));
        Assert.True(imaging.Logistic.Predictors.Single(p => p.Name == "post_ADC_Mean").Beta < 0);
        Assert.InRange(imaging.Metrics.CrossValidatedAuc, 0.7, imaging.Metrics.Auc + 0.05);
        Assert.InRange(imaging.Metrics.Auc, imaging.Metrics.AucLower, imaging.Metrics.AucUpper);
    }

    [Fact]
    public void Train_CandidatesThatCannotBeUsed_AreNamedWithTheReason()
    {
        SubmodelDocument clinical = ModelTrainer.Train(Cohorts.Make(80), Cohorts.Settings, Ct).Models[1];

        Assert.Equal(["NLR", "age"], clinical.Candidates);
        Assert.Equal(
            [new("absent", "not in the snapshot"), new("constant", "the same value in every patient"), new("incomplete", "missing in 1 of 80 patients")],
            clinical.Excluded);
    }

    [Fact]
    public void Train_TooFewOfAClass_SaysHowManyAreMissing()
    {
        TrainingException e = Assert.Throws<TrainingException>(() => ModelTrainer.Train(Cohorts.Make(14), Cohorts.Settings, Ct));
        Assert.Contains("so 3 more with", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Train_NoCandidateOfAModel_NamesEachWithItsReason()
    {
        TrainingException e = Assert.Throws<TrainingException>(
            () => ModelTrainer.Train(Cohorts.Make(80), Cohorts.Settings with { ClinicalCandidates = ["constant"] }, Ct));
        Assert.Contains("constant (the same value in every patient)", e.Message, StringComparison.Ordinal);
    }
}
