using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using HccPipeline.Imaging;

namespace HccPipeline.Radiomics.Tests;

/// <summary>Regions at the limits: a documented value or an error that names the cause, never a silent NaN.</summary>
public sealed class EdgeCaseTests
{
    private static readonly Geometry s_grid = new() { SizeX = 8, SizeY = 7, SizeZ = 6, SpacingMm = new(1, 1, 2) };

    private static Volume<float> Ramp(float step) => new(s_grid, [.. Enumerable.Range(0, s_grid.VoxelCount).Select(i => 1 + step * (i * 37 % 101))]);

    private static Volume<byte> Box(int sizeX, int sizeY, int sizeZ)
    {
        Volume<byte> mask = new(s_grid);
        for (int z = 0; z < sizeZ; z++)
        {
            for (int y = 0; y < sizeY; y++)
            {
                for (int x = 0; x < sizeX; x++)
                    mask[x + 1, y + 1, z + 1] = 1;
            }
        }
        return mask;
    }

    private static ExtractionSettings Settings(Convention convention) => new()
    {
        Convention = convention,
        Preparation = new() { Bins = Discretisation.FixedBinNumber(8), Aggregations = Enum.GetValues<Aggregation>() },
    };

    private static string Refusal(Convention convention, Volume<float> image, Volume<byte> mask) =>
        Assert.Throws<RegionException>(() => RegionExtraction.Of(image, mask, Settings(convention))).Message;

    [Theory]
    [InlineData(Convention.Ibsi)]
    [InlineData(Convention.PyRadiomics)]
    public void Extract_EmptyMask_SaysSo(Convention convention) => Assert.Contains("no voxels", Refusal(convention, Ramp(1), new(s_grid)), StringComparison.Ordinal);

    [Theory]
    [InlineData(Convention.Ibsi)]
    [InlineData(Convention.PyRadiomics)]
    public void Extract_OneVoxel_SaysThatItHasNoNeighbour(Convention convention) =>
        Assert.Contains("neighbours", Refusal(convention, Ramp(1), Box(1, 1, 1)), StringComparison.Ordinal);

    [Theory]
    [InlineData(Convention.Ibsi)]
    [InlineData(Convention.PyRadiomics)]
    public void Extract_NanInside_CountsIt(Convention convention)
    {
        Volume<float> image = Ramp(1);
        image[2, 2, 2] = float.NaN;
        image[3, 2, 2] = float.NegativeInfinity;
        Assert.Contains("2 of the region's 27 voxels", Refusal(convention, image, Box(3, 3, 3)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Convention.Ibsi)]
    [InlineData(Convention.PyRadiomics)]
    public void Extract_NanOutside_ChangesNothing(Convention convention)
    {
        Volume<float> image = Ramp(1);
        image[7, 6, 5] = float.NaN;
        Assert.All(RegionExtraction.Of(image, Box(3, 3, 3), Settings(convention)), v => Assert.True(double.IsFinite(v.Value), v.Name));
    }

    [Theory]
    [InlineData(Convention.Ibsi, 2, 1, 1)]
    [InlineData(Convention.PyRadiomics, 2, 1, 1)]
    [InlineData(Convention.Ibsi, 5, 5, 1)]
    [InlineData(Convention.PyRadiomics, 5, 5, 1)]
    [InlineData(Convention.PyRadiomics, 1, 1, 2)]
    [InlineData(Convention.PyRadiomics, 1, 4, 3)]
    public void Extract_ThinMask_IsFiniteThroughout(Convention convention, int sizeX, int sizeY, int sizeZ)
    {
        foreach (Volume<float> image in (Volume<float>[])[Ramp(1), Ramp(0.01f), Ramp(0)])
            Assert.All(RegionExtraction.Of(image, Box(sizeX, sizeY, sizeZ), Settings(convention)), v => Assert.True(double.IsFinite(v.Value), v.Name));
    }

    [Theory]
    [InlineData(Convention.Ibsi)]
    [InlineData(Convention.PyRadiomics)]
    public void Extract_MaskElsewhere_IsRefused(Convention convention)
    {
        Volume<byte> elsewhere = new(s_grid with { Origin = new(500, 0, 0) });
        Assert.Contains("elsewhere", Assert.Throws<ArgumentException>(() => RegionExtraction.Of(Ramp(1), elsewhere, Settings(convention))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Convention.Ibsi)]
    [InlineData(Convention.PyRadiomics)]
    public void Extract_SixteenMillionLevels_SaysHowMany(Convention convention)
    {
        ExtractionSettings settings = Settings(convention) with { Preparation = new() { Bins = Discretisation.FixedBinSize(1) } };
        RegionException e = Assert.Throws<RegionException>(() => RegionExtraction.Of(Ramp(160_000), Box(5, 5, 4), settings));
        Assert.Contains("grey levels, more than 65535", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Extract_NiftiAndNrrd_GiveTheSameBits()
    {
        Volume<float> image = Ramp(0.3f);
        using MemoryStream nifti = new();
        Nifti.Write(nifti, image);
        nifti.Position = 0;
        string header = string.Create(CultureInfo.InvariantCulture,
            $"NRRD0004\ntype: float\ndimension: 3\nspace: LPS\nsizes: 8 7 6\nspace directions: (1,0,0) (0,1,0) (0,0,2)\nspace origin: (0,0,0)\nendian: little\nencoding: raw\n\n");
        using MemoryStream nrrd = new([.. Encoding.ASCII.GetBytes(header), .. MemoryMarshal.AsBytes(image.Voxels)]);
        Volume<byte> mask = Box(5, 4, 3);
        IReadOnlyList<FeatureValue> direct = RegionExtraction.Of(image, mask, Settings(Convention.Ibsi));
        Assert.Equal(direct, RegionExtraction.Of(Nifti.Read(nifti), mask, Settings(Convention.Ibsi)));
        Assert.Equal(direct, RegionExtraction.Of(Nrrd.Read(nrrd), mask, Settings(Convention.Ibsi)));
    }
}
