namespace HccPipeline.Statistics.Logistic;

/// <summary>What to do when the classes are separated, so that no finite maximum likelihood estimate exists.</summary>
public enum SeparationHandling
{
    /// <summary>Throw a <see cref="SeparatedDataException"/> that names the columns.</summary>
    Refuse,

    /// <summary>Fit by Firth's penalised likelihood instead and say so in the result.</summary>
    UseFirth,
}

/// <summary>Which likelihood is maximised.</summary>
public enum LogisticEstimator
{
    /// <summary>The likelihood itself.</summary>
    MaximumLikelihood,

    /// <summary>The likelihood with Jeffreys' prior (Firth 1993): finite also under separation, less biased in small samples.</summary>
    Firth,
}

/// <summary>How a logistic regression is fitted.</summary>
public sealed record LogisticOptions
{
    /// <summary>Maximum likelihood, 95% intervals, separation refused.</summary>
    public static LogisticOptions Default { get; } = new();

    /// <summary>Frequency weights, n values ≥ 0; null: all 1.</summary>
    public double[]? Weights { get; init; }

    /// <summary>Known part of the linear predictor, n values; null: none.</summary>
    public double[]? Offset { get; init; }

    /// <summary>Which likelihood to maximise.</summary>
    public LogisticEstimator Estimator { get; init; } = LogisticEstimator.MaximumLikelihood;

    /// <summary>What to do under separation.</summary>
    public SeparationHandling OnSeparation { get; init; } = SeparationHandling.Refuse;

    /// <summary>Coverage of the intervals, in (0, 1).</summary>
    public double ConfidenceLevel { get; init; } = 0.95;

    /// <summary>Most Newton steps.</summary>
    public int MaxIterations { get; init; } = 500;
}
