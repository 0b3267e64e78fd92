namespace HccPipeline.Statistics.Numerics;

/// <summary>Tails of the standard normal distribution, accurate far out.</summary>
public static class NormalTail
{
    /// <summary>P(|Z| ≥ |z|).</summary>
    public static double TwoSided(double z) => Tails.NormalTwoSided(z);
}
