using HccPipeline.Statistics.Linear;

namespace HccPipeline.Statistics.Lasso;

/// <summary>Logistic regression with an elastic-net penalty, along a sequence of penalties.</summary>
public static class LassoLogistic
{
    /// <summary>Minimises, for each λ, −Σ wᵢ[yᵢηᵢ − log(1 + e^ηᵢ)] + λ Σ vⱼ(α|bⱼ| + (1 − α)/2·bⱼ²), where weights sum to 1
    /// and bⱼ belongs to the standardised column; the intercept is not penalised.</summary>
    /// <param name="x">n×p predictors, finite. A constant column gets coefficient 0; of two equal columns any split of the
    /// coefficient is a solution, and the earlier one is favoured.</param>
    /// <param name="y">n outcomes, 0 or 1, both present.</param>
    /// <param name="options">How to fit; null: <see cref="LassoOptions.Default"/>.</param>
    /// <returns>Coefficients on the original scale.</returns>
    /// <exception cref="UnusableDataException">Input that cannot be fitted; the message names the column or row.</exception>
    /// <remarks>Source: Friedman, Hastie, Tibshirani (2010), J Stat Softw 33(1). Same objective, λ sequence, stopping rule and
    /// conventions as glmnet 4.1 with family = "binomial".</remarks>
    public static LassoPath FitPath(DesignMatrix x, ReadOnlySpan<double> y, LassoOptions? options = null)
    {
        options ??= LassoOptions.Default;
        LassoValidation.Require(x, y, options);
        return LassoPathSolver.Fit(LassoProblem.Create(x, y.ToArray(), options));
    }
}
