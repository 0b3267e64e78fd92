using HccPipeline.Statistics.Numerics;

namespace HccPipeline.Statistics.Calibration;

/// <summary>Overall accuracy of predicted probabilities.</summary>
/// <param name="Score">Brier score: mean (y − p)².</param>
/// <param name="Null">Score of predicting the prevalence for everybody.</param>
/// <param name="Scaled">1 − score/null: 1 is perfect, 0 no better than the prevalence.</param>
/// <param name="LogLoss">Mean −log likelihood; +∞ when a certain prediction was wrong.</param>
/// <param name="ObservedToExpected">Sum of y over sum of p.</param>
/// <param name="SpiegelhalterZ">Spiegelhalter's calibration statistic, standard normal when the predictions are right;
/// null when every prediction is 0, ½ or 1, where it has no variance.</param>
/// <param name="SpiegelhalterP">Its two-sided p-value; null as above.</param>
/// <remarks>Sources: Brier, Mon Weather Rev 1950;78:1–3; Steyerberg et al., Epidemiology 2010;21:128–138;
/// Spiegelhalter, Stat Med 1986;5:421–433.</remarks>
public sealed record Brier(
    double Score, double Null, double Scaled, double LogLoss, double ObservedToExpected, double? SpiegelhalterZ, double? SpiegelhalterP)
{
    /// <summary>Computes all measures in one pass.</summary>
    /// <param name="p">Predicted probabilities in [0, 1].</param>
    /// <param name="y">Outcomes, 1 or 0; both present.</param>
    /// <exception cref="ArgumentException">Lengths differ, a value is out of range (row named), or one class is absent.</exception>
    public static Brier Compute(ReadOnlySpan<double> p, ReadOnlySpan<double> y)
    {
        Require.SameLength(p.Length, y.Length, nameof(y));
        Require.Probabilities(p, nameof(p), open: false);
        int events = Require.BothClasses(y, nameof(y));
        double squares = 0, logLoss = 0, expected = 0, numerator = 0, variance = 0;
        for (int i = 0; i < p.Length; i++)
        {
            double residual = y[i] - p[i], tilt = 1 - (2 * p[i]);
            squares += residual * residual;
            logLoss -= y[i] == 1 ? Math.Log(p[i]) : double.LogP1(-p[i]);
            expected += p[i];
            numerator += residual * tilt;
            variance += tilt * tilt * p[i] * (1 - p[i]);
        }
        double n = p.Length, prevalence = events / n, atNull = prevalence * (1 - prevalence), score = squares / n;
        double? z = variance > 0 ? numerator / Math.Sqrt(variance) : null;
        return new Brier(
            score, atNull, 1 - (score / atNull), logLoss / n, events / expected, z, z is { } value ? Tails.NormalTwoSided(value) : null);
    }
}
