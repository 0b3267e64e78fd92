using HccPipeline.Contracts.Models;
using HccPipeline.Statistics.Nomogram;

namespace HccPipeline.ModelWorker.Scoring;

/// <summary>The nomogram of a stored model.</summary>
public static class ModelNomogram
{
    /// <returns>The chart over the ranges that the model was trained on, one axis per predictor in model order; null when the model has no predictor,
    /// or only predictors without effect.</returns>
    public static NomogramChart? Of(SubmodelDocument model) =>
        model.Logistic.Predictors.All(p => p.Beta == 0)
            ? null
            : NomogramChart.Build(model.Logistic.Intercept, [.. model.Logistic.Predictors.Select(p => new NomogramPredictor(p.Name, p.Beta, p.Minimum, p.Maximum))]);
}
