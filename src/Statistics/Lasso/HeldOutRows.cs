using HccPipeline.Statistics.Linear;

namespace HccPipeline.Statistics.Lasso;

/// <summary>The rows of one fold, gathered so that a path can be applied to them column by column.</summary>
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
        return new HeldOutRows(x.SelectRows(rows), Array.ConvertAll(rows, i => options.Offset?[i] ?? 0))
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
        double[][] own = new double[path.Lambda.Length][];
        for (int k = 0; k < own.Length; k++)
        {
            own[k] = path.LinearPredictorsAt(k, _x);
            for (int i = 0; i < _offset.Length; i++) own[k][i] += _offset[i];
        }
        if (isExact) return [.. wanted.Select((_, k) => own[Math.Min(k, own.Length - 1)])];

        double[][] result = new double[wanted.Length][];
        int right = 0;
        for (int k = 0; k < wanted.Length; k++)
        {
            while (right < own.Length && path.Lambda[right] > wanted[k]) right++;
            if (right == 0) result[k] = own[0];
            else if (right == own.Length) result[k] = own[^1];
            else result[k] = Between(own[right - 1], own[right], (wanted[k] - path.Lambda[right]) / (path.Lambda[right - 1] - path.Lambda[right]));
        }
        return result;
    }

    private static double[] Between(double[] left, double[] right, double leftShare)
    {
        double[] mixed = new double[left.Length];
        for (int i = 0; i < mixed.Length; i++) mixed[i] = (leftShare * left[i]) + ((1 - leftShare) * right[i]);
        return mixed;
    }
}
