using HccPipeline.Imaging;

namespace HccPipeline.Radiomics;

/// <summary>Magnitude of the gradient, intensity per mm, as PyRadiomics has it.</summary>
public static class GradientFilter
{
    /// <summary>Central differences over the spacing; beyond its edge the image continues by its last voxel.</summary>
    /// <param name="image">Image.</param>
    /// <param name="perVoxel">Whether differences are between voxels instead of per mm.</param>
    public static Volume<float> Apply(Volume<float> image, bool perVoxel = false)
    {
        Geometry g = image.Geometry;
        Vector3D step = perVoxel ? new(1, 1, 1) : g.SpacingMm;
        Volume<float> result = new(g);
        for (int z = 0; z < g.SizeZ; z++)
        {
            for (int y = 0; y < g.SizeY; y++)
            {
                for (int x = 0; x < g.SizeX; x++)
                {
                    double dx = image[Math.Min(x + 1, g.SizeX - 1), y, z] - (double)image[Math.Max(x - 1, 0), y, z];
                    double dy = image[x, Math.Min(y + 1, g.SizeY - 1), z] - (double)image[x, Math.Max(y - 1, 0), z];
                    double dz = image[x, y, Math.Min(z + 1, g.SizeZ - 1)] - (double)image[x, y, Math.Max(z - 1, 0)];
                    result[x, y, z] = (float)(new Vector3D(dx / step.X, dy / step.Y, dz / step.Z).Length / 2);
                }
            }
        }
        return result;
    }
}
