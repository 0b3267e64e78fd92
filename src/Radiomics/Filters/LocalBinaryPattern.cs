using HccPipeline.Imaging;

namespace HccPipeline.Radiomics;

/// <summary>What a local binary pattern becomes.</summary>
public enum BinaryPatternMethod
{
    /// <summary>The pattern's bits as a number.</summary>
    Default,

    /// <summary>The smallest number that turning the pattern gives.</summary>
    Ror,

    /// <summary>Number of bits set where there are two changes along the samples at most, else samples + 1.</summary>
    Uniform,

    /// <summary>Variance of the samples (over their number); no value where it is 0.</summary>
    Var,
}

/// <summary>Local binary patterns in planes, as scikit-image has them: each voxel's samples on a circle, set where they are not below it.</summary>
/// <remarks>Ojala, Pietikäinen, Mäenpää, IEEE PAMI 24:971 (2002). Samples are bilinear, zero beyond the plane, their offsets rounded to five
/// decimals; the changes of a pattern are not counted around its end.</remarks>
public static class LocalBinaryPattern
{
    /// <summary>Patterns of every voxel.</summary>
    /// <param name="image">Image.</param>
    /// <param name="samples">Samples on the circle, 1 to 31.</param>
    /// <param name="radius">Radius, voxels.</param>
    /// <param name="method">What patterns become.</param>
    /// <param name="across">Axis across the planes.</param>
    /// <exception cref="ArgumentOutOfRangeException">More samples than bits of a number, or none.</exception>
    public static Volume<float> Apply(Volume<float> image, int samples, double radius, BinaryPatternMethod method, Axis across)
    {
        if (samples is < 1 or > 31)
            throw new ArgumentOutOfRangeException(nameof(samples), samples, "A local binary pattern has 1 to 31 samples.");
        Geometry g = image.Geometry;
        // Rows and columns of a plane in the order of the remaining axes, the slower first; PyRadiomics swaps z and the axis across.
        (int Size, int Stride) x = (g.SizeX, 1), y = (g.SizeY, g.SizeX), z = (g.SizeZ, g.SizeX * g.SizeY);
        var (planes, rows, columns) = across switch { Axis.X => (x, y, z), Axis.Y => (y, z, x), _ => (z, y, x) };
        (double Row, double Column)[] circle = [.. Enumerable.Range(0, samples).Select(i =>
        {
            (double sin, double cos) = PortableMath.SinCos((double)i / samples);
            return (Math.Round(-radius * sin, 5), Math.Round(radius * cos, 5));
        })];
        bool whole = method == BinaryPatternMethod.Var && Array.TrueForAll(image.Voxels.ToArray(), float.IsInteger);
        double[] found = new double[samples];
        Volume<float> result = new(g);
        for (int p = 0; p < planes.Size; p++)
        {
            int plane = p * planes.Stride;
            double Pixel(int r, int c) =>
                r < 0 || c < 0 || r >= rows.Size || c >= columns.Size ? 0 : image.Voxels[plane + r * rows.Stride + c * columns.Stride];
            for (int r = 0; r < rows.Size; r++)
            {
                for (int c = 0; c < columns.Size; c++)
                {
                    for (int i = 0; i < samples; i++)
                        found[i] = Bilinear(r + circle[i].Row, c + circle[i].Column, Pixel);
                    double value = Pattern(found, Pixel(r, c), method);
                    result.Voxels[plane + r * rows.Stride + c * columns.Stride] = (float)(whole ? Math.Truncate(value) : value);
                }
            }
        }
        return result;
    }

    private static double Bilinear(double r, double c, Func<int, int, double> pixel)
    {
        int r0 = (int)Math.Floor(r), c0 = (int)Math.Floor(c), r1 = (int)Math.Ceiling(r), c1 = (int)Math.Ceiling(c);
        double dr = r - r0, dc = c - c0;
        double top = (1 - dc) * pixel(r0, c0) + dc * pixel(r0, c1), bottom = (1 - dc) * pixel(r1, c0) + dc * pixel(r1, c1);
        return (1 - dr) * top + dr * bottom;
    }

    private static double Pattern(double[] samples, double centre, BinaryPatternMethod method)
    {
        int n = samples.Length, bits = 0, changes = 0;
        for (int i = 0; i < n; i++)
        {
            bits |= samples[i] - centre >= 0 ? 1 << i : 0;
            changes += i > 0 && (bits >> i & 1) != (bits >> (i - 1) & 1) ? 1 : 0;
        }
        switch (method)
        {
            case BinaryPatternMethod.Uniform:
                return changes <= 2 ? int.PopCount(bits) : n + 1;
            case BinaryPatternMethod.Var:
                double sum = samples.Sum(), variance = (samples.Sum(s => s * s) - sum * sum / n) / n;
                return variance != 0 ? variance : double.NaN;
            case BinaryPatternMethod.Ror:
                int turned = bits;
                for (int i = 1; i < n; i++)
                {
                    turned = turned >> 1 | (turned & 1) << (n - 1);
                    bits = Math.Min(bits, turned);
                }
                return bits;
            default:
                return bits;
        }
    }
}
