using CsCheck;
using HccPipeline.FeatureWorker.Maps;
using HccPipeline.Imaging;
using Xunit;

namespace HccPipeline.FeatureWorker.Tests.Maps;

public sealed class RegionCutterTests
{
    private static readonly Gen<Volume<byte>> Regions = Gen.Select(Gen.Int[1, 9], Gen.Int[1, 9], Gen.Int[1, 9], Gen.Int[0, 4])
        .SelectMany((x, y, z, sparse) => Gen.Int[0, sparse].Select(v => (byte)(v == 0 ? 1 : 0)).Array[x * y * z]
            .Select(voxels => new Volume<byte>(new Geometry { SizeX = x, SizeY = y, SizeZ = z, SpacingMm = new(1, 1, 1) }, voxels)));

    [Fact]
    public void Cut_AnyRegion_EveryVoxelLiesInOneBoxAndNoBoxIsTooLarge() => Regions.Select(Gen.Int[1, 40]).Sample((region, most) =>
    {
        IReadOnlyList<RegionBox> boxes = RegionCutter.Cut(region, most, _ => true);
        Volume<byte> covered = new(region.Geometry);
        foreach (RegionBox box in boxes)
        {
            Assert.InRange(box.RegionVoxels, 1, most);
            Assert.Equal(box.RegionVoxels, Visit(box.Box).Sum(v => region[v.X, v.Y, v.Z]));
            foreach ((int x, int y, int z) in Visit(box.Box))
                covered[x, y, z]++;
        }
        Assert.All(Enumerable.Range(0, region.Voxels.Length), i => Assert.True(region.Voxels[i] == 0 || covered.Voxels[i] == 1));
    });

    [Fact]
    public void Cut_MemoryBound_IsKept() => Regions.Select(Gen.Int[1, 30]).Sample((region, cells) =>
        Assert.All(RegionCutter.Cut(region, long.MaxValue, box => box.Box.VoxelCount <= cells), box => Assert.InRange(box.Box.VoxelCount, 1, cells)));

    [Fact]
    public void Cut_FullRegion_GivesBoxesOfAboutEqualWork()
    {
        Volume<byte> region = new(new Geometry { SizeX = 40, SizeY = 30, SizeZ = 20, SpacingMm = new(1, 1, 1) });
        region.Voxels.Fill(1);

        IReadOnlyList<RegionBox> boxes = RegionCutter.Cut(region, 2000, _ => true);

        Assert.Equal(24_000, boxes.Sum(b => b.RegionVoxels));
        Assert.InRange(boxes.Min(b => b.RegionVoxels), 1000, 2000);
    }

    [Fact]
    public void Cut_VoxelThatDoesNotFit_SaysWhatToDo()
    {
        Volume<byte> region = new(new Geometry { SizeX = 2, SizeY = 1, SizeZ = 1, SpacingMm = new(1, 1, 1) }, [1, 1]);
        InvalidOperationException refused = Assert.Throws<InvalidOperationException>(() => RegionCutter.Cut(region, 10, _ => false));
        Assert.Contains("MaxBrickMemory", refused.Message, StringComparison.Ordinal);
    }

    private static IEnumerable<(int X, int Y, int Z)> Visit(VoxelBox b) =>
        from z in Enumerable.Range(b.Z, b.SizeZ) from y in Enumerable.Range(b.Y, b.SizeY) from x in Enumerable.Range(b.X, b.SizeX) select (x, y, z);
}
