using HccPipeline.Statistics.Linear;

namespace HccPipeline.Statistics.Lasso;

/// <summary>The rows of one fold.</summary>
internal sealed class HeldOutRows
{
    private HeldOutRows(DesignMatrix x) => X = x;

    /// <summary>Predictors of all rows; those of the fold are gathered where they are used.</summary>
    public DesignMatrix X { get; }
    public required int[] Rows { get; init; }
    public required double[] Offset { get; init; }
    public required double[] Outcome { get; init; }
    public required double[] Weights { get; init; }
    public double TotalWeight => Weights.Sum();

    public static HeldOutRows Select(DesignMatrix x, double[] y, int[] folds, int fold, LassoOptions options)
    {
        int[] rows = [.. Enumerable.Range(0, y.Length).Where(i => folds[i] == fold)];
        return new HeldOutRows(x)
        {
            Rows = rows,
            Offset = Array.ConvertAll(rows, i => options.Offset?[i] ?? 0),
            Outcome = Array.ConvertAll(rows, i => y[i]),
            Weights = Array.ConvertAll(rows, i => options.Weights?[i] ?? 1),
        };
    }
}
