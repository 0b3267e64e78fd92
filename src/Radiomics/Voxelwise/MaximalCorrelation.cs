using System.Runtime.CompilerServices;

namespace HccPipeline.Radiomics.Voxelwise;

/// <summary>Maximal correlation coefficient of one co-occurrence matrix: the largest but one of the absolute eigenvalues of the symmetric
/// S(i, j) = p(i, j)/√(p(i) p(j)), whose largest is 1 with eigenvector √p(i).</summary>
/// <remarks>S is the normalised adjacency of a graph whose vertices are levels and whose edges are pairs. Where the graph falls apart, or has
/// no circle of odd length, another eigenvalue is 1 or −1, and the coefficient 1: small kernels mostly end here.</remarks>
internal sealed class MaximalCorrelation
{
    private readonly bool _isFlatRegion;
    private readonly double[] _inverseRoot;
    private readonly SpectralRadius _spectrum = new();
    private int[] _present = [];
    private ulong[] _neighbours = [];

    /// <param name="mostEnds">Largest number of ends of pairs: 2m.</param>
    /// <param name="isFlatRegion">Whether the whole region is of one level; then the coefficient is 1, else that of one level alone is 0.</param>
    internal MaximalCorrelation(int mostEnds, bool isFlatRegion)
    {
        _isFlatRegion = isFlatRegion;
        _inverseRoot = new double[mostEnds + 1];
        for (int c = 1; c < _inverseRoot.Length; c++)
            _inverseRoot[c] = 1 / Math.Sqrt(c);
    }

    /// <param name="counts">Pairs of one direction, at least one.</param>
    /// <param name="levels">Number of levels in the kernel.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal double Of(CooccurrenceCounts counts, int levels)
    {
        if (_present.Length < levels)
        {
            _present = new int[levels];
            _neighbours = new ulong[levels];
        }
        int n = 0;
        for (int id = 1; id <= levels; id++)
        {
            _present[n] = id;
            n += counts.Margin[id] > 0 ? 1 : 0;
        }
        if (n < 2)
            return _isFlatRegion ? 1 : 0;
        if (n <= 64 && HasSecondUnitEigenvalue(counts, n))
            return 1;
        Span<double> s = _spectrum.Matrix(n);
        double perEnd = 0.5 / counts.Pairs;
        for (int row = 0; row < n; row++)
        {
            int a = _present[row], marginA = counts.Margin[a];
            for (int column = 0; column <= row; column++)
            {
                int b = _present[column], marginB = counts.Margin[b];
                int both = counts.Joint[Math.Min(a, b) * counts.Stride + Math.Max(a, b)] << (a == b ? 1 : 0);
                double rootA = _inverseRoot[marginA], rootB = _inverseRoot[marginB];
                // Less the part of the known eigenvector: the eigenvalue 1 becomes 0.
                double value = both * (rootA * rootB) - marginA * rootA * (marginB * rootB) * perEnd;
                s[row * n + column] = value;
                s[column * n + row] = value;
            }
        }
        return Math.Min(1, _spectrum.Of(n));
    }

    /// <summary>Whether the graph is not connected, or can be coloured with two colours.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool HasSecondUnitEigenvalue(CooccurrenceCounts counts, int n)
    {
        Span<ulong> neighbours = _neighbours.AsSpan(0, n);
        neighbours.Clear();
        for (int row = 0; row < n; row++)
        {
            for (int column = row; column < n; column++)
            {
                // Numbers ascend along present ones.
                if (counts.Joint[_present[row] * counts.Stride + _present[column]] == 0)
                    continue;
                neighbours[row] |= 1UL << column;
                neighbours[column] |= 1UL << row;
            }
        }
        // Vertices reached at even and at odd distance from the first.
        ulong even = 1, odd = 0, newEven = 1, newOdd = 0;
        while ((newEven | newOdd) != 0)
        {
            ulong toOdd = Union(neighbours, newEven), toEven = Union(neighbours, newOdd);
            newOdd = toOdd & ~odd;
            newEven = toEven & ~even;
            odd |= newOdd;
            even |= newEven;
        }
        ulong all = n == 64 ? ulong.MaxValue : (1UL << n) - 1;
        return (even | odd) != all || (even & odd) == 0;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static ulong Union(ReadOnlySpan<ulong> neighbours, ulong vertices)
    {
        ulong union = 0;
        for (; vertices != 0; vertices &= vertices - 1)
            union |= neighbours[System.Numerics.BitOperations.TrailingZeroCount(vertices)];
        return union;
    }
}
