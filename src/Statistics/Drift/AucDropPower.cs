using HccPipeline.Statistics.Numerics;
using MathNet.Numerics.Distributions;
using MathNet.Numerics.Integration;
using MathNet.Numerics.RootFinding;

namespace HccPipeline.Statistics.Drift;

/// <summary>What a monitoring window can see: precision of its AUC and power against a fall.</summary>
/// <param name="WindowSize">Labelled patients in the window.</param>
/// <param name="HalfWidth">Half-width of the window's 95 % interval at the baseline AUC.</param>
/// <param name="Drop">Fall in AUC asked about.</param>
/// <param name="Power">Chance that a one-sided unpaired DeLong test against the reference sees it.</param>
/// <param name="DetectableDrop">Smallest fall seen with the target power; null when even an AUC of ½ would be missed too often.</param>
/// <remarks>Binormal scores of equal variance: with A = Φ(μ/√2) the variance of an AUC from n₁ cases and n₀ controls is exactly
/// [A(1 − A) + (n₁ − 1)(Q₁ − A²) + (n₀ − 1)(Q₂ − A²)]/(n₁n₀), Q₁ = Q₂ = E[Φ(X)²], X ~ N(μ, 1) (Hanley and McNeil, Radiology 1982;143:29, with Q
/// integrated instead of approximated). Normal approximation of the test.</remarks>
public sealed record AucDropPower(int WindowSize, double HalfWidth, double Drop, double Power, double? DetectableDrop)
{
    /// <summary>Computes power and detectable fall for a window.</summary>
    /// <param name="baselineAuc">AUC of the reference, strictly between 0.5 and 1.</param>
    /// <param name="prevalence">Share of cases, strictly between 0 and 1.</param>
    /// <param name="referenceSize">Patients of the reference.</param>
    /// <param name="windowSize">Patients of the window; at least one case and one control expected.</param>
    /// <param name="drop">Fall asked about, above 0 and leaving an AUC above 0.</param>
    /// <param name="alpha">One-sided level.</param>
    /// <param name="targetPower">Power that defines the detectable fall.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of range.</exception>
    public static AucDropPower Compute(
        double baselineAuc,
        double prevalence,
        int referenceSize,
        int windowSize,
        double drop,
        double alpha = 0.05,
        double targetPower = 0.8)
    {
        if (!(baselineAuc is > 0.5 and < 1))
            throw new ArgumentOutOfRangeException(nameof(baselineAuc), baselineAuc, "An AUC strictly between 0.5 and 1.");
        Require.Level(prevalence);
        Require.Level(alpha);
        Require.Level(targetPower);
        if (!(drop > 0 && drop < baselineAuc)) throw new ArgumentOutOfRangeException(nameof(drop), drop, "A fall above 0 and below the AUC.");
        double ofReference = Variance(baselineAuc, prevalence, referenceSize);
        double critical = Normal.InvCDF(0, 1, 1 - alpha);

        double Error(double fall) => Math.Sqrt(ofReference + Variance(baselineAuc - fall, prevalence, windowSize));
        // The test divides by an error that itself grows as the window's AUC falls: the fall it needs to see solves f = z · error(f).
        double needed = critical * Error(0);
        for (int iteration = 0; iteration < 100; iteration++) needed = critical * Error(Math.Clamp(needed, 0, baselineAuc - 0.01));
        double Power(double fall) => Tails.NormalUpper((needed - fall) / Error(fall));

        double most = baselineAuc - 0.5;
        double? detectable = Power(most) >= targetPower
            ? Brent.FindRoot(f => Power(f) - targetPower, 1e-9, most, accuracy: 1e-12, maxIterations: 200)
            : null;
        double half = Tails.NormalBound(0.95) * Math.Sqrt(Variance(baselineAuc, prevalence, windowSize));
        return new AucDropPower(windowSize, half, drop, Power(drop), detectable);
    }

    /// <summary>Variance of an empirical AUC under equal-variance binormal scores.</summary>
    /// <param name="auc">True AUC, strictly between 0 and 1.</param>
    /// <param name="prevalence">Share of cases, strictly between 0 and 1.</param>
    /// <param name="size">Patients; expected cases and controls are used and must each be at least one.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of range.</exception>
    public static double Variance(double auc, double prevalence, int size)
    {
        Require.Level(auc);
        Require.Level(prevalence);
        double cases = prevalence * size, controls = size - cases;
        if (cases < 1 || controls < 1)
            throw new ArgumentOutOfRangeException(nameof(size), size, "At least one case and one control must be expected.");
        double mu = Math.Sqrt(2) * Normal.InvCDF(0, 1, auc);
        double q = GaussLegendreRule.Integrate(
            x => Square(Normal.CDF(0, 1, x)) * Normal.PDF(mu, 1, x), mu - 10, mu + 10, 128);
        double excess = q - (auc * auc);
        return ((auc * (1 - auc)) + ((cases + controls - 2) * excess)) / (cases * controls);
    }

    private static double Square(double v) => v * v;
}
