using HccPipeline.Statistics.Numerics;
using MathNet.Numerics.Distributions;
using MathNet.Numerics.Integration;

namespace HccPipeline.Statistics.Drift;

/// <summary>Level at which two successive windows must each be significant, so that both are by chance no more often than declared.</summary>
/// <remarks>Windows that are compared with one reference share its error: their statistics Z₁, Z₂ are taken as bivariate normal with correlation
/// ρ = v_ref/√((v_ref + v₁)(v_ref + v₂)), and P(Z₁ &gt; z, Z₂ &gt; z) = ∫_z φ(x)·Φ((ρx − z)/√(1 − ρ²)) dx is solved for z.</remarks>
public static class ConsecutiveFalls
{
    private const double Furthest = 10;   // beyond ten standard deviations nothing is left

    /// <summary>One-sided level of each window.</summary>
    /// <param name="both">Declared chance that both windows are significant, in (0, ½).</param>
    /// <param name="correlation">Correlation of the two statistics, in [0, 1).</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of range.</exception>
    public static double Level(double both, double correlation)
    {
        if (!(both is > 0 and < 0.5)) throw new ArgumentOutOfRangeException(nameof(both), both, "A chance strictly between 0 and ½.");
        if (!(correlation is >= 0 and < 1)) throw new ArgumentOutOfRangeException(nameof(correlation), correlation, "A correlation in [0, 1).");
        double low = -Furthest, high = Furthest;
        for (int halving = 0; halving < 60; halving++)
        {
            double middle = (low + high) / 2;
            if (Both(middle, correlation) > both) low = middle;
            else high = middle;
        }
        return Tails.NormalUpper(high);
    }

    /// <summary>Chance that two standard normal statistics of this correlation both exceed a bound.</summary>
    /// <param name="z">The bound.</param>
    /// <param name="correlation">Correlation, in [0, 1).</param>
    public static double Both(double z, double correlation)
    {
        double rest = Math.Sqrt(1 - (correlation * correlation));
        double from = Math.Clamp(z, -Furthest, Furthest);
        return GaussLegendreRule.Integrate(
            x => Normal.PDF(0, 1, x) * Tails.NormalUpper((z - (correlation * x)) / rest), from, Furthest, 128);
    }
}
