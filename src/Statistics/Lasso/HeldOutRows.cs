using HccPipeline.Statistics.Linear;

namespace HccPipeline.Statistics.Lasso;

/// <summary>The rows of one fold. Of the predictors only the columns of a path are ever gathered, and only while they are used:
/// the data are not copied.</summary>
internal sealed class HeldOutRows
{
    private readonly DesignMatrix _x;
    private readonly double[] _offset;

    private HeldOutRows(DesignMatrix x, double[] offset)
    {
        _x = x;
        _offset = offset;
    }

    public required int[] Rows { get; init; }
    public required double[] Outcome { get; init; }
    public required double[] Weights { get; init; }
    public double TotalWeight => Weights.Sum();

    public static HeldOutRows Select(DesignMatrix x, double[] y, int[] folds, int fold, LassoOptions options)
    {
        int[] rows = [.. Enumerable.Range(0, y.Length).Where(i => folds[i] == fold)];
        return new HeldOutRows(x, Array.ConvertAll(rows, i => options.Offset?[i] ?? 0))
        {
            Rows = rows,
            Outcome = Array.ConvertAll(rows, i => y[i]),
            Weights = Array.ConvertAll(rows, i => options.Weights?[i] ?? 1),
        };
    }

    /// <summary>Linear predictors of the held-out rows at each wanted λ.</summary>
    /// <param name="path">Path of the other folds.</param>
    /// <param name="wanted">λ of the fit to all rows, decreasing.</param>
    /// <param name="isExact">True when the path was solved at the wanted λ: no interpolation, its last point stands for
    /// wanted λ beyond its end. False: linear in λ between neighbours, constant beyond the ends.</param>
    public double[][] LinearPredictors(LassoPath path, double[] wanted, bool isExact)
    {
        double[][] columns = new double[path.ColumnCount][];
        double[][] own = new double[path.Lambda.Length][];
        double[][] result = new double[wanted.Length][];
        for (int k = 0; k < wanted.Length; k++)
        {
            (int left, int right, double leftShare) = isExact ? (Math.Min(k, own.Length - 1), 0, 1) : Neighbours(path.Lambda, wanted[k]);
            double[] atLeft = own[left] ??= Own(path, left, columns);
            result[k] = leftShare == 1 ? atLeft : Between(atLeft, own[right] ??= Own(path, right, columns), leftShare);
        }
        return result;
    }

    // Points of a decreasing sequence around a wanted λ, and the share of the first.
    private static (int Left, int Right, double LeftShare) Neighbours(double[] lambda, double wanted)
    {
        int right = 0;
        while (right < lambda.Length && lambda[right] > wanted) right++;
        if (right == 0) return (0, 0, 1);
        if (right == lambda.Length) return (lambda.Length - 1, lambda.Length - 1, 1);
        return (right - 1, right, (wanted - lambda[right]) / (lambda[right - 1] - lambda[right]));
    }

    private double[] Own(LassoPath path, int index, double[][] columns)
    {
        double[] eta = new double[Rows.Length];
        Array.Fill(eta, path.Intercept[index]);
        SparseCoefficients sparse = path.Coefficients[index];
        for (int k = 0; k < sparse.Columns.Length; k++)
            ColumnKernels.AddCentred(columns[sparse.Columns[k]] ??= Gather(sparse.Columns[k]), shift: 0, sparse.Values[k], eta);
        for (int i = 0; i < eta.Length; i++) eta[i] += _offset[i];
        return eta;
    }

    private double[] Gather(int column)
    {
        ReadOnlySpan<double> x = _x.Column(column);
        double[] values = new double[Rows.Length];
        for (int i = 0; i < values.Length; i++) values[i] = x[Rows[i]];
        return values;
    }

    private static double[] Between(double[] left, double[] right, double leftShare)
    {
        double[] mixed = new double[left.Length];
        for (int i = 0; i < mixed.Length; i++) mixed[i] = (leftShare * left[i]) + ((1 - leftShare) * right[i]);
        return mixed;
    }
}
