using HccPipeline.Statistics.Discrimination;
using HccPipeline.Statistics.Linear;
using HccPipeline.Statistics.Logistic;

namespace HccPipeline.Cli.Synth;

/// <summary>A logistic model fitted to planned values.</summary>
/// <param name="Score">Linear predictor of each patient.</param>
/// <param name="Auc">Apparent area under the ROC curve.</param>
/// <param name="WaldZ">z of each predictor, without the intercept.</param>
/// <param name="ChiSquare">Likelihood-ratio chi-square of all predictors together.</param>
internal sealed record PlanModel(double[] Score, double Auc, double[] WaldZ, double ChiSquare)
{
    private static readonly LogisticOptions Options = new() { OnSeparation = SeparationHandling.UseFirth };

    /// <summary>Fits the response on some predictors.</summary>
    /// <param name="progression">1 for progression, 0 for disease control.</param>
    /// <param name="predictors">Columns.</param>
    public static PlanModel Fit(double[] progression, params double[][] predictors)
    {
        DesignMatrix x = DesignMatrix.FromColumns(predictors);
        LogisticFit fit = LogisticRegression.Fit(x, progression, Options);
        double[] score = fit.LinearPredictors(x);
        return new(score, RocCurve.Compute(score, progression).Auc, fit.ZValues[1..], fit.NullDeviance - fit.Deviance);
    }
}
