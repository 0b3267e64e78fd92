using HccPipeline.Statistics.Linear;

namespace HccPipeline.Statistics.Logistic;

/// <summary>A fitted logistic regression. Lists have p + 1 entries, the intercept first; the entries of an aliased column
/// (an exact combination of earlier ones) are NaN, and the column is listed in <see cref="Aliased"/>.</summary>
public sealed class LogisticFit
{
    /// <summary>Names of the terms, "(Intercept)" first.</summary>
    public required IReadOnlyList<string> Names { get; init; }

    /// <summary>Coefficients: log odds ratios per unit of x.</summary>
    public required double[] Coefficients { get; init; }

    /// <summary>Standard errors, from the inverse Fisher information.</summary>
    public required double[] StandardErrors { get; init; }

    /// <summary>Coefficient / standard error.</summary>
    public required double[] ZValues { get; init; }

    /// <summary>Two-sided Wald p-values.</summary>
    public required double[] PValues { get; init; }

    /// <summary>Lower Wald limits at <see cref="ConfidenceLevel"/>.</summary>
    public required double[] Lower { get; init; }

    /// <summary>Upper Wald limits.</summary>
    public required double[] Upper { get; init; }

    /// <summary>Coverage of the intervals.</summary>
    public required double ConfidenceLevel { get; init; }

    /// <summary>Covariance of the estimates, rows and columns of the terms that are not aliased, in order.</summary>
    public required double[,] Covariance { get; init; }

    /// <summary>Standard deviations of the p columns, divisor n − 1, unweighted: the unit of <see cref="OddsRatiosPerSd"/>.</summary>
    public required double[] ColumnDeviations { get; init; }

    /// <summary>0-based columns of x that are exact combinations of the intercept and earlier columns.</summary>
    public required int[] Aliased { get; init; }

    /// <summary>Log-likelihood at the estimate (without Firth's penalty).</summary>
    public required double LogLikelihood { get; init; }

    /// <summary>Log-likelihood of the model with an intercept (and the offset) only.</summary>
    public required double NullLogLikelihood { get; init; }

    /// <summary>Log-likelihood plus half the log determinant of the information: what Firth's estimator maximises.</summary>
    public required double PenalisedLogLikelihood { get; init; }

    /// <summary>Number of rows n.</summary>
    public required int RowCount { get; init; }

    /// <summary>Newton steps taken.</summary>
    public required int Iterations { get; init; }

    /// <summary>Which likelihood was maximised.</summary>
    public required LogisticEstimator Estimator { get; init; }

    /// <summary>The separation that made Firth's estimator necessary, or null.</summary>
    public required Separation? Separation { get; init; }

    /// <summary>Number of estimated terms, the intercept among them.</summary>
    public int Rank => Coefficients.Length - Aliased.Length;

    /// <summary>−2 log-likelihood.</summary>
    public double Deviance => -2 * LogLikelihood;

    /// <summary>Deviance of the model with an intercept only.</summary>
    public double NullDeviance => -2 * NullLogLikelihood;

    /// <summary>Akaike's criterion: deviance + 2·rank.</summary>
    public double Aic => Deviance + (2 * Rank);

    /// <summary>Bayesian criterion: deviance + log(n)·rank.</summary>
    public double Bic => Deviance + (Math.Log(RowCount) * Rank);

    /// <summary>McFadden's R²: 1 − deviance / null deviance.</summary>
    public double McFaddenR2 => 1 - (Deviance / NullDeviance);

    /// <summary>Likelihood-ratio test against the model with an intercept only.</summary>
    public LikelihoodRatioTest OverallTest => LikelihoodRatioTest.Of(NullDeviance - Deviance, Rank - 1);

    /// <summary>Odds ratios per unit of x with Wald limits, one per column (the intercept left out).</summary>
    public OddsRatio[] OddsRatios => RatiosPer(_ => 1);

    /// <summary>Odds ratios per standard deviation of x with Wald limits, one per column.</summary>
    public OddsRatio[] OddsRatiosPerSd => RatiosPer(j => ColumnDeviations[j]);

    /// <summary>Linear predictors (log odds) of the rows of <paramref name="x"/>. Aliased columns count as zero.</summary>
    /// <param name="x">n×p predictors.</param>
    /// <param name="offset">Known part of the linear predictor, n values; null: none.</param>
    /// <exception cref="UnusableDataException">Another number of columns than fitted, or of offsets than rows.</exception>
    public double[] LinearPredictors(DesignMatrix x, double[]? offset = null)
    {
        if (offset is not null && offset.Length != x.RowCount)
            throw new UnusableDataException($"There are {offset.Length} offsets for {x.RowCount} rows.");
        if (x.ColumnCount != Coefficients.Length - 1)
            throw new UnusableDataException($"The model has {Coefficients.Length - 1} columns, the design matrix {x.ColumnCount}.");
        double[] eta = new double[x.RowCount];
        for (int i = 0; i < eta.Length; i++) eta[i] = Coefficients[0] + (offset?[i] ?? 0);
        for (int j = 0; j < x.ColumnCount; j++)
            if (!Aliased.Contains(j)) ColumnKernels.AddCentred(x.Column(j), shift: 0, Coefficients[j + 1], eta);
        return eta;
    }

    /// <summary>Probabilities of outcome 1 for the rows of <paramref name="x"/>.</summary>
    /// <param name="x">n×p predictors.</param>
    /// <param name="offset">Known part of the linear predictor, n values; null: none.</param>
    /// <exception cref="UnusableDataException">Another number of columns than fitted, or of offsets than rows.</exception>
    public double[] Predict(DesignMatrix x, double[]? offset = null) => Array.ConvertAll(LinearPredictors(x, offset), eta => 1 / (1 + Math.Exp(-eta)));

    private OddsRatio[] RatiosPer(Func<int, double> unit)
    {
        OddsRatio[] ratios = new OddsRatio[Coefficients.Length - 1];
        for (int j = 0; j < ratios.Length; j++)
        {
            double u = unit(j);
            ratios[j] = new OddsRatio(Names[j + 1], Math.Exp(Coefficients[j + 1] * u), Math.Exp(Lower[j + 1] * u), Math.Exp(Upper[j + 1] * u), PValues[j + 1]);
        }
        return ratios;
    }
}

/// <summary>An odds ratio with its limits and p-value.</summary>
/// <param name="Name">Term.</param>
/// <param name="Value">Odds ratio.</param>
/// <param name="Lower">Lower limit.</param>
/// <param name="Upper">Upper limit.</param>
/// <param name="PValue">Two-sided p-value.</param>
public sealed record OddsRatio(string Name, double Value, double Lower, double Upper, double PValue);
