using HccPipeline.Contracts.Models;
using HccPipeline.Statistics.Nomogram;

namespace HccPipeline.ModelWorker.Scoring;

/// <summary>What a model says of a patient.</summary>
/// <param name="Model"><c>imaging</c>, <c>clinical</c> or <c>combined</c>.</param>
/// <param name="Probability">Probability of progression.</param>
/// <param name="RiskGroup"><c>high</c> at or above the model's threshold, else <c>low</c>.</param>
/// <param name="RiskThreshold">The threshold.</param>
/// <param name="Inputs">The predictors as they went in.</param>
public sealed record Prediction(string Model, double Probability, string RiskGroup, double RiskThreshold, IReadOnlyList<PredictionInput> Inputs);

/// <summary>A predictor of a prediction.</summary>
/// <param name="Name">Feature name.</param>
/// <param name="Value">The patient's value.</param>
/// <param name="Minimum">Smallest value the model was trained on.</param>
/// <param name="Maximum">Largest value the model was trained on.</param>
/// <param name="LogOdds">What the predictor adds to the log odds: β·x.</param>
/// <param name="Points">Points on the model's nomogram: the widest axis runs from 0 to 100.</param>
public sealed record PredictionInput(string Name, double Value, double Minimum, double Maximum, double LogOdds, double Points);

/// <summary>A patient can't be scored; the message names the inputs.</summary>
public sealed class ScoringException(string message) : Exception(message);

/// <summary>Scores patients. A missing input or one outside the training range is refused by name: a number would look as good as any other.</summary>
public static class ModelScorer
{
    /// <summary>Scores one patient.</summary>
    /// <param name="model">The model.</param>
    /// <param name="features">The patient's features by name.</param>
    /// <exception cref="ScoringException">An input is missing or outside the range that the model was trained on.</exception>
    public static Prediction Score(SubmodelDocument model, IReadOnlyDictionary<string, double> features)
    {
        List<string> problems = [];
        List<PredictionInput> inputs = [];
        NomogramChart? chart = ModelNomogram.Of(model);
        double logOdds = model.Logistic.Intercept;
        for (int j = 0; j < model.Logistic.Predictors.Count; j++)
        {
            PredictorDocument predictor = model.Logistic.Predictors[j];
            if (!features.TryGetValue(predictor.Name, out double value) || double.IsNaN(value))
            {
                problems.Add($"{predictor.Name} is missing");
                continue;
            }
            if (value < predictor.Minimum || value > predictor.Maximum)
                problems.Add($"{predictor.Name} = {value:G6} lies outside the range of the training cohort, {predictor.Minimum:G6} to {predictor.Maximum:G6}");
            logOdds += predictor.Beta * value;
            inputs.Add(new(predictor.Name, value, predictor.Minimum, predictor.Maximum, predictor.Beta * value, chart?.Points(j, value) ?? 0));
        }
        if (problems.Count > 0)
            throw new ScoringException($"The {model.Name} model can't score this patient: {string.Join("; ", problems)}.");
        double probability = 1 / (1 + Math.Exp(-logOdds));
        double threshold = model.Metrics.RiskThreshold;
        return new(model.Name, probability, probability >= threshold ? "high" : "low", threshold, inputs);
    }
}
