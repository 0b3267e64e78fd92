namespace HccPipeline.Radiomics.Tests;

public sealed class FirstOrderTests
{
    public static TheoryData<int> Lengths => [.. Enumerable.Range(1, 19), 5_000];

    /// <summary>Reference values: IBSI's table for the digital phantom (three digits); kurtosis there is excess.</summary>
    [Fact]
    public void Of_DigitalPhantom_MatchesIbsiReference()
    {
        FirstOrder f = FirstOrder.Of(DigitalPhantom.Region, 8, Discretisation.FixedBinSize(1));
        Assert.Equal(74, f.VoxelCount);
        Assert.Equal(2.15, f.Mean, 0.005);
        Assert.Equal(3.05, f.Variance, 0.005);
        Assert.Equal(1.08, f.Skewness, 0.005);
        Assert.Equal(-0.355, f.Kurtosis - 3, 0.0005);
        Assert.Equal(1, f.Median);
        Assert.Equal(1, f.Minimum);
        Assert.Equal(1, f.Percentile10);
        Assert.Equal(4, f.Percentile90);
        Assert.Equal(6, f.Maximum);
        Assert.Equal(3, f.InterquartileRange);
        Assert.Equal(5, f.Range);
        Assert.Equal(1.55, f.MeanAbsoluteDeviation, 0.005);
        Assert.Equal(1.11, f.RobustMeanAbsoluteDeviation, 0.005);
        Assert.Equal(567, f.Energy);
        Assert.Equal(567 * 8, f.TotalEnergy);
        Assert.Equal(2.77, f.RootMeanSquared, 0.005);
        Assert.Equal(1.27, f.Entropy, 0.005);
        Assert.Equal(0.512, f.Uniformity, 0.0005);
    }

    [Theory]
    [MemberData(nameof(Lengths))]
    public void Of_EveryTailLength_MatchesPlainSums(int n)
    {
        Random random = new(n);
        float[] roi = [.. Enumerable.Range(0, n).Select(_ => (float)(random.NextDouble() * 400 - 100))];
        double[] x = [.. roi.Select(v => (double)v)];
        double mean = x.Average();
        double variance = x.Average(v => (v - mean) * (v - mean));
        FirstOrder f = FirstOrder.Of(roi, 2);
        Assert.Equal(mean, f.Mean, 1e-9);
        Assert.Equal(variance, f.Variance, 1e-7);
        Assert.Equal(1, f.Energy / x.Sum(v => v * v), 1e-12);
        Assert.Equal(x.Average(v => Math.Abs(v - mean)), f.MeanAbsoluteDeviation, 1e-9);
        Array.Sort(x);
        Assert.Equal(x[0], f.Minimum);
        Assert.Equal(x[^1], f.Maximum);
        Assert.Equal(n % 2 == 1 ? x[n / 2] : (x[n / 2 - 1] + x[n / 2]) / 2, f.Median, 1e-9);
        double[] middle = [.. x.Where(v => v >= f.Percentile10 && v <= f.Percentile90)];
        Assert.Equal(middle.Length == 0 ? 0 : middle.Average(v => Math.Abs(v - middle.Average())), f.RobustMeanAbsoluteDeviation, 1e-9);
        if (variance > 0)
        {
            Assert.Equal(x.Average(v => Math.Pow(v - mean, 3)) / Math.Pow(variance, 1.5), f.Skewness, 1e-9);
            Assert.Equal(x.Average(v => Math.Pow(v - mean, 4)) / (variance * variance), f.Kurtosis, 1e-9);
        }
    }

    [Fact]
    public void Of_Shift_EntersEnergiesOnly()
    {
        float[] roi = [-3, 1, 2, 8];
        FirstOrder plain = FirstOrder.Of(roi, 1), shifted = FirstOrder.Of(roi, 1, shift: 10);
        Assert.Equal(49 + 121 + 144 + 324, shifted.Energy, 1e-12);
        Assert.Equal(Math.Sqrt(638.0 / 4), shifted.RootMeanSquared, 1e-12);
        Assert.Equal(plain with { Energy = shifted.Energy, TotalEnergy = shifted.TotalEnergy, RootMeanSquared = shifted.RootMeanSquared }, shifted);
    }

    [Fact]
    public void Of_ConstantRegion_GivesDocumentedValues()
    {
        FirstOrder f = FirstOrder.Of(Enumerable.Repeat(0.1f, 7).ToArray(), 1);
        Assert.Equal(0, f.Variance);
        Assert.Equal(0, f.Skewness);
        Assert.Equal(0, f.Kurtosis);
        Assert.Equal(0, f.Entropy);
        Assert.Equal(1, f.Uniformity);
    }

    [Fact]
    public void Of_EmptyRegion_NamesTheCause() =>
        Assert.Contains("no voxels", Assert.Throws<RegionException>(() => FirstOrder.Of([], 1)).Message, StringComparison.Ordinal);

    [Fact]
    public void Of_NanAndInfinity_AreCounted()
    {
        RegionException e = Assert.Throws<RegionException>(() => FirstOrder.Of([1, float.NaN, float.PositiveInfinity, 2], 1));
        Assert.Contains("2 of the region's 4", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ToValues_NamesAllEighteen()
    {
        IReadOnlyList<FeatureValue> values = FirstOrder.Of(DigitalPhantom.Region, 8).ToValues();
        Assert.Equal(18, values.Count);
        FeatureValue mean = Assert.Single(values, v => v.Name == "original_firstorder_Mean");
        Assert.Equal(("Q4LE", "stat_mean", 159.0 / 74), (mean.Ibsi, mean.Tag, mean.Value));
        Assert.Equal(4, Assert.Single(values, v => v.Name == "original_firstorder_90Percentile").Value);
    }
}
