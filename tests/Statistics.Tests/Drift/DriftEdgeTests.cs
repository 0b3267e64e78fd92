using CsCheck;
using HccPipeline.Statistics.Drift;
using Xunit;

namespace HccPipeline.Statistics.Tests.Drift;

public sealed class DriftEdgeTests
{
    private static readonly Gen<double[]> Sample = Gen.Int[-5, 5].Select(v => v / 2.0).Array[1, 7];

    [Fact]
    public void KolmogorovSmirnov_SmallSamples_ExactPIsTheShareOfRelabellings() => Gen.Select(Sample, Sample).Sample((a, b) =>
    {
        double[] pooled = [.. a, .. b];
        KolmogorovSmirnovTest test = KolmogorovSmirnovTest.Test(a, b);
        int reached = 0, all = 0;
        for (int mask = 0; mask < 1 << pooled.Length; mask++)
        {
            if (int.PopCount(mask) != a.Length) continue;
            double[] x = [.. pooled.Where((_, i) => (mask >> i & 1) == 1)], y = [.. pooled.Where((_, i) => (mask >> i & 1) == 0)];
            all++;
            if (DistributionDistance.KolmogorovSmirnov(x, y) >= test.D - 1e-9) reached++;
        }
        Assert.Equal((double)reached / all, test.PExact!.Value, 1e-12);
    });

    [Fact]
    public void Wasserstein_Shift_IsTheShiftAndDistancesAreSymmetric() => Gen.Select(Sample, Sample).Sample((a, b) =>
    {
        Assert.Equal(2.5, DistributionDistance.Wasserstein(a, [.. a.Select(v => v + 2.5)]), 1e-12);
        Assert.Equal(DistributionDistance.Wasserstein(a, b), DistributionDistance.Wasserstein(b, a), 1e-12);
        Assert.Equal(DistributionDistance.KolmogorovSmirnov(a, b), DistributionDistance.KolmogorovSmirnov(b, a));
    });

    [Fact]
    public void StabilityIndex_SameSample_IsZeroAndStable() => Sample.Where(a => a.Length > 1).Sample(a =>
    {
        StabilityIndex index = StabilityIndex.Compute(a, a);
        Assert.Equal((0.0, StabilityVerdict.Stable), (index.Index, index.Verdict));
        Assert.Equal(a.Length, index.BaselineCounts.Sum());
    });

    [Fact]
    public void EveryDistance_BadValueOrNoRows_IsRefusedByRow()
    {
        Assert.Contains("'current', row 2", Assert.Throws<ArgumentException>(() => StabilityIndex.Compute([1, 2], [1, double.NaN])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => DistributionDistance.Wasserstein([], [1]));
        Assert.Throws<ArgumentException>(() => StabilityIndex.Compute([1, 2], [1], (ReadOnlySpan<double>)[2, 1]));
    }

    [Fact]
    public void ControlBaseline_ConstantValues_HaveNoLimits() => Assert.Throws<ArgumentException>(() => ControlBaseline.From([0.8, 0.8, 0.8]));

    [Fact]
    public void PlacementReference_PerfectSeparation_IsRefused() =>
        Assert.Throws<ArgumentException>(() => PlacementReference.From([1, 2, 3, 4], [0, 0, 1, 1]));

    [Fact]
    public void PermutationTest_Cancelled_Stops()
    {
        using CancellationTokenSource source = new();
        source.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() => PermutationTest.Wasserstein([1, 2], [3, 4], 1000, 1, source.Token));
    }
}
