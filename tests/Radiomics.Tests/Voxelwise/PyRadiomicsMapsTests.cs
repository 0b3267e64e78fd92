using System.Globalization;
using HccPipeline.Imaging;
using HccPipeline.Radiomics.Voxelwise;

namespace HccPipeline.Radiomics.Tests.Voxelwise;

/// <summary>Values that PyRadiomics itself (June 2025 sources, C extensions, one voxel a batch) gave for all 93 maps at twelve voxels of a made-up
/// case, for five kinds of kernel: the same to 1e-6 relative.</summary>
public sealed class PyRadiomicsMapsTests
{
    [Theory]
    [InlineData("masked")]
    [InlineData("unmasked")]
    [InlineData("radius2")]
    [InlineData("radius3")]
    [InlineData("flat")]
    public void OfRegion_MadeUpCase_EqualsPyRadiomics(string name)
    {
        (Volume<float> image, Volume<byte> mask, Discretisation width25) = PyRadiomicsReferenceTests.Case("blob");
        VoxelMapSettings settings = name switch
        {
            "masked" => new() { Bins = width25 },
            "unmasked" => new() { Bins = width25, MaskedKernel = false },
            "radius2" => new() { KernelRadius = 2, Bins = Discretisation.FixedBinNumber(12) },
            "radius3" => new() { KernelRadius = 3, Bins = Discretisation.FixedBinSize(10) },
            _ => new() { KernelRadius = 2, Bins = width25, FlatAxis = Axis.Z },
        };
        VoxelMapSet maps = VoxelMaps.OfRegion(image, mask, settings, 1, TestContext.Current.CancellationToken);
        List<string> wrong = [];
        int voxels = 0;
        (string[] names, List<string[]> rows) = Reference(name);
        foreach (string[] row in rows)
        {
            voxels++;
            int x = Whole(row[1]) - maps.Core.X, y = Whole(row[2]) - maps.Core.Y, z = Whole(row[3]) - maps.Core.Z;
            for (int k = 0; k < names.Length; k++)
            {
                double expected = double.Parse(row[k + 4], CultureInfo.InvariantCulture);
                double ours = maps.Of(names[k])[(z * maps.Core.SizeY + y) * maps.Core.SizeX + x];
                if (!(Math.Abs(ours - expected) <= 1e-6 * Math.Max(1e-3, Math.Abs(expected))))
                    wrong.Add($"{names[k]} at ({row[1]}, {row[2]}, {row[3]}): ours {ours:R}, PyRadiomics {expected:R}");
            }
        }
        Assert.Equal((93, 12), (names.Length, voxels));
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    private static (string[] Names, List<string[]> Rows) Reference(string name)
    {
        using StreamReader reader = new(typeof(PyRadiomicsMapsTests).Assembly.GetManifestResourceStream("pyradiomics-maps.csv")!);
        string[][] table = [.. reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(';'))];
        return (table[0][4..], [.. table.Where(row => row[0] == name)]);
    }

    private static int Whole(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
