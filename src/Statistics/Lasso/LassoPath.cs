using HccPipeline.Statistics.Linear;

namespace HccPipeline.Statistics.Lasso;

/// <summary>Why a path ends where it does.</summary>
public enum PathEnd
{
    /// <summary>Every λ was fitted.</summary>
    Complete,

    /// <summary>The deviance ratio rose by less than 1e-5: smaller λ change nothing (automatic λ only, and no limit of a coefficient is 0).</summary>
    NoFurtherGain,

    /// <summary>The deviance ratio exceeded 0.999: the fit is saturated (automatic λ only).</summary>
    Saturated,

    /// <summary>The next λ did not converge in <see cref="LassoOptions.MaxIterations"/> steps.</summary>
    NotConverged,

    /// <summary>It was followed as far as it was asked for: there is more of it.</summary>
    Paused,
}

/// <summary>The nonzero coefficients at one λ, on the original scale of x.</summary>
/// <param name="Columns">0-based column numbers, increasing.</param>
/// <param name="Values">Their coefficients, in the same order.</param>
public sealed record SparseCoefficients(int[] Columns, double[] Values);

/// <summary>A fitted penalised logistic path: one model per λ, λ decreasing.</summary>
public sealed class LassoPath
{
    /// <summary>Number of columns p of the design matrix.</summary>
    public required int ColumnCount { get; init; }

    /// <summary>λ, decreasing; for penalty factors rescaled to sum to p.</summary>
    public required double[] Lambda { get; init; }

    /// <summary>Intercepts, for x on its original scale.</summary>
    public required double[] Intercept { get; init; }

    /// <summary>Nonzero coefficients at each λ.</summary>
    public required SparseCoefficients[] Coefficients { get; init; }

    /// <summary>1 − deviance / <see cref="NullDeviance"/> at each λ.</summary>
    public required double[] DevianceRatio { get; init; }

    /// <summary>Deviance of the model with an intercept (and the offset) only, raw weights.</summary>
    public required double NullDeviance { get; init; }

    /// <summary>Weighted column means used for centring.</summary>
    public required double[] ColumnMeans { get; init; }

    /// <summary>Weighted column standard deviations, divisor n; 0 for a constant column, whose coefficient is 0.</summary>
    public required double[] ColumnDeviations { get; init; }

    /// <summary>Why the path ends.</summary>
    public required PathEnd End { get; init; }

    /// <summary>Passes over the columns in the model, all λ together: the work done.</summary>
    public required int Passes { get; init; }

    /// <summary>Number of nonzero coefficients at each λ.</summary>
    public int[] Df => Array.ConvertAll(Coefficients, c => c.Columns.Length);

    /// <summary>All p coefficients at the λ with this 0-based index, zeros included, original scale.</summary>
    public double[] CoefficientsAt(int index)
    {
        double[] beta = new double[ColumnCount];
        SparseCoefficients sparse = Coefficients[index];
        for (int k = 0; k < sparse.Columns.Length; k++) beta[sparse.Columns[k]] = sparse.Values[k];
        return beta;
    }

    /// <summary>Linear predictors (log odds, without offset) of the rows of <paramref name="x"/> at the λ with this 0-based index.</summary>
    public double[] LinearPredictorsAt(int index, DesignMatrix x)
    {
        double[] eta = new double[x.RowCount];
        LinearPredictorsAt(index, x, eta);
        return eta;
    }

    internal void LinearPredictorsAt(int index, DesignMatrix x, Span<double> eta)
    {
        if (x.ColumnCount != ColumnCount)
            throw new UnusableDataException($"The model has {ColumnCount} columns, the design matrix {x.ColumnCount}.");
        eta.Fill(Intercept[index]);
        SparseCoefficients sparse = Coefficients[index];
        for (int k = 0; k < sparse.Columns.Length; k++)
            ColumnKernels.AddCentred(x.Column(sparse.Columns[k]), shift: 0, sparse.Values[k], eta);
    }
}
