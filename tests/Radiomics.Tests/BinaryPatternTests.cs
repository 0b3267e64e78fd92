using System.Globalization;
using HccPipeline.Imaging;

namespace HccPipeline.Radiomics.Tests;

/// <summary>Values that PyRadiomics' local binary patterns gave, of an image of whole numbers and of one with quarters.</summary>
public sealed class BinaryPatternTests
{
    private static readonly Lazy<ILookup<string, (int Voxel, double Value)>> s_reference = new(Read);

    [Theory]
    [InlineData("uniform-z", 8, 1.0, BinaryPatternMethod.Uniform, Axis.Z)]
    [InlineData("default-y", 11, 1.7, BinaryPatternMethod.Default, Axis.Y)]
    [InlineData("ror-x", 8, 2.0, BinaryPatternMethod.Ror, Axis.X)]
    [InlineData("var-z", 6, 1.0, BinaryPatternMethod.Var, Axis.Z)]
    public void Planar_OfAnyMethod_EqualsPyRadiomics(string name, int samples, double radius, BinaryPatternMethod method, Axis across)
    {
        AssertEqual($"whole;{name}", LocalBinaryPattern.Apply(MadeUpVolume.Image(), samples, radius, method, across), 0);
        AssertEqual($"quarter;{name}", LocalBinaryPattern.Apply(Quarter(), samples, radius, method, across), 1e-3);
    }

    [Theory]
    [InlineData("sphere", 2, 1.0, 1)]
    [InlineData("large", 4, 1.6, 2)]
    [InlineData("ico", 3, 1.0, 0)]
    public void Spherical_OfAnySphere_EqualsPyRadiomics(string name, int degrees, double radius, int subdivisions)
    {
        SphericalBinaryPattern pattern = new(degrees, radius, subdivisions);
        Volume<byte> region = TextureChoicesTests.Region();
        foreach ((string scale, Volume<float> image) in new[] { ("whole", MadeUpVolume.Image()), ("quarter", Quarter()) })
        {
            for (int n = 0; n < degrees; n++)
                AssertEqual($"{scale};{name}-m{n + 1}", pattern.Apply(image, region, n), 2e-5);
            AssertEqual($"{scale};{name}-k", pattern.Kurtosis(image, region), 1e-5);
        }
    }

    [Fact]
    public void Spherical_FlatImage_HasFiniteValues()
    {
        Volume<float> flat = new(MadeUpVolume.Image().Geometry);
        Volume<byte> inner = new(flat.Geometry);
        inner[6, 5, 3] = 1;

        Assert.Equal(-3, new SphericalBinaryPattern(2, 1, 1).Kurtosis(flat, inner)[6, 5, 3]);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(32)]
    public void Planar_SamplesThatNoNumberHolds_AreRefused(int samples) => Assert.Throws<ArgumentOutOfRangeException>(
        () => LocalBinaryPattern.Apply(Quarter(), samples, 1, BinaryPatternMethod.Uniform, Axis.Z));

    private static void AssertEqual(string name, Volume<float> ours, double tolerance)
    {
        Assert.NotEmpty(s_reference.Value[name]);
        Assert.All(s_reference.Value[name], r => Assert.Equal(r.Value, ours.Voxels[r.Voxel], tolerance));
    }

    private static Volume<float> Quarter()
    {
        Volume<float> image = MadeUpVolume.Image();
        foreach (ref float v in image.Voxels)
            v /= 4;
        return image;
    }

    private static ILookup<string, (int, double)> Read()
    {
        using StreamReader reader = new(typeof(BinaryPatternTests).Assembly.GetManifestResourceStream("patterns.csv")!);
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => line[0] != '#').Select(line => line.Split(';'))
            .ToLookup(p => $"{p[0]};{p[1]}", p => (int.Parse(p[2], CultureInfo.InvariantCulture), double.Parse(p[3], CultureInfo.InvariantCulture)));
    }
}
