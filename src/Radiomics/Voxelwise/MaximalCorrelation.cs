using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace HccPipeline.Radiomics.Voxelwise;

/// <summary>Maximal correlation coefficients of a kernel's co-occurrence matrices: of each the largest but one of the absolute eigenvalues of the
/// symmetric S(i, j) = p(i, j)/√(p(i) p(j)), whose largest is 1 with eigenvector √p(i).</summary>
/// <remarks>S is the normalised adjacency of a graph whose vertices are levels and whose edges are pairs. Where the graph falls apart, or has
/// no circle of odd length, another eigenvalue is 1 or −1, and the coefficient 1: in small kernels many directions end here. The others are
/// solved four at a time.</remarks>
internal sealed class MaximalCorrelation
{
    private const int MostVertices = 64;
    private readonly bool _isFlatRegion;
    private readonly double[] _root;
    private readonly double[] _inverseRoot;
    private readonly SpectralRadius _spectrum = new();
    private readonly ulong[] _neighbours = new ulong[MostVertices];
    private int[] _present = [];
    private int _levels;
    private int _waiting;
    private int _largest;
    private double _sum;

    /// <param name="mostEnds">Largest number of ends of pairs: 2m.</param>
    /// <param name="isFlatRegion">Whether the whole region is of one level; then the coefficient is 1, else that of one level alone is 0.</param>
    internal MaximalCorrelation(int mostEnds, bool isFlatRegion)
    {
        _isFlatRegion = isFlatRegion;
        _root = new double[mostEnds + 1];
        _inverseRoot = new double[mostEnds + 1];
        for (int c = 1; c < _root.Length; c++)
        {
            _root[c] = Math.Sqrt(c);
            _inverseRoot[c] = 1 / _root[c];
        }
    }

    /// <summary>Starts a kernel.</summary>
    /// <param name="levels">Number of its levels.</param>
    internal void Begin(int levels)
    {
        if (_present.Length < levels)
            _present = new int[levels];
        (_levels, _waiting, _largest, _sum) = (levels, 0, 0, 0);
    }

    /// <summary>Takes up the counts of one direction, which hold at least one pair.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal void Add(CooccurrenceCounts counts, KernelWindow kernel)
    {
        int n = 0;
        for (int id = 1; id <= _levels; id++)
        {
            _present[n] = id;
            n += counts.Margin[id] > 0 ? 1 : 0;
        }
        if (n < 2)
        {
            _sum += _isFlatRegion ? 1 : 0;
            return;
        }
        if (_levels <= MostVertices && HasSecondUnitEigenvalue(counts, kernel))
        {
            _sum += 1;
            return;
        }
        if (_waiting == 0)
            _spectrum.Clear(_levels);
        Lay(counts, n, _waiting++);
        _largest = Math.Max(_largest, n);
        if (_waiting == SpectralRadius.Lanes)
            Solve();
    }

    /// <summary>Sum of the coefficients of the directions taken up.</summary>
    internal double Total()
    {
        if (_waiting > 0)
            Solve();
        return _sum;
    }

    private void Solve()
    {
        Vector256<double> radii = _spectrum.Of(_largest);
        for (int lane = 0; lane < _waiting; lane++)
            _sum += Math.Clamp(radii[lane], 0, 1);
        (_waiting, _largest) = (0, 0);
    }

    /// <summary>Writes S, less the part of the known eigenvector, so that its eigenvalue 1 becomes 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Lay(CooccurrenceCounts counts, int n, int lane)
    {
        double perEnd = 0.5 / counts.Pairs;
        ReadOnlySpan<int> present = _present.AsSpan(0, n);
        for (int i = 0; i < n; i++)
        {
            int marginA = counts.Margin[present[i]];
            double root = _root[marginA] * perEnd, inverse = _inverseRoot[marginA];
            Span<double> row = _spectrum.Row(i, lane);
            for (int j = 0; j < i; j++)
            {
                int marginB = counts.Margin[present[j]], both = counts.Joint[present[j] * counts.Stride + present[i]];
                row[SpectralRadius.Lanes * j] = both * (inverse * _inverseRoot[marginB]) - root * _root[marginB];
            }
            row[SpectralRadius.Lanes * i] = 2.0 * counts.Joint[present[i] * (counts.Stride + 1)] / marginA - marginA * perEnd;
        }
    }

    /// <summary>Whether the graph is not connected, or can be coloured with two colours.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool HasSecondUnitEigenvalue(CooccurrenceCounts counts, KernelWindow kernel)
    {
        Span<ulong> neighbours = _neighbours.AsSpan(0, _levels);
        neighbours.Clear();
        ReadOnlySpan<ushort> ids = kernel.Ids;
        ulong all = 0;
        foreach (int cell in counts.FirstCells)
        {
            int a = ids[cell] - 1, b = ids[cell + counts.Step] - 1;
            ulong bitA = 1UL << a, bitB = 1UL << b;
            neighbours[a] |= bitB;
            neighbours[b] |= bitA;
            all |= bitA | bitB;
        }
        // Vertices reached at even and at odd distance from the first.
        ulong even = all & (0 - all), odd = 0, newEven = even, newOdd = 0;
        while ((newEven | newOdd) != 0)
        {
            ulong toOdd = Union(neighbours, newEven), toEven = Union(neighbours, newOdd);
            newOdd = toOdd & ~odd;
            newEven = toEven & ~even;
            odd |= newOdd;
            even |= newEven;
        }
        return (even | odd) != all || (even & odd) == 0;
    }

    private static ulong Union(ReadOnlySpan<ulong> neighbours, ulong vertices)
    {
        ulong union = 0;
        for (; vertices != 0; vertices &= vertices - 1)
            union |= neighbours[BitOperations.TrailingZeroCount(vertices)];
        return union;
    }
}
