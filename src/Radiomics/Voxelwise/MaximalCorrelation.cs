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
    private readonly bool _isFlatRegion;
    private readonly double[] _root;
    private readonly double[] _inverseRoot;
    private readonly SpectralRadius _spectrum = new();
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

    /// <summary>Takes up one direction.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal void Add(in Pairs pairs)
    {
        int n = 0;
        for (int id = 1; id <= _levels; id++)
        {
            int place = pairs.PlaceOfId.IsEmpty ? id : pairs.PlaceOfId[id];
            _present[n] = place;
            n += pairs.Margin[place] > 0 ? 1 : 0;
        }
        if (n < 2)
        {
            _sum += _isFlatRegion ? 1 : 0;
            return;
        }
        if (HasSecondUnitEigenvalue(pairs.Neighbours))
        {
            _sum += 1;
            return;
        }
        if (_waiting == 0)
            _spectrum.Clear(_levels);
        Lay(pairs, n, _waiting++);
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
    private void Lay(in Pairs pairs, int n, int lane)
    {
        double perEnd = 0.5 / pairs.Count;
        ReadOnlySpan<int> present = _present.AsSpan(0, n);
        for (int i = 0; i < n; i++)
        {
            int a = present[i], marginA = pairs.Margin[a];
            double root = _root[marginA] * perEnd, inverse = _inverseRoot[marginA];
            Span<double> row = _spectrum.Row(i, lane);
            for (int j = 0; j < i; j++)
            {
                int b = present[j], marginB = pairs.Margin[b], both = pairs.Joint[Math.Min(a, b) * pairs.Stride + Math.Max(a, b)];
                row[SpectralRadius.Lanes * j] = both * (inverse * _inverseRoot[marginB]) - root * _root[marginB];
            }
            row[SpectralRadius.Lanes * i] = 2.0 * pairs.Joint[a * (pairs.Stride + 1)] / marginA - marginA * perEnd;
        }
    }

    /// <summary>Whether the graph is not connected, or can be coloured with two colours; false where nothing is known of it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static bool HasSecondUnitEigenvalue(ReadOnlySpan<ulong> neighbours)
    {
        if (neighbours.IsEmpty)
            return false;
        ulong all = 0;
        foreach (ulong vertices in neighbours)
            all |= vertices;
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
            union |= neighbours[BitOperations.TrailingZeroCount(vertices) + 1];
        return union;
    }

    /// <summary>Pairs of one direction, at least one.</summary>
    /// <param name="count">Number of pairs m.</param>
    /// <param name="joint">Unordered pairs of levels, at [smaller place · stride + larger place].</param>
    /// <param name="stride">Row length of the joint counts.</param>
    /// <param name="margin">Ends of pairs by place; 2m in all.</param>
    /// <param name="placeOfId">Place of each level of the kernel by its number; empty where that is the number.</param>
    /// <param name="neighbours">For each number the numbers with which it makes pairs, bit 0 for 1; empty where that is not known.</param>
    internal readonly ref struct Pairs(
        int count, ReadOnlySpan<ushort> joint, int stride, ReadOnlySpan<ushort> margin, ReadOnlySpan<int> placeOfId, ReadOnlySpan<ulong> neighbours)
    {
        internal int Count { get; } = count;
        internal ReadOnlySpan<ushort> Joint { get; } = joint;
        internal int Stride { get; } = stride;
        internal ReadOnlySpan<ushort> Margin { get; } = margin;
        internal ReadOnlySpan<int> PlaceOfId { get; } = placeOfId;
        internal ReadOnlySpan<ulong> Neighbours { get; } = neighbours;
    }
}
