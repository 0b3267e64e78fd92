using HccPipeline.Imaging;

namespace HccPipeline.Radiomics;

/// <summary>IBSI's local intensity family (9ST6): peaks as means over a sphere of 1 cm³ in the image, in and outside the region.</summary>
internal static class LocalIntensity
{
    /// <summary>Radius of a sphere of 1000 mm³.</summary>
    private static readonly double s_radiusMm = PortableMath.Cbrt(750 / Math.PI);

    /// <summary>Local peak (around the brightest voxel; of several, the highest peak) and global peak (the highest of all).</summary>
    /// <exception cref="RegionException">The region is empty or not finite.</exception>
    internal static double[] Features(Volume<float> image, Volume<byte> region)
    {
        (_, float max) = IntensityRange.Of(Mask.Gather(image, region));
        Geometry g = image.Geometry;
        (int X, int Y, int Z)[] sphere = [.. Sphere(g.SpacingMm)];
        double local = double.NegativeInfinity, global = double.NegativeInfinity;
        VoxelBox box = Mask.BoundingBox(region);
        for (int z = box.Z; z < box.Z + box.SizeZ; z++)
        {
            for (int y = box.Y; y < box.Y + box.SizeY; y++)
            {
                for (int x = box.X; x < box.X + box.SizeX; x++)
                {
                    if (region[x, y, z] == 0)
                        continue;
                    double peak = MeanAround(image, x, y, z, sphere);
                    global = Math.Max(global, peak);
                    if (image[x, y, z] == max)
                        local = Math.Max(local, peak);
                }
            }
        }
        return [local, global];
    }

    private static double MeanAround(Volume<float> image, int x, int y, int z, (int X, int Y, int Z)[] sphere)
    {
        Geometry g = image.Geometry;
        ReadOnlySpan<float> voxels = image.Voxels;
        double sum = 0;
        int n = 0;
        foreach ((int dx, int dy, int dz) in sphere)
        {
            int px = x + dx, py = y + dy, pz = z + dz;
            if ((uint)px >= (uint)g.SizeX || (uint)py >= (uint)g.SizeY || (uint)pz >= (uint)g.SizeZ)
                continue;
            float v = voxels[g.IndexOf(px, py, pz)];
            if (!float.IsFinite(v))
                continue;
            sum += v;
            n++;
        }
        return sum / n;
    }

    private static IEnumerable<(int X, int Y, int Z)> Sphere(Vector3D spacing)
    {
        int rx = (int)(s_radiusMm / spacing.X), ry = (int)(s_radiusMm / spacing.Y), rz = (int)(s_radiusMm / spacing.Z);
        for (int z = -rz; z <= rz; z++)
        {
            for (int y = -ry; y <= ry; y++)
            {
                for (int x = -rx; x <= rx; x++)
                {
                    if (new Vector3D(x * spacing.X, y * spacing.Y, z * spacing.Z).Length <= s_radiusMm)
                        yield return (x, y, z);
                }
            }
        }
    }
}
