using System.Numerics;
using HccPipeline.Imaging;

namespace HccPipeline.Radiomics;

/// <summary>Moran's I (IBSI N365) and Geary's C (NPT7) of a region's intensities, weights 1/distance between voxel centres.</summary>
/// <remarks>All pairs at once: both sums are convolutions with 1/distance, done by Fourier transform, with the mask and the deviations as real
/// and imaginary part of one array. O(n log n) in the box instead of O(n²) in its voxels.</remarks>
internal static class SpatialAutocorrelation
{
    /// <summary>Most cells of the padded box: four arrays of 2 GiB.</summary>
    private const long MaxCells = 1L << 28;

    /// <summary>Moran's I and Geary's C; 0 and 1, their values without any correlation, for one voxel or a constant region.</summary>
    internal static (double MoranI, double GearyC) Of(Volume<float> image, Volume<byte> region)
    {
        float[] values = Mask.Gather(image, region);
        (float min, float max) = IntensityRange.Of(values);
        if (min == max)
            return (0, 1);
        double mean = FixedOrderSums.OfPowers(values).Sum / values.Length;
        VoxelBox box = Mask.BoundingBox(region);
        int sx = Padded(box.SizeX), sy = Padded(box.SizeY), sz = Padded(box.SizeZ);
        if ((long)sx * sy * sz > MaxCells)
        {
            throw new RegionException(
                $"The region's box of {box.SizeX}×{box.SizeY}×{box.SizeZ} voxels is too large for Moran's I and Geary's C; interpolate to larger voxels.");
        }
        double[] re = new double[sx * sy * sz], im = new double[re.Length];
        (int At, double Deviation)[] voxels = new (int, double)[values.Length];
        int n = 0;
        for (int z = 0; z < box.SizeZ; z++)
        {
            for (int y = 0; y < box.SizeY; y++)
            {
                for (int x = 0; x < box.SizeX; x++)
                {
                    if (region[box.X + x, box.Y + y, box.Z + z] == 0)
                        continue;
                    int at = (z * sy + y) * sx + x;
                    voxels[n] = (at, values[n] - mean);
                    (re[at], im[at]) = (1, voxels[n].Deviation);
                    n++;
                }
            }
        }
        Convolve(re, im, sx, sy, sz, box, region.Geometry.SpacingMm);
        double weights = 0, products = 0, squares = 0, weightedSquares = 0;
        foreach ((int at, double d) in voxels)
        {
            weights += re[at];
            products += d * im[at];
            squares += d * d;
            weightedSquares += d * d * re[at];
        }
        // Σ w (x_i − x_j)² = 2 Σ_i d_i² Σ_j w_ij − 2 Σ w d_i d_j
        return (n / weights * products / squares, (n - 1) / weights * (weightedSquares - products) / squares);
    }

    private static int Padded(int size) => (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(1, 2 * size - 1));

    private static void Convolve(double[] re, double[] im, int sx, int sy, int sz, VoxelBox box, Vector3D spacing)
    {
        double[] kernel = new double[re.Length], zero = new double[re.Length];
        for (int z = 1 - box.SizeZ; z < box.SizeZ; z++)
        {
            for (int y = 1 - box.SizeY; y < box.SizeY; y++)
            {
                for (int x = 1 - box.SizeX; x < box.SizeX; x++)
                {
                    if ((x | y | z) == 0)
                        continue;
                    int at = (((z + sz) % sz) * sy + (y + sy) % sy) * sx + (x + sx) % sx;
                    kernel[at] = 1 / new Vector3D(x * spacing.X, y * spacing.Y, z * spacing.Z).Length;
                }
            }
        }
        FourierTransform.InSpace(kernel, zero, sx, sy, sz, inverse: false);
        FourierTransform.InSpace(re, im, sx, sy, sz, inverse: false);
        // The kernel is even, so that its transform is real.
        for (int i = 0; i < re.Length; i++)
        {
            re[i] *= kernel[i] / re.Length;
            im[i] *= kernel[i] / re.Length;
        }
        FourierTransform.InSpace(re, im, sx, sy, sz, inverse: true);
    }
}
