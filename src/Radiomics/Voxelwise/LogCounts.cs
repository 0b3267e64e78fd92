using System.Numerics;

namespace HccPipeline.Radiomics.Voxelwise;

/// <summary>c·log₂ c of counts as whole multiples of <see cref="Unit"/>: sums of them are exact, whatever their order, and may be kept up
/// to date by what a count changes.</summary>
/// <remarks>Logarithms of primes are rounded once and added for their products, so that log₂ ab = log₂ a + log₂ b holds to the last bit and
/// differences of entropies that are 0 by algebra are 0.</remarks>
internal sealed class LogCounts
{
    private readonly long[] _product;
    private readonly long[] _step;

    /// <param name="most">Largest count, and largest sum of counts.</param>
    internal LogCounts(int most)
    {
        long[] log = new long[most + 2];
        int shift = 61 - BitOperations.Log2((uint)(most + 1)) - BitOperations.Log2((uint)BitOperations.Log2((uint)(most + 1)) + 1) - 1;
        One = 1L << shift;
        Unit = 1 / (double)One;
        for (int c = 2; c < log.Length; c++)
        {
            int factor = SmallestFactor(c);
            log[c] = factor == 2 ? log[c / 2] + One
                : factor == c ? (long)Math.Round(PortableMath.Log2(c) * One)
                : log[factor] + log[c / factor];
        }
        _product = new long[most + 2];
        _step = new long[most + 1];
        for (int c = 1; c < _product.Length; c++)
            _product[c] = c * log[c];
        for (int c = 0; c < _step.Length; c++)
            _step[c] = _product[c + 1] - _product[c];
    }

    /// <summary>The whole number that stands for 1.</summary>
    internal long One { get; }

    /// <summary>Value of one multiple.</summary>
    internal double Unit { get; }

    /// <summary>c·log₂ c by c; 0 at 0.</summary>
    internal ReadOnlySpan<long> Product => _product;

    /// <summary>What c·log₂ c gains when c becomes c + 1.</summary>
    internal ReadOnlySpan<long> Step => _step;

    private static int SmallestFactor(int c)
    {
        for (int f = 2; f * f <= c; f++)
        {
            if (c % f == 0)
                return f;
        }
        return c;
    }
}
