using System.Globalization;
using HccPipeline.Imaging;

namespace HccPipeline.Radiomics.Tests;

/// <summary>Values that PyRadiomics' own feature classes gave under other settings than the defaults: the same to 1e-6 relative.</summary>
public sealed class TextureChoicesTests
{
    private static readonly Lazy<ILookup<string, (string Feature, double Value)>> s_reference = new(Read);

    [Theory]
    [InlineData("by-slice-z")]
    [InlineData("by-slice-y")]
    [InlineData("by-slice-x")]
    [InlineData("manhattan")]
    [InlineData("euclidean")]
    [InlineData("infinity")]
    [InlineData("merged")]
    [InlineData("far")]
    [InlineData("second")]
    [InlineData("one-way")]
    [InlineData("tolerant")]
    [InlineData("all")]
    public void OfImage_OtherThanDefaults_EqualsPyRadiomics(string name) =>
        AssertEqual(name, PyRadiomicsFeatures.OfImage(MadeUpVolume.Image(), Region(), "original", texture: Settings(name)));

    [Theory]
    [InlineData("shape-z", Axis.Z)]
    [InlineData("shape-y", Axis.Y)]
    [InlineData("shape-x", Axis.X)]
    public void Shape2D_RegionInOneSlice_EqualsPyRadiomics(string name, Axis across) => AssertEqual(name, Shape2D.Of(Region(across), across).ToValues());

    [Fact]
    public void Shape2D_RegionInSeveralSlices_IsRefusedByNumber() =>
        Assert.Contains("7 slices", Assert.Throws<RegionException>(() => Shape2D.Of(Region(), Axis.Z)).Message, StringComparison.Ordinal);

    [Fact]
    public void Of_OnRequest_EqualsPyRadiomicsAndComesWithNothingElse()
    {
        ExtractionSettings settings = new() { Families = new HashSet<FeatureFamily> { FeatureFamily.OnRequest } };

        IReadOnlyList<FeatureValue> values = RegionExtraction.Of(MadeUpVolume.Image(), Region(), settings);

        Assert.Equal(4, values.Count);
        AssertEqual("on-request", values);
    }

    /// <summary>The defaults have code of their own; the general code must give the same.</summary>
    [Fact]
    public void OfImage_DefaultsSpelledOut_EqualTheDefaults()
    {
        IReadOnlyList<FeatureValue> fast = PyRadiomicsFeatures.OfImage(MadeUpVolume.Image(), Region(), "original");

        IReadOnlyList<FeatureValue> general = PyRadiomicsFeatures.OfImage(MadeUpVolume.Image(), Region(), "original", texture: new() { Distances = [1] });

        Assert.Equal(fast.Select(v => v.Name), general.Select(v => v.Name));
        Assert.All(fast.Zip(general), pair => Assert.Equal(pair.First.Value, pair.Second.Value, 1e-10 * Math.Max(1, Math.Abs(pair.First.Value))));
    }

    private static TextureSettings Settings(string name) => name switch
    {
        "by-slice-z" => new() { BySlice = Axis.Z },
        "by-slice-y" => new() { BySlice = Axis.Y },
        "by-slice-x" => new() { BySlice = Axis.X },
        "manhattan" => new() { Weighting = DistanceWeighting.Manhattan },
        "euclidean" => new() { Weighting = DistanceWeighting.Euclidean },
        "infinity" => new() { Weighting = DistanceWeighting.Infinity },
        "merged" => new() { Weighting = DistanceWeighting.NoWeighting },
        "far" => new() { Distances = [1, 3] },
        "second" => new() { Distances = [2] },
        "one-way" => new() { Symmetrical = false },
        "tolerant" => new() { DependenceTolerance = 2 },
        _ => new() { BySlice = Axis.Y, Weighting = DistanceWeighting.Euclidean, Distances = [1, 2], Symmetrical = false, DependenceTolerance = 1 },
    };

    private static void AssertEqual(string name, IReadOnlyList<FeatureValue> values)
    {
        Dictionary<string, double> ours = values.ToDictionary(v => v.Name["original_".Length..], v => v.Value);
        Assert.NotEmpty(s_reference.Value[name]);
        Assert.All(s_reference.Value[name], r => Assert.True(
            Math.Abs(ours[r.Feature] - r.Value) <= 1e-6 * Math.Max(1e-3, Math.Abs(r.Value)), $"{r.Feature}: ours {ours[r.Feature]:R}, PyRadiomics {r.Value:R}"));
    }

    /// <summary>An ellipsoid with holes; its middle slice across an axis, if one is given.</summary>
    internal static Volume<byte> Region(Axis? across = null)
    {
        Geometry grid = MadeUpVolume.Image().Geometry;
        Volume<byte> mask = new(grid);
        for (int z = 0; z < 7; z++)
        {
            for (int y = 0; y < 10; y++)
            {
                for (int x = 0; x < 12; x++)
                {
                    double ex = (2 * x - 11) / 12.0, ey = (2 * y - 9) / 10.0, ez = (2 * z - 6) / 7.0;
                    bool slice = across switch { Axis.X => x == 6, Axis.Y => y == 5, Axis.Z => z == 3, _ => true };
                    mask[x, y, z] = ex * ex + ey * ey + ez * ez <= 0.8 && (x + y + z) % 7 != 0 && slice ? (byte)1 : (byte)0;
                }
            }
        }
        return mask;
    }

    private static ILookup<string, (string, double)> Read()
    {
        using StreamReader reader = new(typeof(TextureChoicesTests).Assembly.GetManifestResourceStream("texture.csv")!);
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => line[0] != '#').Select(line => line.Split(';'))
            .ToLookup(p => p[0], p => (p[1], double.Parse(p[2], CultureInfo.InvariantCulture)));
    }
}
