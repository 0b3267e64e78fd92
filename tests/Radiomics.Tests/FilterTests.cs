using HccPipeline.Imaging;

namespace HccPipeline.Radiomics.Tests;

public sealed class FilterTests
{
    private static readonly Geometry s_grid = new() { SizeX = 8, SizeY = 6, SizeZ = 4, SpacingMm = new(1, 1, 2) };

    private static Volume<float> Impulse(int x, int y, int z)
    {
        Volume<float> v = new(s_grid);
        v[x, y, z] = 1;
        return v;
    }

    [Theory]
    [InlineData(Boundary.Nearest)]
    [InlineData(Boundary.Periodic)]
    [InlineData(Boundary.Mirror)]
    public void Filters_ConstantImage_KeepLevelsAndLoseDetail(Boundary boundary)
    {
        Volume<float> flat = new(s_grid, [.. Enumerable.Repeat(7f, s_grid.VoxelCount)]);
        Assert.All(SmoothingFilters.Mean(flat, 5, boundary).Voxels.ToArray(), v => Assert.Equal(7, v, 1e-5));
        Assert.All(LawsFilter.Apply(flat, "E5L5S5", boundary, Pooling.Max).Voxels.ToArray(), v => Assert.Equal(0, v, 1e-5));
        foreach (WaveletFamily family in Enum.GetValues<WaveletFamily>())
        {
            double low = 7 * Math.Pow(2, 1.5);
            Assert.All(SeparableWavelet.Apply(flat, family, "LLL", 1, boundary).Voxels.ToArray(), v => Assert.Equal(low, v, 1e-4));
            Assert.All(SeparableWavelet.Apply(flat, family, "LHL", 2, boundary, Pooling.Average).Voxels.ToArray(), v => Assert.Equal(0, v, 1e-4));
        }
    }

    [Fact]
    public void Mean_Impulse_SpreadsEvenly()
    {
        Volume<float> r = SmoothingFilters.Mean(Impulse(4, 3, 1), 3, Boundary.Zero);
        Assert.Equal(1 / 27.0, r[3, 2, 0], 1e-7);
        Assert.Equal(0, r[2, 3, 1]);
        Assert.Equal(1 / 9.0, SmoothingFilters.Mean(Impulse(4, 3, 1), 3, Boundary.Zero, planar: true)[5, 4, 1], 1e-7);
    }

    /// <summary>At the centre of an impulse the response is −D/σ² · G(0) per axis of its own σ in voxels.</summary>
    [Fact]
    public void LaplacianOfGaussian_Impulse_HasTheFormulasCentre()
    {
        float centre = SmoothingFilters.LaplacianOfGaussian(Impulse(4, 3, 1), 2, Boundary.Zero)[4, 3, 1];
        double g = 1 / (Math.Pow(2 * Math.PI, 1.5) * 2 * 2 * 1);
        Assert.Equal(-(1 / 4.0 + 1 / 4.0 + 1 / 1.0) * g, centre, 1e-7);
    }

    [Fact]
    public void Gabor_Wave_AnswersToItsOwnWavelengthAndDirection()
    {
        Geometry grid = new() { SizeX = 48, SizeY = 48, SizeZ = 1, SpacingMm = new(1, 1, 1) };
        Volume<float> wave = new(grid);
        for (int y = 0; y < 48; y++)
        {
            for (int x = 0; x < 48; x++)
                wave[x, y, 0] = (float)Math.Cos(Math.Tau * x / 6);
        }
        float Response(double wavelength, double turns) => GaborFilter.Apply(
            wave, new() { SigmaMm = 4, WavelengthMm = wavelength, OrientationTurns = turns }, Boundary.Mirror)[24, 24, 0];
        float own = Response(6, 0);
        // Half of the wave lies at the kernel's frequency: 1/2 · 2πσ².
        Assert.Equal(Math.PI * 16, own, 0.5);
        // exp(−2π²σ²Δf²) with Δf = 1/6 − 1/12.
        Assert.Equal(Math.Exp(-2 * Math.PI * Math.PI * 16 / 144), Response(12, 0) / own, 0.02);
        Assert.True(Response(6, 0.25) < 0.05 * own);
    }

    [Fact]
    public void FourierTransform_ForthAndBack_IsTheIdentity()
    {
        Random random = new(2);
        double[] re = [.. Enumerable.Range(0, 8 * 4 * 16).Select(_ => random.NextDouble())], im = new double[re.Length], before = [.. re];
        FourierTransform.InSpace(re, im, 8, 4, 16, inverse: false);
        Assert.Equal(before.Sum(), re[0], 1e-9);
        double at = 0;
        for (int i = 0; i < before.Length; i++)
            at += before[i] * Math.Cos(Math.Tau * (3.0 * (i % 8) / 8 + 1.0 * (i / 8 % 4) / 4 + 5.0 * (i / 32) / 16));
        Assert.Equal(at, re[(5 * 4 + 1) * 8 + 3], 1e-9);
        FourierTransform.InSpace(re, im, 8, 4, 16, inverse: true);
        for (int i = 0; i < re.Length; i++)
            Assert.Equal(before[i], re[i] / re.Length, 1e-12);
    }

    [Fact]
    public void Apply_UnknownNames_AreRefused()
    {
        Assert.Contains("Q5", Assert.Throws<ArgumentException>(() => LawsFilter.Apply(Impulse(0, 0, 0), "Q5L5", Boundary.Zero)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => SeparableWavelet.Apply(Impulse(0, 0, 0), WaveletFamily.Haar, "LXL", 1, Boundary.Zero));
        Assert.Throws<ArgumentException>(() => SimoncelliWavelet.BandPass(Impulse(0, 0, 0), 1));
    }
}
