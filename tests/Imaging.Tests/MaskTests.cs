namespace HccPipeline.Imaging.Tests;

public sealed class MaskTests
{
    private static readonly Geometry s_grid = new() { SizeX = 5, SizeY = 4, SizeZ = 3, SpacingMm = new(1, 1, 2) };

    [Fact]
    public void BoundingBox_TwoVoxels_HoldsBoth()
    {
        Volume<byte> mask = new(s_grid);
        mask[1, 3, 0] = 1;
        mask[3, 1, 2] = 255;
        Assert.Equal(new VoxelBox(1, 1, 0, 3, 3, 3), Mask.BoundingBox(mask));
        Assert.Equal(2, Mask.Count(mask));
        Assert.Equal(new VoxelBox(0, 0, 0, 5, 4, 3), Mask.BoundingBox(mask).Grow(1, s_grid));
    }

    [Fact]
    public void BoundingBox_Empty_IsEmpty() => Assert.True(Mask.BoundingBox(new Volume<byte>(s_grid)).IsEmpty);

    [Fact]
    public void Gather_EveryPattern_IsStorageOrder()
    {
        Random random = new(3);
        Volume<float> image = new(s_grid, [.. Enumerable.Range(0, 60).Select(i => (float)i)]);
        for (int density = 0; density <= 4; density++)
        {
            Volume<byte> mask = new(s_grid, [.. Enumerable.Range(0, 60).Select(_ => (byte)(random.Next(4) < density ? 1 : 0))]);
            byte[] inside = mask.Voxels.ToArray();
            Assert.Equal(Enumerable.Range(0, 60).Where(i => inside[i] != 0).Select(i => (float)i), Mask.Gather(image, mask));
        }
    }

    [Fact]
    public void Gather_ShiftedGrid_IsRefused()
    {
        Volume<byte> mask = new(s_grid with { Origin = new(0, 0, 0.5) });
        Assert.Throws<ArgumentException>(() => Mask.Gather(new Volume<float>(s_grid), mask));
    }

    [Fact]
    public void OfLabel_TakesOneOrAll()
    {
        Volume<float> labels = new(s_grid);
        labels[0, 0, 0] = 1;
        labels[1, 0, 0] = 2;
        Assert.Equal(1, Mask.Count(Mask.OfLabel(labels, 2)));
        Assert.Equal(2, Mask.Count(Mask.OfLabel(labels)));
    }
}
