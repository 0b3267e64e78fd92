using HccPipeline.Statistics.Lasso;
using HccPipeline.Statistics.Linear;

namespace HccPipeline.Benchmarks;

/// <summary>Largest distance of a coefficient from the exact solution along the path, on the standardised scale, at default settings.</summary>
/// <param name="Glmnet">Of glmnet.</param>
/// <param name="Ours">Of this project.</param>
internal sealed record DistanceFromExact(double Glmnet, double Ours)
{
    /// <summary>A tolerance below which nothing changes any more.</summary>
    private const double Exact = 1e-22;

    /// <summary>Measures both.</summary>
    /// <param name="x">Predictors.</param>
    /// <param name="y">Outcomes.</param>
    /// <param name="glmnet">The λ of glmnet's path, then its coefficients, λ by λ.</param>
    public static DistanceFromExact Of(DesignMatrix x, double[] y, ReadOnlySpan<double> glmnet)
    {
        int points = glmnet.Length / (x.ColumnCount + 1);
        LassoPath atGlmnet = LassoLogistic.FitPath(x, y, new LassoOptions { Lambda = glmnet[..points].ToArray(), Tolerance = Exact });
        LassoPath ours = LassoLogistic.FitPath(x, y);
        LassoPath atOurs = LassoLogistic.FitPath(x, y, new LassoOptions { Lambda = ours.Lambda, Tolerance = Exact });
        double theirs = 0, own = 0;
        for (int k = 0; k < atGlmnet.Lambda.Length; k++)
            theirs = Math.Max(theirs, Largest(glmnet.Slice(points + (k * x.ColumnCount), x.ColumnCount), atGlmnet.CoefficientsAt(k), ours.ColumnDeviations));
        for (int k = 0; k < atOurs.Lambda.Length; k++) own = Math.Max(own, Largest(ours.CoefficientsAt(k), atOurs.CoefficientsAt(k), ours.ColumnDeviations));
        return new DistanceFromExact(theirs, own);
    }

    private static double Largest(ReadOnlySpan<double> a, ReadOnlySpan<double> b, double[] deviations)
    {
        double largest = 0;
        for (int j = 0; j < a.Length; j++) largest = Math.Max(largest, Math.Abs(a[j] - b[j]) * deviations[j]);
        return largest;
    }
}
