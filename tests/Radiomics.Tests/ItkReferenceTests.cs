using System.Globalization;
using HccPipeline.Imaging;

namespace HccPipeline.Radiomics.Tests;

/// <summary>Values that ITK itself gave for a made-up volume with anisotropic spacing.</summary>
public sealed class ItkReferenceTests
{
    private static readonly Lazy<ILookup<string, (int Voxel, double Value)>> s_reference = new(Read);

    [Theory]
    [InlineData("log-1", 1.0)]
    [InlineData("log-3", 3.0)]
    public void Laplacian_MadeUpVolume_EqualsItk(string name, double sigma) => AssertEqual(name, RecursiveGaussian.Laplacian(MadeUpVolume.Image(), sigma), 5e-5);

    [Fact]
    public void Gradient_MadeUpVolume_EqualsItk() =>
        Assert.All(new[] { ("gradient-mm", false), ("gradient-voxel", true) }, c => AssertEqual(c.Item1, GradientFilter.Apply(MadeUpVolume.Image(), c.Item2), 1e-4));

    [Theory]
    [InlineData("spline", Interpolation.CubicSpline, 1e-4)]
    [InlineData("linear", Interpolation.Linear, 1e-4)]
    [InlineData("nearest", Interpolation.Nearest, 0)]
    [InlineData("gaussian", Interpolation.Gaussian, 1e-4)]
    [InlineData("label-gaussian", Interpolation.LabelGaussian, 0)]
    [InlineData("hamming", Interpolation.HammingSinc, 1e-4)]
    [InlineData("cosine", Interpolation.CosineSinc, 1e-4)]
    [InlineData("welch", Interpolation.WelchSinc, 1e-4)]
    [InlineData("lanczos", Interpolation.LanczosSinc, 1e-4)]
    [InlineData("blackman", Interpolation.BlackmanSinc, 1e-4)]
    public void Resample_OnPyRadiomicsGrid_EqualsItk(string name, Interpolation kind, double tolerance)
    {
        Geometry grid = Resampler.AlignedByCorner(MadeUpVolume.Image().Geometry, new(1, 1, 2), new(4, 3, 2, 4, 4, 3), 1);

        Assert.Equal((7, 9, 8), (grid.SizeX, grid.SizeY, grid.SizeZ));
        AssertEqual(name, Resampler.Resample(MadeUpVolume.Image(), grid, kind, beyond: 0), tolerance);
    }

    [Theory]
    [InlineData("spline-edge", Interpolation.CubicSpline, 1e-4)]
    [InlineData("linear-edge", Interpolation.Linear, 1e-4)]
    [InlineData("nearest-half", Interpolation.Nearest, 0)]
    public void Resample_BeyondTheImage_EqualsItk(string name, Interpolation kind, double tolerance)
    {
        Geometry grid = Resampler.AlignedByCorner(MadeUpVolume.Image().Geometry, new(1.6, 1.1, 5), new(0, 0, 0, 12, 10, 7), 5);

        AssertEqual(name, Resampler.Resample(MadeUpVolume.Image(), grid, kind, beyond: 0), tolerance);
    }

    private static void AssertEqual(string name, Volume<float> ours, double tolerance)
    {
        (int Voxel, double Value)[] reference = [.. s_reference.Value[name]];
        Assert.True(reference.Length >= 45);
        Assert.All(reference, r => Assert.Equal(r.Value, ours.Voxels[r.Voxel], tolerance));
    }

    private static ILookup<string, (int, double)> Read()
    {
        using StreamReader reader = new(typeof(ItkReferenceTests).Assembly.GetManifestResourceStream("itk.csv")!);
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => line[0] != '#').Select(line => line.Split(';'))
            .ToLookup(p => p[0], p => (int.Parse(p[1], CultureInfo.InvariantCulture), double.Parse(p[2], CultureInfo.InvariantCulture)));
    }
}
