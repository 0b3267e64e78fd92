using HccPipeline.Statistics.Linear;

namespace HccPipeline.Statistics.Logistic;

/// <summary>Likelihood-ratio test of each column of a logistic regression, the others kept.</summary>
public static class DropOneTests
{
    /// <summary>Fits the model without each column in turn.</summary>
    /// <param name="x">n×p predictors of the fit.</param>
    /// <param name="y">n outcomes of the fit.</param>
    /// <param name="fit">Maximum likelihood fit to them.</param>
    /// <param name="options">How it was fitted; null: defaults.</param>
    /// <returns>One test per column, in the order of the columns; no degree of freedom where others say the same as the column.</returns>
    /// <exception cref="UnusableDataException">The fit is Firth's, which has no likelihood ratio, or was made on other rows.</exception>
    public static LikelihoodRatioTest[] Run(DesignMatrix x, ReadOnlySpan<double> y, LogisticFit fit, LogisticOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(fit);
        if (x.ColumnCount == 1) return [fit.OverallTest];
        LikelihoodRatioTest[] tests = new LikelihoodRatioTest[x.ColumnCount];
        for (int j = 0; j < tests.Length; j++)
        {
            int[] others = [.. Enumerable.Range(0, tests.Length).Where(k => k != j)];
            tests[j] = LikelihoodRatioTest.Compare(LogisticRegression.Fit(x.SelectColumns(others), y, options), fit);
        }
        return tests;
    }
}
