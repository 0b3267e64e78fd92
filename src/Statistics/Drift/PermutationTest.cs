using HccPipeline.Statistics.Linear;

namespace HccPipeline.Statistics.Drift;

/// <summary>A distance between two samples with its permutation p-value.</summary>
/// <param name="Statistic">Distance of the samples as given.</param>
/// <param name="P">(1 + permutations at least as far) / (1 + permutations).</param>
/// <param name="Permutations">Random relabellings drawn.</param>
public sealed record PermutationResult(double Statistic, double P, int Permutations);

/// <summary>Permutation tests of drift: valid at any sample size, unlike fixed cut-offs.</summary>
/// <remarks>Source: Phipson and Smyth, Stat Appl Genet Mol Biol 2010;9:39 (the 1 in numerator and denominator). Permutation b draws from
/// stream b of the seed, so the result does not depend on threads.</remarks>
public static class PermutationTest
{
    // A permuted distance equal to the observed one up to rounding counts as reaching it.
    private const double Slack = 1 - 1e-12;

    /// <summary>Wasserstein-1 distance.</summary>
    /// <param name="a">Baseline sample, finite.</param>
    /// <param name="b">Current sample, finite.</param>
    /// <param name="permutations">Relabellings, at least 1.</param>
    /// <param name="seed">Seed.</param>
    /// <param name="cancellation">Stops the computation.</param>
    /// <exception cref="ArgumentException">A sample is empty or a value is not finite (row named).</exception>
    public static PermutationResult Wasserstein(
        ReadOnlySpan<double> a, ReadOnlySpan<double> b, int permutations, ulong seed, CancellationToken cancellation = default) =>
        Run(a, b, permutations, seed, DistributionDistance.Area, cancellation);

    /// <summary>Kolmogorov–Smirnov distance.</summary>
    /// <inheritdoc cref="Wasserstein"/>
    public static PermutationResult KolmogorovSmirnov(
        ReadOnlySpan<double> a, ReadOnlySpan<double> b, int permutations, ulong seed, CancellationToken cancellation = default) =>
        Run(a, b, permutations, seed, DistributionDistance.Largest, cancellation);

    /// <summary>Population stability index over the baseline's quantile bins, which are recut in every permutation.</summary>
    /// <param name="a">Baseline sample, finite.</param>
    /// <param name="b">Current sample, finite.</param>
    /// <param name="permutations">Relabellings, at least 1.</param>
    /// <param name="seed">Seed.</param>
    /// <param name="bins">Bins, at least 2.</param>
    /// <param name="cancellation">Stops the computation.</param>
    /// <exception cref="ArgumentException">A sample is empty or a value is not finite (row named).</exception>
    public static PermutationResult StabilityIndex(
        ReadOnlySpan<double> a, ReadOnlySpan<double> b, int permutations, ulong seed, int bins = 10, CancellationToken cancellation = default) =>
        Run(a, b, permutations, seed, (x, y) => Drift.StabilityIndex.Compute(x, y, bins).Index, cancellation);

    /// <summary>Wasserstein-1 distance, with permutations only until the answer is clear: drawing ends with the permutation that is the
    /// <paramref name="reached"/>-th to come as far as the samples, and p = reached/permutations drawn; else after all of them, as without it.</summary>
    /// <param name="a">Baseline sample, finite.</param>
    /// <param name="b">Current sample, finite.</param>
    /// <param name="reached">Permutations at least as far that are enough, at least 1.</param>
    /// <param name="permutations">Relabellings at most, at least 1.</param>
    /// <param name="seed">Seed.</param>
    /// <param name="cancellation">Stops the computation.</param>
    /// <exception cref="ArgumentException">A sample is empty or a value is not finite (row named).</exception>
    /// <remarks>Source: Besag and Clifford, Biometrika 1991;78:301: such a p-value is as valid as one of a fixed number.</remarks>
    public static PermutationResult SequentialWasserstein(
        ReadOnlySpan<double> a, ReadOnlySpan<double> b, int reached, int permutations, ulong seed, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(reached, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(permutations, 1);
        (double[] x, double[] y) = DistributionDistance.Sorted(a, b);
        double observed = DistributionDistance.Area(x, y);
        double[] pooled = [.. x, .. y];
        Array.Sort(pooled);
        int far = 0;
        for (int p = 0; p < permutations; p++)
        {
            cancellation.ThrowIfCancellationRequested();
            (double[] first, double[] second) = Relabel(pooled, x.Length, SplitMix64.Stream(seed, p));
            if (DistributionDistance.Area(first, second) >= observed * Slack && ++far == reached)
                return new PermutationResult(observed, (double)reached / (p + 1), p + 1);
        }
        return new PermutationResult(observed, (1.0 + far) / (1 + permutations), permutations);
    }

    private static PermutationResult Run(
        ReadOnlySpan<double> a,
        ReadOnlySpan<double> b,
        int permutations,
        ulong seed,
        Func<double[], double[], double> distance,
        CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(permutations, 1);
        (double[] x, double[] y) = DistributionDistance.Sorted(a, b);
        double observed = distance(x, y);
        double[] pooled = [.. x, .. y];
        Array.Sort(pooled);
        int m = x.Length, reached = 0;
        Parallel.For(0, permutations, new ParallelOptions { CancellationToken = cancellation }, p =>
        {
            (double[] first, double[] second) = Relabel(pooled, m, SplitMix64.Stream(seed, p));
            if (distance(first, second) >= observed * Slack) Interlocked.Increment(ref reached);
        });
        return new PermutationResult(observed, (1.0 + reached) / (1 + permutations), permutations);
    }

    // Selection sampling keeps both parts sorted: value k joins the first part with probability (places left) / (values left).
    private static (double[] First, double[] Second) Relabel(double[] pooled, int m, SplitMix64 random)
    {
        double[] first = new double[m], second = new double[pooled.Length - m];
        for (int k = 0, i = 0; k < pooled.Length; k++)
        {
            if (random.NextBelow(pooled.Length - k) < m - i) first[i++] = pooled[k];
            else second[k - i] = pooled[k];
        }
        return (first, second);
    }
}
