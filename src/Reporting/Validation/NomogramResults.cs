using HccPipeline.Contracts.Models;
using HccPipeline.Statistics.Nomogram;

namespace HccPipeline.Reporting.Validation;

/// <summary>The part of the report on the nomogram.</summary>
internal static class NomogramResults
{
    private static readonly double[] Probabilities = [0.01, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99];

    /// <returns>Null when the model has no predictor, or only predictors without effect.</returns>
    public static NomogramResult? Of(SubmodelDocument model, ModelScores scores) =>
        Of(model, (scores.LinearPredictor.Min(), scores.LinearPredictor.Max()));

    /// <param name="model">The model.</param>
    /// <param name="linearPredictorRange">Range of the linear predictor to tick; null for what the axes span.</param>
    /// <returns>Null when the model has no predictor, or only predictors without effect.</returns>
    public static NomogramResult? Of(SubmodelDocument model, (double Min, double Max)? linearPredictorRange)
    {
        NomogramPredictor[] predictors = [.. model.Logistic.Predictors.Select(p => new NomogramPredictor(p.Name, p.Beta, p.Minimum, p.Maximum))];
        if (predictors.All(p => p.Coefficient == 0)) return null;
        NomogramChart chart = NomogramChart.Build(model.Logistic.Intercept, predictors, linearPredictorRange);
        double last = chart.TotalPointsTicks[^1];
        return new NomogramResult
        {
            Predictors =
            [
                .. chart.Axes.Select(axis => new NomogramAxisRow(axis.Name, [.. axis.Values.Zip(axis.Points, (v, p) => new NomogramTick(v, p))])),
            ],
            TotalPoints = chart.TotalPointsTicks,
            Probability =
            [
                .. Probabilities.Select(p => new NomogramTick(p, chart.PointsAtProbability(p))).Where(t => t.Points >= 0 && t.Points <= last),
            ],
        };
    }
}
