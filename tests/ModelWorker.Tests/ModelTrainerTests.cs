using HccPipeline.Contracts.Models;
using HccPipeline.ModelWorker.Training;
using HccPipeline.Persistence.Cohort;
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
    public void Run_HeldOutScores_HaveTheStoredMetrics()
    {
        CohortSnapshot cohort = Cohorts.Make(80);
        TrainedModel trained = ModelTrainer.Run(cohort, Cohorts.Settings, null, Ct);
        double[] y = cohort.Progression();
        foreach (SubmodelDocument model in trained.Document.Models)
        {
            IReadOnlyList<double> p = trained.HeldOut.Probabilities[model.Name];
            HeldOutMetrics metrics = model.Metrics.HeldOut!;
            double brier = p.Zip(y).Average(v => Math.Pow(v.First - v.Second, 2));
            Assert.Equal(brier, metrics.Brier, 1e-12);
            Assert.Equal(1 - (brier / 0.25), metrics.ScaledBrier, 1e-12);   // half of them progress
            Assert.Equal(p.Zip(y).Count(v => v.Second == 1 && v.First >= model.Metrics.RiskThreshold) / 40.0, metrics.Sensitivity);
            Assert.Equal(p.Zip(y).Count(v => v.Second == 0 && v.First < model.Metrics.RiskThreshold) / 40.0, metrics.Specificity);
            Assert.True(metrics.CalibrationSlope is > 0 and < 3);
            Assert.InRange(metrics.CalibrationInTheLarge!.Value, -0.5, 0.5);
        }
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

    [Theory]
    [InlineData(MissingValues.Median)]
    [InlineData(MissingValues.Multiple)]
    public void Train_NothingMissing_GivesSameBytesUnderAnyRule(MissingValues rule)
    {
        TrainingSettings settings = Cohorts.Settings with { ClinicalCandidates = ["NLR", "age"] };
        byte[] refused = CanonicalJson.Write(ModelTrainer.Train(Cohorts.Make(80), settings, Ct));
        Assert.Equal(refused, CanonicalJson.Write(ModelTrainer.Train(Cohorts.Make(80), settings with { MissingValues = rule }, Ct)));
    }

    [Theory]
    [InlineData(MissingValues.Median)]
    [InlineData(MissingValues.Multiple)]
    public void Train_SomeMissing_OffersTheCandidateAndScoresWithTheFilledValues(MissingValues rule)
    {
        CohortSnapshot cohort = Cohorts.Make(120, missingInSignal: 15);
        ModelDocument document = ModelTrainer.Train(cohort, Cohorts.Settings with { MissingValues = rule }, Ct);
        Assert.Equal(CanonicalJson.Write(document), CanonicalJson.Write(ModelTrainer.Train(cohort, Cohorts.Settings with { MissingValues = rule }, Ct)));

        SubmodelDocument imaging = document.Models[0];
        Assert.Contains("post_ADC_Mean", imaging.Candidates);
        ImputedCandidate filled = imaging.Imputed!.Single(c => c.Name == "post_ADC_Mean");
        Assert.Equal(15, filled.Patients.Count);
        Assert.All(filled.Patients, p => Assert.True(double.IsNaN(cohort.Column("post_ADC_Mean")[p - 1])));
        double[] observed = [.. cohort.Column("post_ADC_Mean").ToArray().Where(v => !double.IsNaN(v))];
        Assert.All(filled.Values, v => Assert.InRange(v, observed.Min(), observed.Max()));
        if (rule == MissingValues.Median)
            Assert.Single(filled.Values.Distinct());
        Assert.Contains("post_ADC_Mean", imaging.Logistic.Predictors.Select(p => p.Name));
        Assert.InRange(imaging.Metrics.CrossValidatedAuc, 0.7, imaging.Metrics.Auc + 0.05);

        // The stored model and the stored values give the stored Brier score.
        double squares = 0;
        for (int i = 0; i < cohort.Patients.Count; i++)
        {
            double logOdds = imaging.Logistic.Intercept;
            foreach (PredictorDocument predictor in imaging.Logistic.Predictors)
            {
                double value = cohort.Column(predictor.Name)[i];
                logOdds += predictor.Beta * (double.IsNaN(value) ? FilledValue(imaging, predictor.Name, i) : value);
            }
            squares += Math.Pow((1 / (1 + Math.Exp(-logOdds))) - (cohort.Patients[i].Progression ? 1 : 0), 2);
        }
        Assert.Equal(imaging.Metrics.Brier, squares / cohort.Patients.Count, 1e-12);
    }

    [Fact]
    public void Train_MoreThanAThirdMissing_IsLeftOutUnderAnyRule()
    {
        ModelDocument document = ModelTrainer.Train(
            Cohorts.Make(120, missingInSignal: 41), Cohorts.Settings with { MissingValues = MissingValues.Multiple }, Ct);
        Assert.Contains(new ExcludedCandidate("post_ADC_Mean", "missing in 41 of 120 patients"), document.Models[0].Excluded);
        Assert.Null(document.Models[0].Imputed);
    }

    private static double FilledValue(SubmodelDocument model, string name, int row)
    {
        ImputedCandidate candidate = model.Imputed!.Single(c => c.Name == name);
        return candidate.Values[candidate.Patients.ToList().IndexOf(row + 1)];
    }
}
