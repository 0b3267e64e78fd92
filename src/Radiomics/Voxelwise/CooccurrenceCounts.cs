using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace HccPipeline.Radiomics.Voxelwise;

/// <summary>The pairs of one direction of a kernel: their co-occurrence, level, sum and difference histograms, and what sums of whole
/// numbers tell of them.</summary>
internal sealed class CooccurrenceCounts
{
    private readonly KernelBox _box;
    private readonly ushort[] _joint;
    private readonly ushort[] _difference;
    private readonly ushort[] _sum;
    private readonly ushort[] _margin;
    private readonly int[] _pairSums;
    private readonly int[] _held;
    private ReadOnlyMemory<int> _firstCells;

    internal CooccurrenceCounts(KernelBox box, int highestLevel, LogCounts log, InverseDifferences inverse)
    {
        (_box, Log, Inverse) = (box, log, inverse);
        Stride = KernelWindow.MostLevels(box, highestLevel) + 1;
        _joint = new ushort[Stride * Stride];
        _margin = new ushort[Stride];
        _difference = new ushort[highestLevel];
        _sum = new ushort[2 * highestLevel + 1];
        _pairSums = new int[box.MostPairs];
        _held = new int[box.MostPairs];
    }

    internal LogCounts Log { get; }
    internal InverseDifferences Inverse { get; }

    /// <summary>Number of pairs m; the symmetric matrix holds 2m.</summary>
    internal int Pairs { get; private set; }

    /// <summary>Σ c·log₂ c over the unordered pairs of levels, over sums, over differences, and over levels (2m in all).</summary>
    internal long JointLog { get; private set; }
    internal long SumLog { get; private set; }
    internal long DifferenceLog { get; private set; }
    internal long MarginLog { get; private set; }

    /// <summary>Σ of the squares of the symmetric matrix' entries, and its largest entry.</summary>
    internal long Squares { get; private set; }
    internal int Largest { get; private set; }

    /// <summary>Pairs of different levels.</summary>
    internal int Unequal { get; private set; }

    /// <summary>Σ (i + j), Σ |i − j|, Σ (i − j)² and Σ i·j over pairs.</summary>
    internal long SumOfSums { get; private set; }
    internal long SumOfDifferences { get; private set; }
    internal long SumOfSquaredDifferences { get; private set; }
    internal long SumOfProducts { get; private set; }

    /// <summary>Sums of Id, Idm, Idn and Idmn weights over pairs, and of inverse variance.</summary>
    internal Vector256<long> InverseSums { get; private set; }
    internal long InverseVariance { get; private set; }

    /// <summary>i + j of each pair.</summary>
    internal ReadOnlySpan<int> PairSums => _pairSums.AsSpan(0, Pairs);

    /// <summary>First cell of each pair; the other is <see cref="Step"/> cells on.</summary>
    internal ReadOnlySpan<int> FirstCells => _firstCells.Span;
    internal int Step { get; private set; }

    /// <summary>Row length of <see cref="Joint"/>.</summary>
    internal int Stride { get; }

    /// <summary>Unordered pairs of levels by number, at [smaller · <see cref="Stride"/> + larger].</summary>
    internal ReadOnlySpan<ushort> Joint => _joint;

    /// <summary>Ends of pairs by the level's number; 2m in all.</summary>
    internal ReadOnlySpan<ushort> Margin => _margin;

    /// <summary>Counts the pairs of a direction; the counts stay until <see cref="Clear"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal void Count(KernelWindow kernel, int direction)
    {
        ReadOnlySpan<ushort> ids = kernel.Ids;
        ReadOnlySpan<int> levels = kernel.Levels;
        int step = _box.Steps[direction];
        Step = step;
        ReadOnlyMemory<int> held = PairsHeld(kernel, direction);
        _firstCells = held;
        ReadOnlySpan<int> first = held.Span;
        int pairs = first.Length;
        ReadOnlySpan<long> gain = Log.Step;
        ReadOnlySpan<Vector256<long>> weights = Inverse.Weights;
        ReadOnlySpan<long> variance = Inverse.Variance;
        long jointLog = 0, sumLog = 0, differenceLog = 0, marginLog = 0, squares = 0;
        long sums = 0, differences = 0, squaredDifferences = 0, products = 0, inverseVariance = 0;
        int largest = 0, unequal = 0;
        Vector256<long> inverse = default;
        for (int k = 0; k < pairs; k++)
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
        (Pairs, JointLog, SumLog, DifferenceLog, MarginLog) = (pairs, jointLog, sumLog, differenceLog, marginLog);
        (Squares, Largest, Unequal) = (squares, largest, unequal);
        (SumOfSums, SumOfDifferences, SumOfSquaredDifferences, SumOfProducts) = (sums, differences, squaredDifferences, products);
        (InverseSums, InverseVariance) = (inverse, inverseVariance);
    }

    /// <summary>First cells of the pairs whose cells are both held.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private ReadOnlyMemory<int> PairsHeld(KernelWindow kernel, int direction)
    {
        int[] pairs = _box.Pairs[direction];
        if (kernel.IsFull)
            return pairs;
        ReadOnlySpan<ushort> ids = kernel.Ids;
        int held = 0;
        foreach (int cell in pairs)
        {
            _held[held] = cell;
            held += ids[cell] != 0 && ids[cell + Step] != 0 ? 1 : 0;
        }
        return _held.AsMemory(0, held);
    }

    /// <summary>Empties the histograms.</summary>
    /// <param name="kernel">The kernel counted.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal void Clear(KernelWindow kernel)
    {
        ReadOnlySpan<ushort> ids = kernel.Ids;
        ReadOnlySpan<int> levels = kernel.Levels;
        ReadOnlySpan<int> first = FirstCells;
        int step = Step;
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
}
