using HccPipeline.Imaging;

namespace HccPipeline.Radiomics;

/// <summary>Laplacian of Gaussian by recursive filters of fourth order along each axis, whose cost does not grow with σ.</summary>
/// <remarks>Deriche, INRIA Research Report 1893 (1993), with the fit of Farnebäck and Westin, Journal of Mathematical Imaging and Vision 26
/// (2006), and the normalisation of ITK's LaplacianRecursiveGaussianImageFilter, which PyRadiomics takes: σ in mm along each axis, times σ²,
/// so that responses of different σ compare. Like there, lines are filtered in double and kept in single precision between the axes, and the
/// image continues by its last voxel.</remarks>
public static class RecursiveGaussian
{
    /// <summary>Voxels that every axis must have.</summary>
    public const int FewestVoxels = 4;

    /// <summary>Why a grid is too small; null when it is not: four voxels along each axis, and ⌈σ⌉ + 1 with σ in voxels (PyRadiomics' rule).</summary>
    /// <param name="grid">Grid of the image.</param>
    /// <param name="sigmaMm">σ, mm.</param>
    public static string? TooSmall(Geometry grid, double sigmaMm)
    {
        foreach ((char axis, int size, double spacing) in
            new[] { ('x', grid.SizeX, grid.SpacingMm.X), ('y', grid.SizeY, grid.SpacingMm.Y), ('z', grid.SizeZ, grid.SpacingMm.Z) })
        {
            double needed = Math.Max(FewestVoxels, Math.Ceiling(sigmaMm / spacing) + 1);
            if (size < needed)
                return $"a recursive Laplacian of Gaussian of σ {sigmaMm} mm needs {needed} voxels along {axis}; the image has {size}";
        }
        return null;
    }

    /// <summary>σ² times the Laplacian of the image smoothed by σ, intensity.</summary>
    /// <param name="image">Image.</param>
    /// <param name="sigmaMm">σ, mm.</param>
    /// <exception cref="RegionException">The image is too small.</exception>
    public static Volume<float> Laplacian(Volume<float> image, double sigmaMm)
    {
        Geometry g = image.Geometry;
        if (TooSmall(g, sigmaMm) is { } why)
            throw new RegionException($"The image is too small: {why}.");
        double[] spacing = [g.SpacingMm.X, g.SpacingMm.Y, g.SpacingMm.Z];
        Volume<float> sum = new(g);
        for (int axis = 0; axis < 3; axis++)
        {
            Volume<float> part = Along(image, axis, RecursiveKernel.SecondDerivative(sigmaMm / spacing[axis], sigmaMm * sigmaMm));
            foreach (int other in Enumerable.Range(0, 3).Where(a => a != axis))
                part = Along(part, other, RecursiveKernel.Smoothing(sigmaMm / spacing[other]));
            double perSquareMm = 1 / (spacing[axis] * spacing[axis]);
            for (int i = 0; i < sum.Voxels.Length; i++)
                sum.Voxels[i] = (float)(sum.Voxels[i] + part.Voxels[i] * perSquareMm);
        }
        return sum;
    }

    private static Volume<float> Along(Volume<float> image, int axis, RecursiveKernel kernel)
    {
        Geometry g = image.Geometry;
        int n = axis == 0 ? g.SizeX : axis == 1 ? g.SizeY : g.SizeZ;
        int stride = axis == 0 ? 1 : axis == 1 ? g.SizeX : g.SizeX * g.SizeY;
        Volume<float> result = new(g);
        double[] line = new double[n], filtered = new double[n], back = new double[n];
        for (int start = 0; start < g.VoxelCount; start++)
        {
            if (start / stride % n != 0)
                continue;
            for (int i = 0; i < n; i++)
                line[i] = image.Voxels[start + i * stride];
            kernel.Filter(line, filtered, back);
            for (int i = 0; i < n; i++)
                result.Voxels[start + i * stride] = (float)filtered[i];
        }
        return result;
    }
}
