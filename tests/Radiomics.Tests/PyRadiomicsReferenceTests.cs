using System.Globalization;
using System.Security.Cryptography;
using HccPipeline.Imaging;

namespace HccPipeline.Radiomics.Tests;

/// <summary>Values that PyRadiomics itself (June 2025 sources, C extensions) gave for five small made-up cases: the same to 1e-6 relative,
/// the mesh included.</summary>
public sealed class PyRadiomicsReferenceTests
{
    [Theory]
    [InlineData("blob")]
    [InlineData("sparse")]
    [InlineData("negative")]
    [InlineData("thin")]
    [InlineData("ball")]
    public void Of_MadeUpCase_EqualsPyRadiomics(string name)
    {
        (Volume<float> image, Volume<byte> mask, Discretisation bins) = Case(name);
        Dictionary<string, double> ours = PyRadiomicsFeatures.Of(image, mask, bins).ToDictionary(v => v.Name, v => v.Value);
        Dictionary<string, double> reference = Reference(name);
        List<string> wrong = [];
        foreach ((string feature, double value) in ours)
        {
            double expected = reference[feature];
            if (!(Math.Abs(value - expected) <= 1e-6 * Math.Max(1e-3, Math.Abs(expected))))
                wrong.Add($"{feature}: ours {value:R}, PyRadiomics {expected:R}");
        }
        Assert.Equal(107, ours.Count);
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    /// <summary>The same bits on every processor and with hardware intrinsics off (DOTNET_EnableHWIntrinsic=0): the digest was recorded once.</summary>
    [Fact]
    public void Of_AllCases_HasTheRecordedBits()
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (string name in (string[])["blob", "sparse", "negative", "thin", "ball"])
        {
            (Volume<float> image, Volume<byte> mask, Discretisation bins) = Case(name);
            IbsiSettings settings = new()
            {
                SpacingMm = new(1, 1, 1.5),
                ImageInterpolation = Interpolation.CubicSpline,
                Bins = Discretisation.FixedBinNumber(16),
                VolumeHistogramBins = Discretisation.FixedBinNumber(100),
            };
            foreach (FeatureValue v in (FeatureValue[])[.. PyRadiomicsFeatures.Of(image, mask, bins), .. IbsiFeatures.Of(image, mask, settings)])
                hash.AppendData(BitConverter.GetBytes(v.Value));
        }
        Assert.Equal("3ff348f39e1c32add1109037e83e766b5cd9e9ca231c0d6c", Convert.ToHexStringLower(hash.GetHashAndReset())[..48]);
    }

    private static Dictionary<string, double> Reference(string name)
    {
        using StreamReader reader = new(typeof(PyRadiomicsReferenceTests).Assembly.GetManifestResourceStream("pyradiomics.csv")!);
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(';')).Where(p => p[0] == name)
            .ToDictionary(p => p[1], p => double.Parse(p[2], CultureInfo.InvariantCulture));
    }

    internal static (Volume<float> Image, Volume<byte> Mask, Discretisation Bins) Case(string name)
    {
        (int nx, int ny, int nz, Vector3D spacing, uint seed, Discretisation bins) = name switch
        {
            "blob" => (14, 12, 9, new Vector3D(0.8, 1.1, 2.5), 1u, Discretisation.FixedBinSize(25)),
            "sparse" => (9, 11, 7, new Vector3D(1, 1, 3), 2u, Discretisation.FixedBinNumber(16)),
            "negative" => (10, 8, 12, new Vector3D(2, 1.5, 1), 3u, Discretisation.FixedBinSize(10)),
            "thin" => (16, 13, 1, new Vector3D(1, 1, 5), 4u, Discretisation.FixedBinSize(5)),
            _ => (24, 24, 20, new Vector3D(1, 1, 1.2), 5u, Discretisation.FixedBinSize(8)),
        };
        Geometry grid = new() { SizeX = nx, SizeY = ny, SizeZ = nz, SpacingMm = spacing };
        Volume<float> image = new(grid);
        Volume<byte> mask = new(grid);
        uint state = seed;
        uint Next() => (state = unchecked(state * 1_664_525 + 1_013_904_223)) >> 8;
        for (int z = 0; z < nz; z++)
        {
            for (int y = 0; y < ny; y++)
            {
                for (int x = 0; x < nx; x++)
                {
                    int r = (int)Next(), q = (int)Next();
                    double ex = (2 * x - nx + 1) / (double)nx, ey = (2 * y - ny + 1) / (double)ny, ez = (2 * z - nz + 1) / (double)nz;
                    double d = ex * ex + ey * ey + ez * ez;
                    (double value, bool inside) = name switch
                    {
                        "blob" => (100 + 20 * x + 7 * y * z % 50 + r % 97, d + q % 1000 / 2500.0 <= 0.95),
                        "sparse" => (r % 400, q % 3 == 0),
                        "negative" => ((r % 1600 - 1100) / 8.0, d <= 0.9),
                        "thin" => (r % 60 + x, d <= 0.8),
                        _ => (50 + r % 30 + 3 * z + 2 * (x * y % 11), d <= 0.8),
                    };
                    image[x, y, z] = (float)value;
                    mask[x, y, z] = inside ? (byte)1 : (byte)0;
                }
            }
        }
        return (image, mask, bins);
    }
}
