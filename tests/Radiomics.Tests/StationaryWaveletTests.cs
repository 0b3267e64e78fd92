using System.Globalization;
using HccPipeline.Imaging;

namespace HccPipeline.Radiomics.Tests;

/// <summary>Values that PyWavelets gave, wrapped and cut as PyRadiomics does.</summary>
public sealed class StationaryWaveletTests
{
    [Fact]
    public void Apply_AnyWaveletLevelAndAxes_EqualsPyWavelets()
    {
        Volume<float> image = MadeUpVolume.Image();
        var images = Lines().Select(line => line.Split(';')).GroupBy(p => (Wavelet: p[0], LeftAlone: p[1], Start: p[2], Image: p[4])).ToArray();
        Assert.Equal(78, images.Length);
        foreach (var reference in images)
        {
            Axis? leftAlone = reference.Key.LeftAlone.Length == 0 ? null : Enum.Parse<Axis>(reference.Key.LeftAlone, ignoreCase: true);
            string[] name = reference.Key.Image["wavelet".Length..].Split('-');
            int level = int.Parse(reference.Key.Start, CultureInfo.InvariantCulture) + (name[0].Length > 0 ? int.Parse(name[0], CultureInfo.InvariantCulture) : 1);
            Volume<float> ours = StationaryWavelet.Apply(image, reference.Key.Wavelet, name[1], level, leftAlone);
            foreach (string[] p in reference)
            {
                double expected = double.Parse(p[6], CultureInfo.InvariantCulture);
                Assert.Equal(expected, ours.Voxels[int.Parse(p[5], CultureInfo.InvariantCulture)], 1e-4 + 1e-7 * Math.Abs(expected));
            }
        }
    }

    /// <summary>Σ low = √2 and Σ high = 0; low-pass and high-pass together keep what the dual pair gives back.</summary>
    [Theory]
    [InlineData("haar")]
    [InlineData("db20")]
    [InlineData("sym5")]
    [InlineData("coif5")]
    [InlineData("bior6.8")]
    [InlineData("rbio1.3")]
    public void Filters_OfATable_HaveTheirSums(string name)
    {
        (double[] low, double[] high) = DiscreteWavelets.Filters(name);

        Assert.Equal(Math.Sqrt(2), low.Sum(), 1e-10);
        Assert.Equal(0, high.Sum(), 1e-10);
    }

    [Theory]
    [InlineData("db39", "LLL", 1)]
    [InlineData("haar", "LL", 1)]
    [InlineData("haar", "LLL", 0)]
    public void Apply_WhatCannotBe_IsRefused(string wavelet, string band, int level) =>
        Assert.Throws<ArgumentException>(() => StationaryWavelet.Apply(MadeUpVolume.Image(), wavelet, band, level));

    private static IEnumerable<string> Lines()
    {
        using StreamReader reader = new(typeof(StationaryWaveletTests).Assembly.GetManifestResourceStream("wavelets.csv")!);
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => line[0] != '#');
    }
}
