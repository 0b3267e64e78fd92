namespace HccPipeline.Radiomics.Tests;

public sealed class IndicatorTests
{
    [Theory]
    [InlineData(1.0, 1.28, true)]
    [InlineData(1.0, 1.26, false)]
    [InlineData(2.0, 1.4, true)]
    public void Delta_AdcOfALiverLesion_IsHeldAgainstQiba(double pre, double post, bool exceeds)
    {
        VisitDelta d = VisitDelta.Of(pre, post, VisitDelta.LiverLesionAdcPercent);
        Assert.Equal(post - pre, d.Difference);
        Assert.Equal(100 * (post / pre - 1), d.Percent!.Value, 1e-9);
        Assert.Equal(Math.Log(post / pre), d.LogRatio!.Value, 1e-12);
        Assert.Equal(exceeds, d.ExceedsRepeatability);
    }

    [Fact]
    public void Delta_FromZero_HasNoPercentage() => Assert.Equal(new(3, null, null, null), VisitDelta.Of(0, 3, 27));

    [Fact]
    public void Delta_NotANumber_IsRefused() => Assert.Throws<ArgumentException>(() => VisitDelta.Of(double.NaN, 1));

    [Fact]
    public void Enhancement_FourMeans_GivesRatios()
    {
        ContrastEnhancement e = ContrastEnhancement.Of(100, 250, 200, 125);
        Assert.Equal(new(1.5, 2.0, 0.2), e);
        Assert.Throws<RegionException>(() => ContrastEnhancement.Of(0, 250));
    }
}
