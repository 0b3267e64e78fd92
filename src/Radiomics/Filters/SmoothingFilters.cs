using HccPipeline.Imaging;

namespace HccPipeline.Radiomics;

/// <summary>Mean and Laplacian-of-Gaussian filters (IBSI 2: S60F, L6PA).</summary>
public static class SmoothingFilters
{
    /// <summary>Mean over a cube of voxels, or a square of each slice.</summary>
    /// <param name="image">Image.</param>
    /// <param name="size">Odd number of voxels along each axis.</param>
    /// <param name="boundary">Continuation beyond the edge.</param>
    /// <param name="planar">Within slices only.</param>
    /// <exception cref="ArgumentOutOfRangeException">The size is not odd and positive.</exception>
    public static Volume<float> Mean(Volume<float> image, int size, Boundary boundary, bool planar = false)
    {
        if (size < 1 || size % 2 == 0)
            throw new ArgumentOutOfRangeException(nameof(size), size, "The size of a mean filter must be odd.");
        Kernel box = Kernel.Centred([.. Enumerable.Repeat(1.0 / size, size)]);
        Geometry g = image.Geometry;
        return SeparableFilter.ToVolume(
            SeparableFilter.Apply(SeparableFilter.Doubles(image), g, box, box, planar ? Kernel.Identity : box, boundary), g);
    }

    /// <summary>Laplacian of Gaussian: bright blobs of radius σ√D give the strongest negative response.</summary>
    /// <param name="image">Image.</param>
    /// <param name="sigmaMm">σ, mm.</param>
    /// <param name="boundary">Continuation beyond the edge.</param>
    /// <param name="planar">Within slices only.</param>
    /// <param name="cutoff">Reach of the kernel in σ.</param>
    /// <remarks>The kernel −(D − |r|²/σ²)/σ² · G(r) is a sum of D separable ones. σ is taken in voxels along each axis and the response, as in
    /// the reference maps, in intensity per voxel².</remarks>
    public static Volume<float> LaplacianOfGaussian(Volume<float> image, double sigmaMm, Boundary boundary, bool planar = false, double cutoff = 4)
    {
        Geometry g = image.Geometry;
        double[] values = SeparableFilter.Doubles(image), response = new double[values.Length];
        (Kernel Plain, Kernel Curved)[] axes = [Gaussian(sigmaMm / g.SpacingMm.X, cutoff), Gaussian(sigmaMm / g.SpacingMm.Y, cutoff), Gaussian(sigmaMm / g.SpacingMm.Z, cutoff)];
        if (planar)
            axes[2] = (Kernel.Identity, Kernel.Identity);
        for (int curved = 0; curved < (planar ? 2 : 3); curved++)
        {
            Kernel Of(int axis) => axis == curved ? axes[axis].Curved : axes[axis].Plain;
            double[] part = SeparableFilter.Apply(values, g, Of(0), Of(1), Of(2), boundary);
            for (int i = 0; i < part.Length; i++)
                response[i] += part[i];
        }
        return SeparableFilter.ToVolume(response, g);
    }

    /// <summary>Gaussian and its second derivative, σ in voxels.</summary>
    private static (Kernel Plain, Kernel Curved) Gaussian(double sigma, double cutoff)
    {
        int reach = (int)Math.Floor(cutoff * sigma + 0.5);
        double[] plain = new double[2 * reach + 1], curved = new double[2 * reach + 1];
        for (int k = -reach; k <= reach; k++)
        {
            double t = k / sigma;
            plain[k + reach] = PortableMath.Exp(-t * t / 2) / (Math.Sqrt(2 * Math.PI) * sigma);
            curved[k + reach] = plain[k + reach] * (t * t - 1) / (sigma * sigma);
        }
        return (Kernel.Centred(plain), Kernel.Centred(curved));
    }
}
