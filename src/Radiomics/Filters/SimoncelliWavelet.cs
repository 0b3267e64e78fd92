using HccPipeline.Imaging;

namespace HccPipeline.Radiomics;

/// <summary>Band-pass maps of Simoncelli's non-separable wavelet (IBSI 2: PRT7), computed in frequency; the image continues periodically.</summary>
public static class SimoncelliWavelet
{
    /// <summary>Band-pass response of a level: cos(π/2 · log₂(2 ν/π)) for ν in (π/4, π], ν = 2^(level − 1)·|ω|.</summary>
    /// <param name="image">Image; each size a power of 2.</param>
    /// <param name="level">Decomposition level, 1 or more.</param>
    /// <exception cref="ArgumentException">A size is not a power of 2.</exception>
    public static Volume<float> BandPass(Volume<float> image, int level)
    {
        Geometry g = image.Geometry;
        if (!int.IsPow2(g.SizeX) || !int.IsPow2(g.SizeY) || !int.IsPow2(g.SizeZ))
            throw new ArgumentException($"The image has {g.SizeX}×{g.SizeY}×{g.SizeZ} voxels; Simoncelli's wavelet is computed for powers of 2.", nameof(image));
        double[] re = SeparableFilter.Doubles(image), im = new double[re.Length];
        FourierTransform.InSpace(re, im, g.SizeX, g.SizeY, g.SizeZ, inverse: false);
        double scale = 1 << (level - 1);
        for (int z = 0; z < g.SizeZ; z++)
        {
            for (int y = 0; y < g.SizeY; y++)
            {
                for (int x = 0; x < g.SizeX; x++)
                {
                    // In units of π: 1 is the highest frequency of an axis.
                    double v = scale * new Vector3D(Frequency(x, g.SizeX), Frequency(y, g.SizeY), Frequency(z, g.SizeZ)).Length;
                    double gain = v > 0.25 && v <= 1 ? PortableMath.SinCos(PortableMath.Log2(2 * v) / 4).Cos : 0;
                    int at = g.IndexOf(x, y, z);
                    re[at] *= gain / re.Length;
                    im[at] *= gain / im.Length;
                }
            }
        }
        FourierTransform.InSpace(re, im, g.SizeX, g.SizeY, g.SizeZ, inverse: true);
        return SeparableFilter.ToVolume(re, g);
    }

    /// <summary>The reference maps' axis of frequencies: n places from −1 to 1, without one at 0 where n is even.</summary>
    private static double Frequency(int k, int n) => n == 1 ? 0 : ((k + n / 2) % n - (n - 1) / 2.0) / ((n - 1) / 2.0);
}
