using HccPipeline.Statistics.Lasso;

namespace HccPipeline.Statistics.Missing;

/// <summary>Pools paths fitted to several completed data sets at the same λ.</summary>
internal static class PathPooling
{
    /// <summary>Means of intercepts, coefficients and deviance ratios at every λ that all paths reach.</summary>
    public static LassoPath Mean(LassoPath[] paths)
    {
        int m = paths.Length, points = paths.Min(path => path.Lambda.Length);
        LassoPath first = paths[0];
        SparseCoefficients[] coefficients = new SparseCoefficients[points];
        for (int k = 0; k < points; k++)
        {
            SortedDictionary<int, double> sum = [];
            foreach (LassoPath path in paths)
            {
                SparseCoefficients sparse = path.Coefficients[k];
                for (int i = 0; i < sparse.Columns.Length; i++)
                    sum[sparse.Columns[i]] = sum.GetValueOrDefault(sparse.Columns[i]) + (sparse.Values[i] / m);
            }
            coefficients[k] = new SparseCoefficients([.. sum.Keys], [.. sum.Values]);
        }
        return new LassoPath
        {
            ColumnCount = first.ColumnCount,
            Lambda = first.Lambda[..points],
            Intercept = Average(paths, path => path.Intercept, points),
            Coefficients = coefficients,
            DevianceRatio = Average(paths, path => path.DevianceRatio, points),
            NullDeviance = first.NullDeviance,
            ColumnMeans = Average(paths, path => path.ColumnMeans, first.ColumnCount),
            ColumnDeviations = Average(paths, path => path.ColumnDeviations, first.ColumnCount),
            End = Array.Find(paths, path => path.Lambda.Length == points)!.End,
            Passes = paths.Sum(path => path.Passes),
        };
    }

    private static double[] Average(LassoPath[] paths, Func<LassoPath, double[]> values, int length)
    {
        double[] mean = new double[length];
        foreach (LassoPath path in paths)
            for (int k = 0; k < length; k++) mean[k] += values(path)[k] / paths.Length;
        return mean;
    }
}
