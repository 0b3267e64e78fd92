using HccPipeline.Imaging;

namespace HccPipeline.Radiomics.Tests.Voxelwise;

/// <summary>Made-up images for voxel maps.</summary>
internal static class Cases
{
    /// <summary>Noise on a slope, and a region with holes that touches the image's borders.</summary>
    /// <param name="nx">Size.</param>
    /// <param name="ny">Size.</param>
    /// <param name="nz">Size.</param>
    /// <param name="noise">Range of the noise: 25 is one level.</param>
    /// <param name="share">Share of voxels inside.</param>
    /// <param name="seed">Seed.</param>
    internal static (Volume<float> Image, Volume<byte> Mask) Noisy(int nx, int ny, int nz, double noise, double share, int seed)
    {
        Volume<float> image = new(new() { SizeX = nx, SizeY = ny, SizeZ = nz, SpacingMm = new(0.9, 1.1, 2.5) });
        Volume<byte> mask = new(image.Geometry);
        Random random = new(seed);
        for (int i = 0; i < image.Geometry.VoxelCount; i++)
        {
            image.Voxels[i] = (float)(random.NextDouble() * noise - 40 + i % nx * 4);
            mask.Voxels[i] = random.NextDouble() < share ? (byte)1 : (byte)0;
        }
        return (image, mask);
    }
}
