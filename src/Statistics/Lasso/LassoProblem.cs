using HccPipeline.Statistics.Linear;

namespace HccPipeline.Statistics.Lasso;

/// <summary>A validated fitting problem on the standardised scale: what stays fixed along the path.</summary>
/// <remarks>Rows that take no part (a held-out fold) have weight zero, so no fold needs its own copy of the data.</remarks>
internal sealed class LassoProblem
{
    private LassoProblem(DesignMatrix x, double[] y, LassoOptions options)
    {
        X = x;
        Y = y;
        Options = options;
    }

    public DesignMatrix X { get; }
    public double[] Y { get; }
    public LassoOptions Options { get; }

    /// <summary>Weights, normalised to sum 1.</summary>
    public required double[] Weights { get; init; }

    /// <summary>Sum of the raw weights of the rows that take part.</summary>
    public required double TotalWeight { get; init; }

    /// <summary>Rows that take part; decides the default range of λ.</summary>
    public required int TrainingRows { get; init; }

    public required double[] Means { get; init; }

    /// <summary>Weighted standard deviations, 0 for constant columns.</summary>
    public required double[] Deviations { get; init; }

    /// <summary>1 / <see cref="ScaleOf"/>, 0 for constant columns.</summary>
    public required double[] InverseScales { get; init; }

    /// <summary>Rescaled penalty factors; +∞ for columns left out.</summary>
    public required double[] Penalties { get; init; }

    /// <summary>What a column is divided by: its deviation, or 1 without standardisation.</summary>
    public double ScaleOf(int column) => Options.Standardise ? Deviations[column] : 1;

    /// <summary>Whether a column can ever have a coefficient.</summary>
    public bool IsEligible(int column) => Deviations[column] > 0 && !double.IsPositiveInfinity(Penalties[column]);

    /// <summary>Bounds of the standardised coefficient.</summary>
    public (double Lower, double Upper) LimitsOf(int column)
    {
        double scale = ScaleOf(column);
        return (Options.LowerLimits is { } lower ? lower[column] * scale : double.NegativeInfinity,
                Options.UpperLimits is { } upper ? upper[column] * scale : double.PositiveInfinity);
    }

    /// <summary>Validates and standardises.</summary>
    /// <param name="x">n×p predictors.</param>
    /// <param name="y">n outcomes.</param>
    /// <param name="options">How to fit.</param>
    /// <param name="foldId">Fold of each row, or null to use every row.</param>
    /// <param name="heldOut">The fold that takes no part.</param>
    /// <exception cref="UnusableDataException">Anything that cannot be fitted, named by column or row.</exception>
    public static LassoProblem Create(DesignMatrix x, double[] y, LassoOptions options, int[]? foldId = null, int heldOut = 0)
    {
        double[] weights = new double[x.RowCount];
        double total = 0;
        int rows = 0;
        for (int i = 0; i < weights.Length; i++)
        {
            if (foldId is not null && foldId[i] == heldOut) continue;
            weights[i] = options.Weights is { } w ? w[i] : 1;
            total += weights[i];
            rows++;
        }
        for (int i = 0; i < weights.Length; i++) weights[i] /= total;

        double[] means = new double[x.ColumnCount], deviations = new double[x.ColumnCount];
        for (int j = 0; j < x.ColumnCount; j++)
        {
            ReadOnlySpan<double> column = x.Column(j);
            if (IsConstant(column, weights, out double level)) { means[j] = level; continue; }
            // Shifted by one of its own values, the sum keeps its digits when the mean is large.
            means[j] = level + ColumnKernels.DotCentred(column, level, weights);
            deviations[j] = Math.Sqrt(ColumnKernels.WeightedSquares(column, means[j], weights));
            if (!double.IsFinite(deviations[j])) throw new UnusableDataException($"Column {x.LabelOf(j)}: its values are so large that their squares overflow.");
        }
        return new LassoProblem(x, y, options)
        {
            Weights = weights, TotalWeight = total, TrainingRows = rows,
            Means = means, Deviations = deviations,
            InverseScales = Array.ConvertAll(deviations, s => s == 0 ? 0 : options.Standardise ? 1 / s : 1),
            Penalties = RescaledPenalties(options.PenaltyFactors, x.ColumnCount),
        };
    }

    private static bool IsConstant(ReadOnlySpan<double> column, double[] weights, out double level)
    {
        int i = 0;
        while (weights[i] == 0) i++;
        level = column[i];
        for (i++; i < column.Length; i++)
            if (column[i] != level && weights[i] != 0) return false;
        return true;
    }

    private static double[] RescaledPenalties(double[]? factors, int p)
    {
        double[] v = new double[p];
        double sum = 0;
        for (int j = 0; j < p; j++)
        {
            v[j] = factors?[j] ?? 1;
            sum += double.IsPositiveInfinity(v[j]) ? 1 : v[j];
        }
        // All columns unpenalised: nothing to rescale.
        for (int j = 0; j < p && sum > 0; j++) v[j] *= p / sum;
        return v;
    }
}
