using HccPipeline.Statistics.Linear;
using MathNet.Numerics.LinearAlgebra;

namespace HccPipeline.Statistics.Logistic;

/// <summary>Variance inflation factors.</summary>
public static class VarianceInflation
{
    /// <summary>1 / (1 − R²ⱼ), R²ⱼ from the unweighted regression of column j on the others: the factors of the predictors
    /// themselves, whatever the outcome.</summary>
    /// <param name="x">n×p predictors, finite.</param>
    /// <returns>p factors ≥ 1; +∞ for a constant column or one that is a combination of the others.</returns>
    public static double[] OfPredictors(DesignMatrix x)
    {
        x.RequireFinite();
        double[] factors = new double[x.ColumnCount];
        for (int j = 0; j < factors.Length; j++)
        {
            // Placed last, what column j adds to the basis is its residual on all the others; alone after the intercept,
            // it is the deviation from its mean.
            double residual = LastLength(x, [.. Enumerable.Range(0, x.ColumnCount + 1).Where(t => t != j + 1), j + 1]);
            double deviation = LastLength(x, [0, j + 1]);
            factors[j] = residual == 0 ? double.PositiveInfinity : deviation / residual * (deviation / residual);
        }
        return factors;
    }

    /// <summary>Diagonal of the inverse correlation matrix of the slopes' estimates (as car::vif and rms::vif): takes the
    /// weights of the fit into account.</summary>
    /// <param name="fit">A fit with at least one column that is not aliased.</param>
    /// <returns>One factor per column; NaN for aliased columns.</returns>
    public static double[] OfEstimates(LogisticFit fit)
    {
        int slopes = fit.Rank - 1;
        Matrix<double> correlation = Matrix<double>.Build.Dense(slopes, slopes, (i, k) =>
            fit.Covariance[i + 1, k + 1] / Math.Sqrt(fit.Covariance[i + 1, i + 1] * fit.Covariance[k + 1, k + 1]));
        Matrix<double> inverse = correlation.Inverse();
        double[] factors = new double[fit.Coefficients.Length - 1];
        int kept = 0;
        for (int j = 0; j < factors.Length; j++) factors[j] = fit.Aliased.Contains(j) ? double.NaN : inverse[kept, kept++];
        return factors;
    }

    private static double LastLength(DesignMatrix x, int[] terms)
    {
        OrthonormalBasis basis = OrthonormalBasis.Of(x, terms);
        return basis.Kept[^1] == terms[^1] ? basis.R[^1][^1] : 0;
    }
}
