using HccPipeline.Imaging;
using HccPipeline.Radiomics.Voxelwise;

namespace HccPipeline.Radiomics.Tests.Voxelwise;

public sealed class IndicatorMapsTests
{
    private static Volume<float> Row(params float[] values) =>
        new(new() { SizeX = values.Length, SizeY = 1, SizeZ = 1, SpacingMm = new(1, 1, 1) }, values);

    [Fact]
    public void Enhancement_KnownSignals_IsRelativeGain() =>
        Assert.Equal([0.5f, -0.25f, float.NaN, float.NaN], IndicatorMaps.Enhancement(Row(100, 80, 0, -3), Row(150, 60, 5, 5)).Voxels.ToArray());

    [Fact]
    public void Washout_KnownSignals_IsPositiveWhereItDarkens() =>
        Assert.Equal([0.25f, -0.5f, float.NaN], IndicatorMaps.Washout(Row(200, 100, 0), Row(150, 150, 5)).Voxels.ToArray());

    /// <summary>One voxel by itself is a region whose means are its signals.</summary>
    [Fact]
    public void Maps_SingleVoxel_EqualTheRegionsIndicators()
    {
        ContrastEnhancement region = ContrastEnhancement.Of(123, 345, 210);
        Assert.Equal((float)region.Arterial, IndicatorMaps.Enhancement(Row(123), Row(345))[0, 0, 0]);
        Assert.Equal((float)region.Washout!, IndicatorMaps.Washout(Row(345), Row(210))[0, 0, 0]);
        Assert.Equal((float)SignalIntensityRatio.Of([180f], [60f, 90f], "muscle").Ratio, IndicatorMaps.SignalRatio(Row(180), 75)[0, 0, 0]);
    }

    [Fact]
    public void SignalRatio_ReferenceNotPositive_IsRefused() =>
        Assert.Contains("positive", Assert.Throws<RegionException>(() => IndicatorMaps.SignalRatio(Row(1), 0)).Message, StringComparison.Ordinal);

    [Fact]
    public void Enhancement_OtherGrid_IsRefused() => Assert.Throws<ArgumentException>(() => IndicatorMaps.Enhancement(Row(1), Row(1, 2)));
}
