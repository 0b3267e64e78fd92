using HccPipeline.Reporting.Figures;
using HccPipeline.Reporting.Validation;
using Xunit;

namespace HccPipeline.Reporting.Tests;

public sealed class FormatTests
{
    [Theory]
    [InlineData(0.0004, "< 0.001")]
    [InlineData(0.001, "0.001")]
    [InlineData(0.0457, "0.046")]
    [InlineData(0.99951, "> 0.999")]
    [InlineData(null, "–")]
    public void P_AsJournalsDo(double? p, string expected) => Assert.Equal(expected, Format.P(p));

    [Fact]
    public void PEquals_SmallP_HasNoEqualsSign()
    {
        Assert.Equal("p\u00a0<\u00a00.001", Format.PEquals(1e-9));
        Assert.Equal("p\u00a0=\u00a00.010", Format.PEquals(0.0104));
    }

    [Theory]
    [InlineData(0.0235, "0.024")]
    [InlineData(0.39, "0.39")]
    [InlineData(3.4688, "3.47")]
    [InlineData(61.9132, "61.91")]
    [InlineData(452.6, "453")]
    [InlineData(double.PositiveInfinity, "∞")]
    public void Ratio_KeepsItsMeaningAtEverySize(double value, string expected) => Assert.Equal(expected, Format.Ratio(value));

    [Fact]
    public void Auc_WithInterval_HasThreeDecimalsAndAnEnDash() =>
        Assert.Equal("0.811 (0.714–0.908)", Format.Auc(new Estimate(0.81114, 0.71391, 0.90837)));

    [Theory]
    [InlineData(-0.00004, "0.000")]
    [InlineData(-0.0623, "−0.062")]
    [InlineData(0.0623, "+0.062")]
    public void Signed_UsesATrueMinusAndNoMinusZero(double value, string expected) => Assert.Equal(expected, Format.Signed(value, 3));

    [Fact]
    public void Ticks_AreRoundAndInside()
    {
        Assert.Equal([0, 0.2, 0.4, 0.6, 0.8, 1], Ticks.Between(0, 1, 5));
        Assert.Equal([-0.5, 0, 0.5, 1], Ticks.Between(-0.61, 1.02, 4));
        Assert.Equal([2, 2.5, 3, 3.5], Ticks.Between(1.9, 3.6, 4));
        Assert.Equal([7], Ticks.Between(7, 7));
    }

    [Fact]
    public void Spread_CrowdedLabels_KeepOrderDistanceAndBounds()
    {
        double[] placed = Labels.Spread([50, 51, 49, 99], 10, 0, 100);
        Assert.True(placed[2] < placed[0] && placed[0] < placed[1] && placed[1] < placed[3]);
        double[] sorted = [.. placed.Order()];
        Assert.All(sorted.Zip(sorted.Skip(1)), pair => Assert.True(pair.Second - pair.First >= 10 - 1e-9));
        Assert.InRange(sorted[0], 0, 100);
        Assert.InRange(sorted[^1], 0, 100);
    }

    [Fact]
    public void Short_KeepsWhatTellsFeaturesApart()
    {
        Assert.Equal("NLR", Names.Short("NLR", 19));
        string a = Names.Short("post_T2_original_glcm_JointEntropy", 19), b = Names.Short("post_T2_original_glcm_JointEnergy", 19);
        Assert.Equal("post_T2…JointEntropy".Length - 1, a.Length);
        Assert.StartsWith("post_T2", a, StringComparison.Ordinal);
        Assert.NotEqual(a, b);
    }

    [Fact]
    public void Number_IsShortAndHasNoMinusZero()
    {
        Assert.Equal("0", Svg.Number(-0.001));
        Assert.Equal("12.35", Svg.Number(12.345));
        Assert.Equal("-3", Svg.Number(-3));
    }
}
