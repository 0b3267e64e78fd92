using System.Numerics;
using HccPipeline.Imaging;

namespace HccPipeline.Radiomics;

/// <summary>Choices of a Gabor filter.</summary>
public sealed record GaborSettings
{
    /// <summary>σ of the envelope across the waves, mm.</summary>
    public required double SigmaMm { get; init; }

    /// <summary>Wavelength, mm.</summary>
    public required double WavelengthMm { get; init; }

    /// <summary>γ: along the waves the envelope has σ/γ.</summary>
    public double AspectRatio { get; init; } = 1;

    /// <summary>First orientation of the wave vector, in turns.</summary>
    public double OrientationTurns { get; init; }

    /// <summary>Number of orientations, evenly over half a turn, whose responses are averaged (the other half gives the same moduli).</summary>
    public int Orientations { get; init; } = 1;

    /// <summary>Whether responses in the three families of orthogonal planes are averaged; else slices alone are filtered.</summary>
    public bool OrthogonalPlanes { get; init; }
}

/// <summary>Modulus of the response to Gabor kernels within planes (IBSI 2: Q88H).</summary>
public static class GaborFilter
{
    /// <summary>Reach of the kernel in its larger σ.</summary>
    private const double Cutoff = 7;

    /// <summary>Filters plane by plane; voxels must be square in the planes used.</summary>
    /// <exception cref="ArgumentException">The spacing differs within a plane.</exception>
    public static Volume<float> Apply(Volume<float> image, GaborSettings settings, Boundary boundary)
    {
        Geometry g = image.Geometry;
        double[] sum = new double[g.VoxelCount];
        (int Size, int Stride, double Mm) x = (g.SizeX, 1, g.SpacingMm.X), y = (g.SizeY, g.SizeX, g.SpacingMm.Y);
        (int Size, int Stride, double Mm) z = (g.SizeZ, g.SizeX * g.SizeY, g.SpacingMm.Z);
        AddPlanes(image, x, y, z, settings, boundary, sum);
        if (settings.OrthogonalPlanes)
        {
            AddPlanes(image, x, z, y, settings, boundary, sum);
            AddPlanes(image, y, z, x, settings, boundary, sum);
        }
        double responses = settings.Orientations * (settings.OrthogonalPlanes ? 3 : 1);
        for (int i = 0; i < sum.Length; i++)
            sum[i] /= responses;
        return SeparableFilter.ToVolume(sum, g);
    }

    private static void AddPlanes(
        Volume<float> image, (int Size, int Stride, double Mm) u, (int Size, int Stride, double Mm) v, (int Size, int Stride, double Mm) across,
        GaborSettings settings, Boundary boundary, double[] sum)
    {
        if (Math.Abs(u.Mm - v.Mm) > 1e-6 * u.Mm)
            throw new ArgumentException($"A Gabor filter needs square voxels in its planes; these are {u.Mm} × {v.Mm} mm.", nameof(image));
        double sigma = settings.SigmaMm / u.Mm;
        int reach = (int)Math.Ceiling(Cutoff * sigma * Math.Max(1, 1 / settings.AspectRatio));
        // Without a continuation lags beyond the image meet nothing but zeros.
        int reachU = boundary == Boundary.Zero ? Math.Min(reach, u.Size - 1) : reach, reachV = boundary == Boundary.Zero ? Math.Min(reach, v.Size - 1) : reach;
        int padU = boundary == Boundary.Zero ? 0 : reachU, padV = boundary == Boundary.Zero ? 0 : reachV;
        int n = (int)BitOperations.RoundUpToPowerOf2((uint)(u.Size + padU + reachU)), m = (int)BitOperations.RoundUpToPowerOf2((uint)(v.Size + padV + reachV));
        (double[] Re, double[] Im)[] kernels =
            [.. Enumerable.Range(0, settings.Orientations).Select(k => KernelSpectrum(settings, sigma, settings.WavelengthMm / u.Mm, k, n, m, reachU, reachV))];
        double[] re = new double[n * m], im = new double[n * m], outRe = new double[n * m], outIm = new double[n * m];
        for (int plane = 0; plane < across.Size; plane++)
        {
            Fill(image, u, v, plane * across.Stride, padU, padV, boundary, re, n);
            Array.Clear(im);
            FourierTransform.InSpace(re, im, n, m, 1, inverse: false);
            foreach ((double[] kRe, double[] kIm) in kernels)
            {
                for (int i = 0; i < re.Length; i++)
                    (outRe[i], outIm[i]) = ((re[i] * kRe[i] - im[i] * kIm[i]) / re.Length, (re[i] * kIm[i] + im[i] * kRe[i]) / re.Length);
                FourierTransform.InSpace(outRe, outIm, n, m, 1, inverse: true);
                for (int b = 0; b < v.Size; b++)
                {
                    for (int a = 0; a < u.Size; a++)
                    {
                        int at = (b + padV) * n + a + padU;
                        sum[plane * across.Stride + b * v.Stride + a * u.Stride] += Math.Sqrt(outRe[at] * outRe[at] + outIm[at] * outIm[at]);
                    }
                }
            }
        }
    }

    private static void Fill(
        Volume<float> image, (int Size, int Stride, double Mm) u, (int Size, int Stride, double Mm) v, int start, int padU, int padV, Boundary boundary,
        double[] re, int n)
    {
        Array.Clear(re);
        for (int b = 0; b < v.Size + 2 * padV; b++)
        {
            int fromV = Boundaries.Index(b - padV, v.Size, boundary);
            for (int a = 0; a < u.Size + 2 * padU && fromV >= 0; a++)
            {
                int fromU = Boundaries.Index(a - padU, u.Size, boundary);
                if (fromU >= 0)
                    re[b * n + a] = image.Voxels[start + fromV * v.Stride + fromU * u.Stride];
            }
        }
    }

    /// <summary>exp(−(r₁² + γ² r₂²)/2σ²) · exp(2πi r₁/λ), r₁ along the wave vector; lags beyond 0 at the array's end.</summary>
    private static (double[] Re, double[] Im) KernelSpectrum(
        GaborSettings settings, double sigma, double wavelength, int orientation, int n, int m, int reachU, int reachV)
    {
        (double sin, double cos) = PortableMath.SinCos(settings.OrientationTurns + 0.5 * orientation / settings.Orientations);
        double[] re = new double[n * m], im = new double[n * m];
        for (int b = -reachV; b <= reachV; b++)
        {
            for (int a = -reachU; a <= reachU; a++)
            {
                double r1 = a * cos + b * sin, r2 = b * cos - a * sin, gamma = settings.AspectRatio;
                double envelope = PortableMath.Exp(-(r1 * r1 + gamma * gamma * r2 * r2) / (2 * sigma * sigma));
                (double s, double c) = PortableMath.SinCos(r1 / wavelength);
                int at = ((b + m) % m) * n + (a + n) % n;
                (re[at], im[at]) = (envelope * c, envelope * s);
            }
        }
        FourierTransform.InSpace(re, im, n, m, 1, inverse: false);
        return (re, im);
    }
}
