using HccPipeline.Statistics.Numerics;

namespace HccPipeline.Statistics.Calibration;

/// <summary>Estimate of one coefficient of a logistic recalibration, on the logit scale.</summary>
/// <param name="Coefficient">Maximum-likelihood estimate.</param>
/// <param name="StandardError">From the inverse Fisher information.</param>
/// <param name="P">Two-sided Wald p-value against 0.</param>
public sealed record LogitTerm(double Coefficient, double StandardError, double P)
{
    /// <summary>Lower Wald limit at the given level.</summary>
    public double Lower(double level = 0.95) => Coefficient - (Tails.NormalBound(level) * StandardError);

    /// <summary>Upper Wald limit at the given level.</summary>
    public double Upper(double level = 0.95) => Coefficient + (Tails.NormalBound(level) * StandardError);

    internal static LogitTerm From(double coefficient, double variance)
    {
        double se = Math.Sqrt(variance);
        return new LogitTerm(coefficient, se, Tails.NormalTwoSided(coefficient / se));
    }
}

/// <summary>Calibration intercept and slope fitted together.</summary>
/// <param name="Intercept">Intercept of y on the linear predictor; 0 when calibrated. Not the calibration in the large.</param>
/// <param name="Slope">Slope of y on the linear predictor; 1 when calibrated, below 1 when predictions are too extreme.</param>
/// <param name="LogLikelihood">Log-likelihood at the estimates.</param>
public sealed record InterceptAndSlope(LogitTerm Intercept, LogitTerm Slope, double LogLikelihood);

/// <summary>Logistic recalibration of predicted probabilities: one or two coefficients, by Newton's method with halved steps.</summary>
/// <remarks>Source: Cox, Biometrika 1958;45:562–565; Van Calster et al., J Clin Epidemiol 2016;74:167–176.</remarks>
public static class LogitRecalibration
{
    private const int MaxIterations = 100;

    /// <summary>Nearest to 0 and 1 that a bounded probability comes.</summary>
    private const double Surest = 1e-12;

    /// <summary>Linear predictors log(p/(1 − p)).</summary>
    /// <param name="p">Probabilities strictly between 0 and 1.</param>
    /// <exception cref="ArgumentException">A value is not strictly between 0 and 1 (row named).</exception>
    public static double[] Logits(ReadOnlySpan<double> p)
    {
        Require.Probabilities(p, nameof(p), open: true);
        double[] logits = new double[p.Length];
        for (int i = 0; i < logits.Length; i++) logits[i] = Math.Log(p[i] / (1 - p[i]));
        return logits;
    }

    /// <summary>The same of a model's probabilities, finite also where one rounds to 0 or 1, which has no logit: such a model is that sure within 15
    /// digits, and its probability is taken 10⁻¹² from there.</summary>
    /// <param name="p">Probabilities between 0 and 1.</param>
    /// <exception cref="ArgumentException">A value is not between 0 and 1 (row named).</exception>
    public static double[] BoundedLogits(ReadOnlySpan<double> p)
    {
        Require.Probabilities(p, nameof(p), open: false);
        double[] bounded = new double[p.Length];
        for (int i = 0; i < bounded.Length; i++) bounded[i] = Math.Clamp(p[i], Surest, 1 - Surest);
        return Logits(bounded);
    }

    /// <summary>Calibration in the large: the intercept with the slope held at 1; 0 when the mean prediction is right,
    /// negative when predictions are too high.</summary>
    /// <param name="linearPredictor">Finite linear predictors (logit scale).</param>
    /// <param name="y">Outcomes, 1 or 0; both present.</param>
    /// <exception cref="ArgumentException">Lengths differ, a value is not finite or not 0/1 (row named), or one class is absent.</exception>
    public static LogitTerm InTheLarge(ReadOnlySpan<double> linearPredictor, ReadOnlySpan<double> y)
    {
        Check(linearPredictor, y);
        double intercept = 0;
        Evaluation at = Evaluation.Of(linearPredictor, y, intercept, 1);
        for (int iteration = 0; iteration < MaxIterations; iteration++)
        {
            double step = at.Score0 / at.Information00;
            Evaluation next = Evaluation.Of(linearPredictor, y, intercept + step, 1);
            for (int half = 0; half < 60 && !(next.LogLikelihood >= at.LogLikelihood - at.Rounding); half++)
            {
                step /= 2;
                next = Evaluation.Of(linearPredictor, y, intercept + step, 1);
            }
            intercept += step;
            at = next;
            if (Math.Abs(step) <= 1e-13 * (1 + Math.Abs(intercept))) break;
        }
        return LogitTerm.From(intercept, 1 / at.Information00);
    }

