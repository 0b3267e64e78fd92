using HccPipeline.Imaging;

namespace HccPipeline.Radiomics.Tests;

public sealed class AdcFitTests
{
    private static readonly Geometry s_grid = new() { SizeX = 3, SizeY = 1, SizeZ = 1, SpacingMm = new(1, 1, 1) };

    private static DiffusionVolume At(double b, params float[] signal) => new(b, new(s_grid, signal));

    private static DiffusionVolume[] Decay(double[] adc, double s0, params double[] b) =>
        [.. b.Select(v => At(v, [.. adc.Select(a => (float)(s0 * Math.Exp(-v * a / 1000)))]))];

    [Theory]
    [InlineData(AdcMethod.LogLinear)]
    [InlineData(AdcMethod.WeightedLeastSquares)]
    public void Fit_PureDecay_GivesTheCoefficient(AdcMethod method)
    {
        AdcMap map = AdcFit.Fit(Decay([0.8, 1.2, 2.5], 1000, 800, 0, 50, 400), new() { Method = method });
        Assert.Equal([0, 50, 400, 800], map.BValues);
        Assert.Equal(0.8f, map.Adc.Voxels[0], 1e-5f);
        Assert.Equal(1.2f, map.Adc.Voxels[1], 1e-5f);
        Assert.Equal(2.5f, map.Adc.Voxels[2], 1e-5f);
        Assert.Equal(1000f, map.S0.Voxels[1], 0.01f);
        Assert.Equal((3, 0), (map.FittedVoxels, map.NonFitVoxels));
    }

    [Fact]
    public void Fit_TwoBValues_IsTheLogarithmOfTheRatio()
    {
        AdcMap map = AdcFit.Fit([At(0, 900, 700, 500), At(800, 300, 350, 450)], new());
        Assert.Equal(Math.Log(3) / 0.8, map.Adc.Voxels[0], 1e-6);
        Assert.Equal(Math.Log(2) / 0.8, map.Adc.Voxels[1], 1e-6);
    }

    /// <summary>By hand: slope of ln S over b = 0, 1000, 2000 through (6, 5, 4.5) is −0.75 per 1000 unweighted.</summary>
    [Fact]
    public void Fit_ThreeBValues_IsTheLeastSquaresLine()
    {
        float[] s = [.. new[] { 6.0, 5.0, 4.5 }.Select(v => (float)Math.Exp(v))];
        DiffusionVolume[] series = [At(0, s[0], 1, 1), At(1000, s[1], 1, 1), At(2000, s[2], 1, 1)];
        Assert.Equal(0.75, AdcFit.Fit(series, new()).Adc.Voxels[0], 1e-6);
        // Weights S² favour the first two points, whose slope is −1.
        Assert.InRange(AdcFit.Fit(series, new() { Method = AdcMethod.WeightedLeastSquares }).Adc.Voxels[0], 0.8, 1.0);
    }

    [Fact]
    public void Fit_NoiseAndRisingSignals_AreCountedAndLeftOut()
    {
        AdcMap map = AdcFit.Fit([At(0, 900, 8, 100), At(400, 500, 700, 200), At(800, 5, 6, 300)], new() { NoiseFloor = 10 });
        Assert.Equal(Math.Log(900.0 / 500) / 0.4, map.Adc.Voxels[0], 1e-5);
        Assert.True(float.IsNaN(map.Adc.Voxels[1]));
        Assert.True(float.IsNaN(map.Adc.Voxels[2]));
        Assert.Equal((1, 2), (map.FittedVoxels, map.NonFitVoxels));
        (float[] values, int nonFit) = map.InRegion(new Volume<byte>(s_grid, [1, 1, 0]));
        Assert.Equal((1, 1), (values.Length, nonFit));
        Assert.Throws<RegionException>(() => map.InRegion(new Volume<byte>(s_grid, [0, 1, 0])));
    }

    [Fact]
    public void Fit_LowestBValue_LeavesPerfusionOut()
    {
        AdcMap map = AdcFit.Fit([At(0, 2000, 1, 1), At(200, 800, 1, 1), At(800, 400, 1, 1)], new() { LowestBValue = 100 });
        Assert.Equal([200, 800], map.BValues);
        Assert.Equal(Math.Log(2) / 0.6, map.Adc.Voxels[0], 1e-6);
    }

    [Fact]
    public void Fit_OneBValue_IsRefused() =>
        Assert.Throws<ArgumentException>(() => AdcFit.Fit([At(800, 1, 1, 1), At(800, 2, 2, 2)], new()));
}
