using HccPipeline.Contracts.Models;
using HccPipeline.ModelWorker.Scoring;
using HccPipeline.ModelWorker.Training;
using HccPipeline.Persistence.Cohort;
using Xunit;

namespace HccPipeline.ModelWorker.Tests;

public sealed class ModelScorerTests
{
    private static readonly CohortSnapshot Cohort = Cohorts.Make(120);
    private static readonly SubmodelDocument Model =
        ModelTrainer.Train(Cohort, Cohorts.Settings, CancellationToken.None).Models.Single(m => m.Name == "combined");

    private static Dictionary<string, double> FeaturesOf(int row) => Cohort.FeatureNames.ToDictionary(n => n, n => Cohort.Column(n)[row]);

    [Fact]
    public void Score_TrainingPatients_GiveTheStoredBrierScore()
    {
        double brier = Enumerable.Range(0, Cohort.Patients.Count)
            .Average(i => Math.Pow(ModelScorer.Score(Model, FeaturesOf(i)).Probability - (Cohort.Patients[i].Progression ? 1 : 0), 2));
        Assert.Equal(Model.Metrics.Brier, brier, 1e-12);
    }

    [Fact]
    public void Score_RiskGroup_FollowsTheThreshold()
    {
        foreach (int row in Enumerable.Range(0, Cohort.Patients.Count))
        {
            Prediction prediction = ModelScorer.Score(Model, FeaturesOf(row));
            Assert.Equal(prediction.Probability >= Model.Metrics.RiskThreshold ? "high" : "low", prediction.RiskGroup);
        }
    }

    [Fact]
    public void Score_MissingInput_IsRefusedByName()
    {
        Dictionary<string, double> features = FeaturesOf(0);
        string name = Model.Logistic.Predictors[0].Name;
        features.Remove(name);
        Assert.Contains($"{name} is missing", Assert.Throws<ScoringException>(() => ModelScorer.Score(Model, features)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Score_InputOutsideTrainingRange_IsRefusedByName()
    {
        Dictionary<string, double> features = FeaturesOf(0);
        PredictorDocument predictor = Model.Logistic.Predictors[0];
        features[predictor.Name] = predictor.Maximum + 1;
        string message = Assert.Throws<ScoringException>(() => ModelScorer.Score(Model, features)).Message;
        Assert.Contains(predictor.Name, message, StringComparison.Ordinal);
        Assert.Contains("outside the range", message, StringComparison.Ordinal);
    }
}
