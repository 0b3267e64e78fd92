using CsCheck;
using HccPipeline.Imaging.Zarr;

namespace HccPipeline.Imaging.Tests.Zarr;

public sealed class ZarrChunkCopyTests
{
    private const float Outside = -1;

    [Fact]
    public void Take_EdgeChunk_LeavesWhatLiesOutside()
    {
        Volume<float> volume = Numbered(5, 3, 2);
        ZarrArray array = ZarrArray.Of(volume.Geometry, new(4, 2, 2), Outside);
        float[] voxels = new float[16];
        Array.Fill(voxels, Outside);

        ZarrChunkCopy.Take(array, new(1, 1, 0), volume, voxels);

        Assert.Equal([14, -1, -1, -1, -1, -1, -1, -1, 29, -1, -1, -1, -1, -1, -1, -1], voxels);
    }

    [Fact]
    public void Chunks_OfAnArray_AreNamedByTheirIndexZYX()
    {
        ZarrArray array = ZarrArray.Of(Numbered(5, 3, 2).Geometry, new(4, 2, 2), 0f);

        Assert.Equal(["c/0/0/0", "c/0/0/1", "c/0/1/0", "c/0/1/1"], array.Chunks().Select(c => c.Key));
        Assert.Equal(new VoxelBox(4, 2, 0, 1, 1, 2), array.BoxOf(new(1, 1, 0)));
    }

    [Fact]
    public void TakeAndPut_AnyBoxOfAnyArray_GiveTheVoxelsOfTheBox()
    {
        Gen<(int Size, int Chunk, int From, int To)> axis =
            from size in Gen.Int[1, 9] from chunk in Gen.Int[1, 5] from first in Gen.Int[0, size - 1] from last in Gen.Int[first, size - 1] select (size, chunk, first, last);
        Gen.Select(axis, axis, axis).Sample(
            (x, y, z) =>
            {
                Volume<float> volume = Numbered(x.Size, y.Size, z.Size);
                ZarrArray array = ZarrArray.Of(volume.Geometry, new(x.Chunk, y.Chunk, z.Chunk), Outside);
                VoxelBox box = new(x.From, y.From, z.From, x.To - x.From + 1, y.To - y.From + 1, z.To - z.From + 1);
                Volume<float> part = new(volume.Geometry with { SizeX = box.SizeX, SizeY = box.SizeY, SizeZ = box.SizeZ });
                float[] voxels = new float[array.ChunkShape.VoxelCount];
                foreach (ZarrChunk chunk in array.ChunksOf(box))
                {
                    Array.Fill(voxels, Outside);
                    ZarrChunkCopy.Take(array, chunk, volume, voxels);
                    ZarrChunkCopy.Put(array, chunk, voxels, box, part);
                }
                for (int k = 0; k < box.SizeZ; k++)
                {
                    for (int j = 0; j < box.SizeY; j++)
                    {
                        for (int i = 0; i < box.SizeX; i++)
                            Assert.Equal(volume[box.X + i, box.Y + j, box.Z + k], part[i, j, k]);
                    }
                }
            },
            seed: "0000000000000", iter: 500, threads: 1);
    }

    [Theory]
    [InlineData(0, 0, 0, 0, 1, 1)]
    [InlineData(-1, 0, 0, 1, 1, 1)]
    [InlineData(0, 0, 0, 6, 1, 1)]
    [InlineData(0, 2, 0, 1, 2, 1)]
    [InlineData(0, 0, 1, 1, 1, int.MaxValue)]
    public void ChunksOf_BoxOutside_IsRefused(int x, int y, int z, int sizeX, int sizeY, int sizeZ) => Assert.Throws<ArgumentOutOfRangeException>(
        () => ZarrArray.Of(Numbered(5, 3, 2).Geometry, new(4, 2, 2), 0f).ChunksOf(new(x, y, z, sizeX, sizeY, sizeZ)));

    private static Volume<float> Numbered(int x, int y, int z)
    {
        Volume<float> volume = new(new Geometry { SizeX = x, SizeY = y, SizeZ = z, SpacingMm = new(1, 1, 1) });
        for (int i = 0; i < volume.Voxels.Length; i++)
            volume.Voxels[i] = i;
        return volume;
    }
}
