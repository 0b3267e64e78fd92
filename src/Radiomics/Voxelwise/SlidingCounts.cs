using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace HccPipeline.Radiomics.Voxelwise;

/// <summary>Counts of the pairs of one direction that are kept while the kernel slides along a row: pairs that leave are taken off, pairs that
/// enter are added. Everything kept is a whole number, so that nothing tells where a row began.</summary>
internal sealed class SlidingCounts
{
    private readonly LogCounts _log;
    private readonly InverseDifferences _inverse;
    private readonly int _origin;
    private readonly ushort[] _joint;
    private readonly ushort[] _margin;
    private readonly ushort[] _difference;
    private readonly ushort[] _sum;
    private readonly ushort[] _entriesOfSize;
    private PairTally _tally;
    private long _first;
    private long _second;
    private long _third;
    private long _fourth;

    internal SlidingCounts(int highestLevel, int mostPairs, LogCounts log, InverseDifferences inverse)
    {
        (_log, _inverse, _origin) = (log, inverse, highestLevel + 1);
        Stride = highestLevel + 1;
        _joint = new ushort[Stride * Stride];
        _margin = new ushort[Stride];
        _difference = new ushort[highestLevel];
        _sum = new ushort[2 * highestLevel + 1];
        _entriesOfSize = new ushort[2 * mostPairs + 1];
    }

    /// <summary>Row length of <see cref="Joint"/>.</summary>
    internal int Stride { get; }

    /// <summary>Unordered pairs of levels, at [smaller · <see cref="Stride"/> + larger].</summary>
    internal ReadOnlySpan<ushort> Joint => _joint;

    /// <summary>Ends of pairs by level.</summary>
    internal ReadOnlySpan<ushort> Margin => _margin;

    /// <summary>Forgets everything.</summary>
    internal void Clear()
    {
        Array.Clear(_joint);
        Array.Clear(_margin);
        Array.Clear(_difference);
        Array.Clear(_sum);
        Array.Clear(_entriesOfSize);
        (_tally, _first, _second, _third, _fourth) = (default, 0, 0, 0, 0);
    }

    /// <summary>Adds pairs or takes them off; those with an end that is not held count neither way.</summary>
    /// <param name="levels">Levels of the block.</param>
    /// <param name="from">Cell of the block to which the places are relative.</param>
    /// <param name="places">First cells of pairs.</param>
    /// <param name="step">Cells from a pair's first to its second.</param>
    /// <param name="enter">Whether pairs enter; else they leave.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal void Change(ReadOnlySpan<ushort> levels, int from, ReadOnlySpan<int> places, int step, bool enter)
    {
        ReadOnlySpan<long> gain = _log.Step, variance = _inverse.Variance;
        ReadOnlySpan<Vector256<long>> weights = _inverse.Weights;
        // One branch-free loop for both: what leaves has sign −1, and its counts are looked up after, not before they change.
        int sign = enter ? 1 : -1, late = enter ? 0 : -1;
        int pairs = 0, unequal = 0, largest = _tally.Largest;
        long jointLog = 0, sumLog = 0, differenceLog = 0, marginLog = 0, squares = 0, products = 0, inverseVariance = 0;
        long differences = 0, squaredDifferences = 0, first = 0, second = 0, third = 0, fourth = 0;
        Vector256<long> inverse = default;
        foreach (int place in places)
        {
            int i = levels[from + place], j = levels[from + place + step];
            if (i == 0 || j == 0)
                continue;
            int difference = Math.Abs(i - j), apart = i == j ? 0 : 1;
            ref ushort joint = ref _joint[Math.Min(i, j) * Stride + Math.Max(i, j)];
            int before = joint, after = before + sign;
            jointLog += gain[before + late];
            squares += (2 * (before + late) + 1) << (2 - apart);
            _entriesOfSize[before << (1 - apart)]--;
            _entriesOfSize[after << (1 - apart)]++;
            joint = (ushort)after;
            largest = Math.Max(largest, after << (1 - apart));
            unequal += apart;
            marginLog += Move(ref _margin[i], sign, late, gain);
            marginLog += Move(ref _margin[j], sign, late, gain);
            differenceLog += Move(ref _difference[difference], sign, late, gain);
            sumLog += Move(ref _sum[i + j], sign, late, gain);
            pairs++;
            long s = i + j - _origin, s2 = s * s;
            first += s;
            second += s2;
            third += s2 * s;
            fourth += s2 * s2;
            differences += difference;
            squaredDifferences += (long)difference * difference;
            products += (long)i * j;
            inverse += weights[difference];
            inverseVariance += variance[difference];
        }
        // Entries of size 0 are not counted in earnest; what stands there is never asked for.
        while (largest > 0 && _entriesOfSize[largest] == 0)
            largest--;
        _first += sign * first;
        _second += sign * second;
        _third += sign * third;
        _fourth += sign * fourth;
        _tally.Pairs += sign * pairs;
        _tally.Unequal += sign * unequal;
        _tally.Largest = largest;
        _tally.Squares += sign * squares;
        _tally.JointLog += sign * jointLog;
        _tally.SumLog += sign * sumLog;
        _tally.DifferenceLog += sign * differenceLog;
        _tally.MarginLog += sign * marginLog;
        _tally.SumOfDifferences += sign * differences;
        _tally.SumOfSquaredDifferences += sign * squaredDifferences;
        _tally.SumOfProducts += sign * products;
        _tally.Inverse += enter ? inverse : -inverse;
        _tally.InverseVariance += sign * inverseVariance;
    }

    /// <summary>The sums as they stand.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal ref readonly PairTally Tally()
    {
        long m = _tally.Pairs;
        _tally.SumOfSums = _first + m * _origin;
        if (m == 0)
            return ref _tally;
        // About the whole number next to the mean, still exact; then about the mean itself, where little is left to cancel.
        long q = (long)Math.Round(_first / (double)m);
        long s1 = _first - m * q, s2 = _second - 2 * q * _first + m * q * q;
        long s3 = _third - 3 * q * _second + 3 * q * q * _first - m * q * q * q;
        long s4 = _fourth - 4 * q * _third + 6 * q * q * _second - 4 * q * q * q * _first + m * q * q * q * q;
        double e = s1 / (double)m, e2 = e * e;
        _tally.Second = (m * s2 - s1 * s1) / (double)m;
        _tally.Third = s3 - 3 * e * s2 + 2 * m * e2 * e;
        _tally.Fourth = s4 - 4 * e * s3 + 6 * e2 * s2 - 3 * m * e2 * e2;
        return ref _tally;
    }

    private static long Move(ref ushort count, int sign, int late, ReadOnlySpan<long> gain)
    {
        long change = gain[count + late];
        count = (ushort)(count + sign);
        return change;
    }
}