    /// <summary>Joint intercept and slope.</summary>
    /// <param name="linearPredictor">Finite linear predictors (logit scale).</param>
    /// <param name="y">Outcomes, 1 or 0; both present.</param>
    /// <returns>The estimates, or null when they do not exist: the linear predictor is constant, or it separates the classes
    /// (perfectly or but for ties) and the slope runs to infinity.</returns>
    /// <exception cref="ArgumentException">Lengths differ, a value is not finite or not 0/1 (row named), or one class is absent.</exception>
    public static InterceptAndSlope? Fit(ReadOnlySpan<double> linearPredictor, ReadOnlySpan<double> y)
    {
        Check(linearPredictor, y);
        if (Separated(linearPredictor, y)) return null;
        double a = 0, b = 0;
        Evaluation at = Evaluation.Of(linearPredictor, y, a, b);
        for (int iteration = 0; iteration < MaxIterations; iteration++)
        {
            double determinant = at.Determinant;
            double da = ((at.Information11 * at.Score0) - (at.Information01 * at.Score1)) / determinant;
            double db = ((at.Information00 * at.Score1) - (at.Information01 * at.Score0)) / determinant;
            Evaluation next = Evaluation.Of(linearPredictor, y, a + da, b + db);
            for (int half = 0; half < 60 && !(next.LogLikelihood >= at.LogLikelihood - at.Rounding); half++)
            {
                da /= 2;
                db /= 2;
                next = Evaluation.Of(linearPredictor, y, a + da, b + db);
            }
            a += da;
            b += db;
            at = next;
            if (Math.Abs(da) <= 1e-13 * (1 + Math.Abs(a)) && Math.Abs(db) <= 1e-13 * (1 + Math.Abs(b))) break;
        }
        return new InterceptAndSlope(
            LogitTerm.From(a, at.Information11 / at.Determinant),
            LogitTerm.From(b, at.Information00 / at.Determinant),
            at.LogLikelihood);
    }

    internal static double LogLikelihood(ReadOnlySpan<double> linearPredictor, ReadOnlySpan<double> y, double intercept, double slope) =>
        Evaluation.Of(linearPredictor, y, intercept, slope).LogLikelihood;

    private static void Check(ReadOnlySpan<double> linearPredictor, ReadOnlySpan<double> y)
    {
        Require.SameLength(linearPredictor.Length, y.Length, nameof(y));
        Require.Finite(linearPredictor, nameof(linearPredictor));
        Require.BothClasses(y, nameof(y));
    }

    // With one predictor the maximum is finite exactly when the ranges of the two classes overlap in more than one point.
    private static bool Separated(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        double min1 = double.PositiveInfinity, max1 = double.NegativeInfinity, min0 = min1, max0 = max1;
        for (int i = 0; i < x.Length; i++)
        {
            if (y[i] == 1) (min1, max1) = (Math.Min(min1, x[i]), Math.Max(max1, x[i]));
            else (min0, max0) = (Math.Min(min0, x[i]), Math.Max(max0, x[i]));
        }
        return min1 >= max0 || min0 >= max1;
    }

    private readonly record struct Evaluation(
        double LogLikelihood, double Score0, double Score1, double Information00, double Information01, double Information11)
    {
        public double Determinant => (Information00 * Information11) - (Information01 * Information01);

        // A step may lose a few units in the last place to rounding without being a bad step.
        public double Rounding => 1e-12 * (1 + Math.Abs(LogLikelihood));

        public static Evaluation Of(ReadOnlySpan<double> x, ReadOnlySpan<double> y, double a, double b)
        {
            double l = 0, s0 = 0, s1 = 0, i00 = 0, i01 = 0, i11 = 0;
            for (int i = 0; i < x.Length; i++)
            {
                double eta = a + (b * x[i]);
                double e = Math.Exp(-Math.Abs(eta));
                double p = eta >= 0 ? 1 / (1 + e) : e / (1 + e);
                l += (y[i] * eta) - Math.Max(eta, 0) - double.LogP1(e);
                double r = y[i] - p, w = e / ((1 + e) * (1 + e));
                s0 += r;
                s1 += r * x[i];
                i00 += w;
                i01 += w * x[i];
                i11 += w * x[i] * x[i];
            }
            return new Evaluation(l, s0, s1, i00, i01, i11);
        }
    }
}
