using System.Numerics;
using System.Runtime.Intrinsics;

namespace HccPipeline.Radiomics.Voxelwise;

/// <summary>Weights of the inverse difference features by k = |i − j|, as whole multiples of <see cref="Unit"/>: sums over pairs are
/// exact.</summary>
internal sealed class InverseDifferences
{
    private readonly Vector256<long>[] _weights;
    private readonly long[] _variance;

    /// <param name="highestLevel">Ng.</param>
    /// <param name="mostPairs">Most pairs that are ever summed.</param>
    internal InverseDifferences(int highestLevel, int mostPairs)
    {
        double one = 1L << (61 - BitOperations.Log2((uint)mostPairs));
        Unit = 1 / one;
        _weights = new Vector256<long>[highestLevel];
        _variance = new long[highestLevel];
        double ng = highestLevel;
        for (int k = 0; k < highestLevel; k++)
        {
            double square = (double)k * k;
            long Whole(double weight) => (long)Math.Round(weight * one);
            _weights[k] = Vector256.Create(
                Whole(1 / (1.0 + k)), Whole(1 / (1 + k / ng)), Whole(1 / (1 + square)), Whole(1 / (1 + square / (ng * ng))));
            _variance[k] = k == 0 ? 0 : Whole(1 / square);
        }
    }

    /// <summary>Value of one multiple.</summary>
    internal double Unit { get; }

    /// <summary>1/(1 + k), 1/(1 + k/Ng), 1/(1 + k²) and 1/(1 + k²/Ng²).</summary>
    internal ReadOnlySpan<Vector256<long>> Weights => _weights;

    /// <summary>1/k²; 0 at 0.</summary>
    internal ReadOnlySpan<long> Variance => _variance;
}
