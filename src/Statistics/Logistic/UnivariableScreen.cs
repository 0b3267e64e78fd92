using HccPipeline.Statistics.Linear;

namespace HccPipeline.Statistics.Logistic;

/// <summary>One line of a univariable screening table.</summary>
/// <param name="Column">0-based column.</param>
/// <param name="Name">Its name.</param>
/// <param name="Fit">The model with this column only, or null for a constant column.</param>
/// <param name="Test">Likelihood-ratio test of the column; null for a constant or separating column.</param>
/// <param name="Remark">What is unusual: constant, or separated and fitted by Firth's method; empty otherwise.</param>
public sealed record UnivariableResult(int Column, string Name, LogisticFit? Fit, LikelihoodRatioTest? Test, string Remark)
{
    /// <summary>Odds ratio per unit, or null for a constant column.</summary>
    public OddsRatio? OddsRatio => Fit?.OddsRatios[0];

    /// <summary>Odds ratio per standard deviation, or null for a constant column.</summary>
    public OddsRatio? OddsRatioPerSd => Fit?.OddsRatiosPerSd[0];
}

/// <summary>A logistic regression on each column alone.</summary>
public static class UnivariableScreen
{
    /// <summary>Fits one model per column.</summary>
    /// <param name="x">n×p predictors, finite.</param>
    /// <param name="y">n outcomes, 0 or 1.</param>
    /// <param name="options">How to fit; separation is met with Firth's estimator here, so that one column cannot spoil the table.</param>
    /// <returns>One line per column, in the order of the columns.</returns>
    /// <exception cref="UnusableDataException">Input that cannot be fitted; the message names the column or row.</exception>
    public static UnivariableResult[] Run(DesignMatrix x, ReadOnlySpan<double> y, LogisticOptions? options = null)
    {
        options = (options ?? LogisticOptions.Default) with { OnSeparation = SeparationHandling.UseFirth };
        LogisticValidation.Require(x, y, options);
        UnivariableResult[] table = new UnivariableResult[x.ColumnCount];
        for (int j = 0; j < table.Length; j++)
        {
            string name = LogisticRegression.NameOf(x, j + 1);
            LogisticFit fit = LogisticRegression.Fit(x.SelectColumns([j]), y, options);
            if (fit.Aliased.Length > 0) table[j] = new UnivariableResult(j, name, Fit: null, Test: null, "constant");
            else if (fit.Separation is { } separation)
                table[j] = new UnivariableResult(j, name, fit, Test: null, $"{(separation.Kind == SeparationKind.Complete ? "complete" : "quasi-complete")} separation, Firth's estimator");
            else table[j] = new UnivariableResult(j, name, fit, fit.Estimator == LogisticEstimator.Firth ? null : fit.OverallTest, "");
        }
        return table;
    }
}
