using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace HccPipeline.Radiomics.Voxelwise;

/// <summary>Counts the pairs of one direction of a kernel by the numbers that its levels have there: tables stay small whatever the levels.</summary>
internal sealed class CooccurrenceCounts
{
    private const int MostVertices = 64;
    private readonly KernelBox _box;
    private readonly LogCounts _log;
    private readonly InverseDifferences _inverse;
    private readonly ushort[] _joint;
    private readonly ushort[] _difference;
    private readonly ushort[] _sum;
    private readonly ushort[] _margin;
    private readonly int[] _pairSums;
    private readonly int[] _held;
    private readonly ulong[] _neighbours = new ulong[MostVertices + 1];
    private PairTally _tally;

    internal CooccurrenceCounts(KernelBox box, int highestLevel, LogCounts log, InverseDifferences inverse)
    {
        (_box, _log, _inverse) = (box, log, inverse);
        Stride = KernelWindow.MostLevels(box, highestLevel) + 1;
        _joint = new ushort[Stride * Stride];
        _margin = new ushort[Stride];
        _difference = new ushort[highestLevel];
        _sum = new ushort[2 * highestLevel + 1];
        _pairSums = new int[box.MostPairs];
        _held = new int[box.MostPairs];
    }

    /// <summary>Row length of <see cref="Joint"/>.</summary>
    internal int Stride { get; }

    /// <summary>Unordered pairs of levels by number, at [smaller · <see cref="Stride"/> + larger].</summary>
    internal ReadOnlySpan<ushort> Joint => _joint;

    /// <summary>Ends of pairs by the level's number; 2m in all.</summary>
    internal ReadOnlySpan<ushort> Margin => _margin;

    /// <summary>Counts the pairs of a direction; the tables stay until <see cref="Clear"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal ref readonly PairTally Count(KernelWindow kernel, int direction)
    {
        ReadOnlySpan<ushort> ids = kernel.Ids;
        ReadOnlySpan<int> levels = kernel.Levels, first = PairsHeld(kernel, direction);
        ReadOnlySpan<long> gain = _log.Step, variance = _inverse.Variance;
        ReadOnlySpan<Vector256<long>> weights = _inverse.Weights;
        int step = _box.Steps[direction], largest = 0, unequal = 0;
        long jointLog = 0, sumLog = 0, differenceLog = 0, marginLog = 0, squares = 0;
        long sums = 0, differences = 0, squaredDifferences = 0, products = 0, inverseVariance = 0;
        Vector256<long> inverse = default;
        for (int k = 0; k < first.Length; k++)
        {
            int cell = first[k], a = ids[cell], b = ids[cell + step], i = levels[cell], j = levels[cell + step];
            int sum = i + j, difference = Math.Abs(i - j);
            int apart = a == b ? 0 : 1;
            ref ushort joint = ref _joint[Math.Min(a, b) * Stride + Math.Max(a, b)];
            jointLog += gain[joint];
            // An entry on the diagonal is twice its pairs; one beside it stands twice in the matrix.
            squares += (2 * joint + 1) << (2 - apart);
            joint++;
            largest = Math.Max(largest, joint << (1 - apart));
            unequal += apart;
            marginLog += gain[_margin[a]++];
            marginLog += gain[_margin[b]++];
            differenceLog += gain[_difference[difference]++];
            sumLog += gain[_sum[sum]++];
            _pairSums[k] = sum;
            sums += sum;
            differences += difference;
            squaredDifferences += (long)difference * difference;
            products += (long)i * j;
            inverse += weights[difference];
            inverseVariance += variance[difference];
        }
        _tally = new()
        {
            Pairs = first.Length,
            Unequal = unequal,
            Largest = largest,
            Squares = squares,
            JointLog = jointLog,
            SumLog = sumLog,
            DifferenceLog = differenceLog,
            MarginLog = marginLog,
            SumOfSums = sums,
            SumOfDifferences = differences,
            SumOfSquaredDifferences = squaredDifferences,
            SumOfProducts = products,
            Inverse = inverse,
            InverseVariance = inverseVariance,
        };
        CentralMoments();
        return ref _tally;
    }

    /// <summary>Empties the tables.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal void Clear(KernelWindow kernel, int direction)
    {
        ReadOnlySpan<ushort> ids = kernel.Ids;
        ReadOnlySpan<int> levels = kernel.Levels, first = FirstCells(kernel, direction);
        int step = _box.Steps[direction];
        for (int k = 0; k < first.Length; k++)
        {
            int cell = first[k], a = ids[cell], b = ids[cell + step];
            _joint[Math.Min(a, b) * Stride + Math.Max(a, b)] = 0;
            _margin[a] = 0;
            _margin[b] = 0;
            _difference[Math.Abs(levels[cell] - levels[cell + step])] = 0;
            _sum[_pairSums[k]] = 0;
        }
    }

    /// <summary>For each number the numbers with which it makes pairs, as bits; empty where there are too many for that.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal ReadOnlySpan<ulong> Neighbours(KernelWindow kernel, int direction)
    {
        if (kernel.LevelCount > MostVertices)
            return [];
        Span<ulong> neighbours = _neighbours.AsSpan(0, kernel.LevelCount + 1);
        neighbours.Clear();
        ReadOnlySpan<ushort> ids = kernel.Ids;
        int step = _box.Steps[direction];
        foreach (int cell in FirstCells(kernel, direction))
        {
            int a = ids[cell], b = ids[cell + step];
            neighbours[a] |= 1UL << (b - 1);
            neighbours[b] |= 1UL << (a - 1);
        }
        return neighbours;
    }

    private ReadOnlySpan<int> FirstCells(KernelWindow kernel, int direction) =>
        kernel.IsFull ? _box.Pairs[direction] : _held.AsSpan(0, _tally.Pairs);

    /// <summary>First cells of the pairs whose cells are both held.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private ReadOnlySpan<int> PairsHeld(KernelWindow kernel, int direction)
    {
        int[] pairs = _box.Pairs[direction];
        if (kernel.IsFull)
            return pairs;
        ReadOnlySpan<ushort> ids = kernel.Ids;
        int step = _box.Steps[direction], held = 0;
        foreach (int cell in pairs)
        {
            _held[held] = cell;
            held += ids[cell] != 0 && ids[cell + step] != 0 ? 1 : 0;
        }
        return _held.AsSpan(0, held);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void CentralMoments()
    {
        double mean = _tally.SumOfSums / (double)_tally.Pairs, second = 0, third = 0, fourth = 0;
        foreach (int s in _pairSums.AsSpan(0, _tally.Pairs))
        {
            double d = s - mean, d2 = d * d;
            second += d2;
            third += d2 * d;
            fourth += d2 * d2;
        }
        (_tally.Second, _tally.Third, _tally.Fourth) = (second, third, fourth);
    }
}
