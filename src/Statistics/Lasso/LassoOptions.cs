namespace HccPipeline.Statistics.Lasso;

/// <summary>How a penalised logistic path is fitted. Defaults are glmnet's.</summary>
public sealed record LassoOptions
{
    /// <summary>The defaults: LASSO, 100 automatic λ, standardised columns, equal weights.</summary>
    public static LassoOptions Default { get; } = new();

    /// <summary>Elastic-net mixing α in [0, 1]: 1 is the LASSO, 0 ridge.</summary>
    public double Alpha { get; init; } = 1;

    /// <summary>Length of the automatic λ sequence, ≥ 1. Ignored when <see cref="Lambda"/> is given.</summary>
    public int LambdaCount { get; init; } = 100;

    /// <summary>Smallest over largest λ of the automatic sequence, in (0, 1); null: 0.01 when n &lt; p, else 1e-4.</summary>
    public double? LambdaMinRatio { get; init; }

    /// <summary>A λ sequence to use as it is, positive or zero, fitted in decreasing order and never cut short; null: automatic.</summary>
    public double[]? Lambda { get; init; }

    /// <summary>Observation weights, n values ≥ 0 with a positive sum; null: all 1.</summary>
    public double[]? Weights { get; init; }

    /// <summary>Known part of the linear predictor, n values; null: none.</summary>
    public double[]? Offset { get; init; }

    /// <summary>Relative penalties, p values ≥ 0: 0 leaves a column unpenalised, +∞ leaves it out; null: all 1. They are
    /// rescaled to sum to p, as in glmnet.</summary>
    public double[]? PenaltyFactors { get; init; }

    /// <summary>Smallest allowed coefficients on the scale of x, p values ≤ 0, −∞ for none; null: none. With a limit of 0, here or among the
    /// upper ones, an automatic path does not end for want of gain, as in glmnet.</summary>
    public double[]? LowerLimits { get; init; }

    /// <summary>Largest allowed coefficients on the scale of x, p values ≥ 0, +∞ for none; null: none.</summary>
    public double[]? UpperLimits { get; init; }

    /// <summary>Whether columns are scaled to unit standard deviation (divisor n, weighted) before the penalty applies.</summary>
    public bool Standardise { get; init; } = true;

    /// <summary>A λ is solved once the next Newton step would change every coefficient so little that
    /// H_jj·(Δb_j)² &lt; tolerance × null deviance / (2 Σw). The same rule as glmnet's <c>thresh</c>.</summary>
    public double Tolerance { get; init; } = 1e-7;

    /// <summary>Most Newton steps for one λ; when they do not suffice the path ends before that λ.</summary>
    public int MaxIterations { get; init; } = 1000;
}
