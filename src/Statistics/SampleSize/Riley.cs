using HccPipeline.Statistics.Numerics;
using MathNet.Numerics.Distributions;
using MathNet.Numerics.Integration;

namespace HccPipeline.Statistics.SampleSize;

/// <summary>Minimum sample size for developing a prediction model with a binary outcome.</summary>
/// <param name="Parameters">Candidate predictor parameters.</param>
/// <param name="Prevalence">Outcome proportion.</param>
/// <param name="CoxSnellR2">Anticipated Cox–Snell R².</param>
/// <param name="MaxCoxSnellR2">Largest Cox–Snell R² at this prevalence.</param>
/// <param name="Shrinkage">Shrinkage factor aimed at by criterion 1.</param>
/// <param name="OptimismShrinkage">Shrinkage factor that criterion 2 needs.</param>
/// <param name="ForShrinkage">Rows for a global shrinkage factor of at least the target (criterion 1).</param>
/// <param name="ForOptimism">Rows for at most 0.05 optimism in Nagelkerke's R² (criterion 2).</param>
/// <param name="ForPrevalence">Rows for the overall risk to within ±0.05 (criterion 3).</param>
/// <param name="Required">Largest of the three.</param>
/// <param name="Events">Expected events among the required rows.</param>
/// <param name="EventsPerParameter">Expected events per candidate parameter at the required size.</param>
/// <remarks>Sources: Riley et al., Stat Med 2019;38:1276–1296 and BMJ 2020;368:m441.</remarks>
public sealed record Riley(
    int Parameters,
    double Prevalence,
    double CoxSnellR2,
    double MaxCoxSnellR2,
    double Shrinkage,
    double OptimismShrinkage,
    int ForShrinkage,
    int ForOptimism,
    int ForPrevalence,
    int Required,
    double Events,
    double EventsPerParameter)
{
    private const double NagelkerkeOptimism = 0.05;
    private const double Margin = 0.05;

    /// <summary>Size from an anticipated Cox–Snell R².</summary>
    /// <param name="parameters">Candidate predictor parameters (not: predictors kept), at least 1.</param>
    /// <param name="prevalence">Outcome proportion, strictly between 0 and 1.</param>
    /// <param name="coxSnellR2">Strictly between 0 and the largest possible at this prevalence.</param>
    /// <param name="shrinkage">Target shrinkage factor, default 0.9.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
    public static Riley FromR2(int parameters, double prevalence, double coxSnellR2, double shrinkage = 0.9)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(parameters, 1);
        Require.Level(shrinkage);
        if (!(coxSnellR2 < shrinkage))
            throw new ArgumentOutOfRangeException(nameof(coxSnellR2), coxSnellR2, $"Cox–Snell R² lies below the shrinkage factor {shrinkage:R}.");
        double max = MaxR2(prevalence);
        if (!(coxSnellR2 > 0 && coxSnellR2 < max))
            throw new ArgumentOutOfRangeException(nameof(coxSnellR2), coxSnellR2, $"Cox–Snell R² lies strictly between 0 and {max:R}.");
        int first = Rows(parameters, coxSnellR2, shrinkage);
        double forOptimism = coxSnellR2 / (coxSnellR2 + (NagelkerkeOptimism * max));
        int second = Rows(parameters, coxSnellR2, forOptimism);
        double z = Tails.NormalBound(0.95) / Margin;
        int third = Ceiling(z * z * prevalence * (1 - prevalence));
        int required = Math.Max(first, Math.Max(second, third));
        double events = required * prevalence;
        return new Riley(parameters, prevalence, coxSnellR2, max, shrinkage, forOptimism, first, second, third, required, events, events / parameters);
    }

    /// <summary>Size from an anticipated Nagelkerke R², the share of the largest Cox–Snell R²: 0.15 where nothing is known.</summary>
    /// <param name="parameters">Candidate predictor parameters, at least 1.</param>
    /// <param name="prevalence">Outcome proportion, strictly between 0 and 1.</param>
    /// <param name="nagelkerkeR2">Strictly between 0 and 1.</param>
    /// <param name="shrinkage">Target shrinkage factor, default 0.9.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
    public static Riley FromNagelkerke(int parameters, double prevalence, double nagelkerkeR2, double shrinkage = 0.9) =>
        FromR2(parameters, prevalence, nagelkerkeR2 * MaxR2(prevalence), shrinkage);

    /// <summary>Size from an anticipated AUC.</summary>
    /// <param name="parameters">Candidate predictor parameters, at least 1.</param>
    /// <param name="prevalence">Outcome proportion, strictly between 0 and 1.</param>
    /// <param name="auc">Anticipated AUC, strictly between 0.5 and 1.</param>
    /// <param name="shrinkage">Target shrinkage factor, default 0.9.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
    public static Riley FromAuc(int parameters, double prevalence, double auc, double shrinkage = 0.9) =>
        FromR2(parameters, prevalence, R2FromAuc(prevalence, auc), shrinkage);

    /// <summary>Rows needed for the shrinkage criterion to meet a factor S: p / ((S − 1) ln(1 − R²/S)).</summary>
    private static int Rows(int parameters, double r2, double s) => Ceiling(parameters / ((s - 1) * Math.Log(1 - (r2 / s))));

    /// <summary>Largest Cox–Snell R² at a prevalence: 1 − exp(2 · null log-likelihood per row).</summary>
    /// <param name="prevalence">Strictly between 0 and 1.</param>
    public static double MaxR2(double prevalence)
    {
        Require.Level(prevalence);
        return 1 - Math.Exp(2 * ((prevalence * Math.Log(prevalence)) + ((1 - prevalence) * Math.Log(1 - prevalence))));
    }

    /// <summary>Cox–Snell R² of a logistic model whose linear predictor is normal with equal variance in cases and controls and
    /// has the given AUC.</summary>
    /// <param name="prevalence">Strictly between 0 and 1.</param>
    /// <param name="auc">Strictly between 0.5 and 1.</param>
    /// <remarks>Riley et al., Stat Med 2021;40:859–864, reach it by simulation; here the expected log-likelihood is integrated
    /// (Gauss–Legendre, ±12 standard deviations): with X ~ N(0,1) in controls and N(μ,1) in cases, μ = √2 Φ⁻¹(AUC), the logistic model
    /// logit P = log(φ/(1−φ)) + μX − μ²/2 holds exactly.</remarks>
    public static double R2FromAuc(double prevalence, double auc)
    {
        Require.Level(prevalence);
        if (!(auc is > 0.5 and < 1)) throw new ArgumentOutOfRangeException(nameof(auc), auc, "An AUC strictly between 0.5 and 1.");
        double mu = Math.Sqrt(2) * Normal.InvCDF(0, 1, auc), logit = Math.Log(prevalence / (1 - prevalence));
        double LogLikelihood(double x)
        {
            double eta = logit + (mu * x) - (mu * mu / 2);
            double tail = Math.Log(1 + Math.Exp(-Math.Abs(eta)));
            double logCase = Math.Min(eta, 0) - tail, logControl = Math.Min(-eta, 0) - tail;
            return (prevalence * Normal.PDF(mu, 1, x) * logCase) + ((1 - prevalence) * Normal.PDF(0, 1, x) * logControl);
        }

        double fitted = GaussLegendreRule.Integrate(LogLikelihood, -12, 12 + mu, 256);
        double atNull = (prevalence * Math.Log(prevalence)) + ((1 - prevalence) * Math.Log(1 - prevalence));
        return 1 - Math.Exp(2 * (atNull - fitted));
    }

    /// <summary>Expected shrinkage factor of a development set: 1 + p / (n ln(1 − R²)), the heuristic factor of Van Houwelingen.</summary>
    /// <param name="rows">Rows at hand.</param>
    /// <param name="parameters">Candidate parameters.</param>
    /// <param name="coxSnellR2">Anticipated Cox–Snell R² (optimism-corrected), in (0, 1).</param>
    public static double ExpectedShrinkage(int rows, int parameters, double coxSnellR2)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rows, 1);
        Require.Level(coxSnellR2);
        return 1 + (parameters / (rows * Math.Log(1 - coxSnellR2)));
    }

    // 371.9999999999 rows are 372, and so are 372.0000000001.
    private static int Ceiling(double rows) => (int)Math.Ceiling(rows - 1e-9);
}
