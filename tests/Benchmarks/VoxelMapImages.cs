using HccPipeline.Imaging;

namespace HccPipeline.Benchmarks;

/// <summary>Made-up images for voxel maps: a slow wave with noise, about fifty grey levels of width 25, an ellipsoid as region.</summary>
internal static class VoxelMapImages
{
    /// <summary>As many voxels as PyRadiomics' test case brain1.</summary>
    internal static (Volume<float> Image, Volume<byte> Mask) Lesion() => Ellipsoid(40, 40, 24, 4_137);

    /// <summary>A liver of a million voxels in the volume of an abdominal series.</summary>
    internal static (Volume<float> Image, Volume<byte> Mask) Liver() => Ellipsoid(320, 260, 72, 1_000_000);

    /// <summary>A region of somewhat less than half of its volume.</summary>
    /// <param name="voxels">Voxels of the region.</param>
    /// <param name="seed">Of the noise: another seed, another image.</param>
    internal static (Volume<float> Image, Volume<byte> Mask) Region(int voxels, int seed)
    {
        int side = (int)Math.Ceiling(Math.Cbrt(2.4 * voxels));   // the ellipsoid that touches the sides of a cube has 0.52 of it
        return Ellipsoid(side, side, side, voxels, seed);
    }

    /// <summary>Boxes of at most the given size that cover a box.</summary>
    internal static IEnumerable<VoxelBox> Bricks(VoxelBox box, int sizeX, int sizeY, int sizeZ)
    {
        for (int z = 0; z < box.SizeZ; z += sizeZ)
        {
            for (int y = 0; y < box.SizeY; y += sizeY)
            {
                for (int x = 0; x < box.SizeX; x += sizeX)
                {
                    yield return new(
                        box.X + x, box.Y + y, box.Z + z,
                        Math.Min(sizeX, box.SizeX - x), Math.Min(sizeY, box.SizeY - y), Math.Min(sizeZ, box.SizeZ - z));
                }
            }
        }
    }

    private static (Volume<float> Image, Volume<byte> Mask) Ellipsoid(int nx, int ny, int nz, int voxels, int seed = 1)
    {
        Volume<float> image = new(new() { SizeX = nx, SizeY = ny, SizeZ = nz, SpacingMm = new(1.2, 1.2, 3) });
        Volume<byte> mask = new(image.Geometry);
        Random random = new(seed);
        double[] distance = new double[image.Geometry.VoxelCount];
        for (int z = 0; z < nz; z++)
        {
            for (int y = 0; y < ny; y++)
            {
                for (int x = 0; x < nx; x++)
                {
                    double u = (x - nx / 2) / (double)nx, v = (y - ny / 2) / (double)ny, w = (z - nz / 2) / (double)nz;
                    int at = image.Geometry.IndexOf(x, y, z);
                    distance[at] = u * u + v * v + w * w;
                    double wave = 250 * Math.Sin(x / 9.0) * Math.Cos(y / 7.0) * Math.Sin(z / 3.0);
                    image.Voxels[at] = (float)(900 + wave + 500 * (random.NextDouble() + random.NextDouble() + random.NextDouble() - 1.5));
                }
            }
        }
        double[] sorted = [.. distance];
        Array.Sort(sorted);
        double reach = sorted[voxels - 1];
        // Of cells at the same distance the first in storage order.
        int inside = 0;
        for (int at = 0; at < distance.Length && inside < voxels; at++)
        {
            if (distance[at] >= reach)
                continue;
            mask.Voxels[at] = 1;
            inside++;
        }
        for (int at = 0; at < distance.Length && inside < voxels; at++)
        {
            if (distance[at] != reach)
                continue;
            mask.Voxels[at] = 1;
            inside++;
        }
        return (image, mask);
    }
}
