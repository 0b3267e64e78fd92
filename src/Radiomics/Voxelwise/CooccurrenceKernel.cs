using System.Runtime.CompilerServices;

namespace HccPipeline.Radiomics.Voxelwise;

/// <summary>GLCM features of a kernel: each direction's symmetric matrix by itself, then the mean over directions that have pairs.
/// Definitions as in <see cref="GlcmFeatures"/>.</summary>
internal sealed class CooccurrenceKernel : IKernelFeatures
{
    private const int Features = 24;

    // e^(−2 I) as a power of two.
    private const double PerBit = 2 * 1.4426950408889634;
    private readonly int _directions;
    private readonly LogCounts _log;
    private readonly InverseDifferences _inverse;
    private readonly CooccurrenceCounts? _counts;
    private readonly SlidingCooccurrence? _sliding;
    private readonly MaximalCorrelation? _correlation;

    /// <param name="box">Box of the kernel.</param>
    /// <param name="block">Block in which kernels lie.</param>
    /// <param name="scale">Grey levels of the region.</param>
    /// <param name="withMaximalCorrelation">Whether MCC is wanted, which takes as long as all others; else it is left 0.</param>
    internal CooccurrenceKernel(KernelBox box, LevelBlock block, LevelScale scale, bool withMaximalCorrelation)
    {
        _directions = box.Directions.Length;
        _log = new(2 * box.MostPairs);
        _inverse = new(scale.HighestLevel, box.MostPairs);
        if (SlidingCooccurrence.Pays(box, scale.HighestLevel))
            _sliding = new(box, block, scale.HighestLevel, _log, _inverse);
        else
            _counts = new(box, scale.HighestLevel, _log, _inverse);
        _correlation = withMaximalCorrelation ? new(2 * box.MostPairs, scale.IsFlat) : null;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Compute(KernelWindow kernel, Span<double> values)
    {
        values.Clear();
        _correlation?.Begin(kernel.LevelCount);
        int directions = _sliding is null ? Recount(kernel, values) : Slide(_sliding, kernel, values);
        if (directions == 0)
        {
            values.Fill(double.NaN);
            return;
        }
        values[23] = _correlation?.Total() ?? 0;
        double share = 1.0 / directions;
        for (int f = 0; f < Features; f++)
            values[f] *= share;
    }

    /// <returns>Number of directions that have pairs.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int Recount(KernelWindow kernel, Span<double> values)
    {
        CooccurrenceCounts counts = _counts!;
        int directions = 0;
        for (int d = 0; d < _directions; d++)
        {
            ref readonly PairTally tally = ref counts.Count(kernel, d);
            if (tally.Pairs == 0)
                continue;
            directions++;
            Add(in tally, values);
            _correlation?.Add(
                new(tally.Pairs, counts.Joint, counts.Stride, counts.Margin, default, counts.Neighbours(kernel, d)));
            counts.Clear(kernel, d);
        }
        return directions;
    }

    /// <returns>Number of directions that have pairs.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int Slide(SlidingCooccurrence sliding, KernelWindow kernel, Span<double> values)
    {
        sliding.MoveTo(kernel);
        int directions = 0;
        foreach (SlidingCounts counts in sliding.Counts)
        {
            ref readonly PairTally tally = ref counts.Tally();
            if (tally.Pairs == 0)
                continue;
            directions++;
            Add(in tally, values);
            _correlation?.Add(new(tally.Pairs, counts.Joint, counts.Stride, counts.Margin, kernel.LevelOfId, default));
        }
        return directions;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Add(in PairTally c, Span<double> values)
    {
        ReadOnlySpan<long> product = _log.Product;
        int m = c.Pairs;
        double perPair = 1.0 / m, bit = _log.Unit * perPair;
        long pairLog = product[m], endLog = product[2 * m];
        long jointBits = pairLog + c.Unequal * _log.One - c.JointLog, marginBits = endLog - c.MarginLog;
        double mean = c.SumOfSums * perPair, tendency = c.Second * perPair, contrast = c.SumOfSquaredDifferences * perPair;
        double entropyX = marginBits * (bit / 2);
        double information = (marginBits - jointBits) * bit;
        double inverse = _inverse.Unit * perPair;
        values[0] += c.Largest * (perPair / 2);
        values[1] += mean / 2;
        values[2] += (tendency + contrast) / 4;
        values[3] += jointBits * bit;
        values[4] += c.SumOfDifferences * perPair;
        values[5] += (m * c.SumOfSquaredDifferences - c.SumOfDifferences * c.SumOfDifferences) * (perPair * perPair);
        values[6] += (pairLog - c.DifferenceLog) * bit;
        values[7] += mean;
        values[8] += (pairLog - c.SumLog) * bit;
        values[9] += c.Squares * (perPair * perPair / 4);
        values[10] += contrast;
        values[11] += c.Inverse[0] * inverse;
        values[12] += c.Inverse[1] * inverse;
        values[13] += c.Inverse[2] * inverse;
        values[14] += c.Inverse[3] * inverse;
        values[15] += c.InverseVariance * inverse;
        values[16] += tendency + contrast > 0 ? (tendency - contrast) / (tendency + contrast) : 1;
        values[17] += c.SumOfProducts * perPair;
        values[18] += tendency;
        values[19] += c.Third * perPair;
        values[20] += c.Fourth * perPair;
        values[21] += entropyX > 0 ? -information / entropyX : 0;
        values[22] += information > 0 ? Math.Sqrt(1 - PowerOfTwo.OfNegative(information * PerBit)) : 0;
    }
}
