namespace HccPipeline.Radiomics.Tests;

public sealed class SignalIntensityRatioTests
{
    [Fact]
    public void Of_TwoRegions_IsTheRatioOfMeans()
    {
        SignalIntensityRatio sir = SignalIntensityRatio.Of([300, 500], [100, 200, 300], "muscle");
        Assert.Equal((2.0, 400.0, 200.0, "muscle"), (sir.Ratio, sir.LesionMean, sir.ReferenceMean, sir.ReferenceTissue));
    }

    [Fact]
    public void Of_ZeroReference_IsRefused() =>
        Assert.Contains("positive", Assert.Throws<RegionException>(() => SignalIntensityRatio.Of([1], [0, 0], "spleen")).Message, StringComparison.Ordinal);

    [Fact]
    public void Of_EmptyReference_SaysWhichRegion() =>
        Assert.Contains("reference (muscle)", Assert.Throws<RegionException>(() => SignalIntensityRatio.Of([1], [], "muscle")).Message, StringComparison.Ordinal);
}
