using System.Globalization;

namespace HccPipeline.Imaging;

/// <summary>Voxel-to-patient transforms of NIfTI (RAS) to and from a <see cref="Geometry"/> (LPS).</summary>
internal static class NiftiOrientation
{
    /// <summary>Reads sform where set, else qform, else spacing alone. x and y change sign from RAS to LPS.</summary>
    internal static Geometry Read(ReadOnlySpan<byte> h, bool big, ReadOnlySpan<int> size)
    {
        Vector3D a, b, c, origin;
        if (NiftiHeader.Int16(h, 254, big) > 0)
        {
            (a, b, c, origin) = Affine(h, big);
        }
        else if (NiftiHeader.Int16(h, 252, big) > 0)
        {
            (a, b, c, origin) = Quaternion(h, big);
        }
        else
        {
            (double x, double y, double z) = Spacing(h, big);
            (a, b, c, origin) = (new(x, 0, 0), new(0, y, 0), new(0, 0, z), Vector3D.Zero);
        }
        Geometry g = FromColumns(ToLps(a), ToLps(b), ToLps(c), ToLps(origin), size);
        (double dx, double dy, double dz) = Spacing(h, big);
        Vector3D s = g.SpacingMm;
        return g with { SpacingMm = new(Stated(dx, s.X), Stated(dy, s.Y), Stated(dz, s.Z)) };
    }

    /// <summary>The header's own spacing where it agrees with the length of the axis: a column of an oblique transform has rounding of its
    /// own. A single-precision 0.8 is taken for the 0.8 that somebody wrote, not for 0.800000011920929.</summary>
    private static double Stated(double spacing, double axisLength) =>
        Math.Abs(spacing - axisLength) <= 1e-5 * axisLength
            ? double.Parse(((float)spacing).ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture)
            : axisLength;

    internal static Vector3D ToLps(Vector3D ras) => new(-ras.X, -ras.Y, ras.Z);

    internal static Geometry FromColumns(Vector3D a, Vector3D b, Vector3D c, Vector3D origin, ReadOnlySpan<int> size)
    {
        double sx = a.Length, sy = b.Length, sz = c.Length;
        if (!(sx > 0 && sy > 0 && sz > 0 && double.IsFinite(sx + sy + sz)))
            throw new ImageFormatException($"The image's voxel spacing is {sx} × {sy} × {sz} mm; each must be positive.");
        (Vector3D x, Vector3D y, Vector3D z) = (a * (1 / sx), b * (1 / sy), c * (1 / sz));
        double shear = Math.Max(Math.Abs(x.Dot(y)), Math.Max(Math.Abs(x.Dot(z)), Math.Abs(y.Dot(z))));
        if (shear > 1e-3)
            throw new ImageFormatException($"The image's axes are not at right angles (cosine {shear:G3}); a sheared grid is refused.");
        return new Geometry
        {
            SizeX = size[0],
            SizeY = size[1],
            SizeZ = size[2],
            SpacingMm = new(Tidy(sx), Tidy(sy), Tidy(sz)),
            Origin = origin,
            XAxis = x,
            YAxis = y,
            ZAxis = z,
        };
    }

    /// <summary>Without the last digits that the length of an oblique axis has too many.</summary>
    private static double Tidy(double spacing)
    {
        double rounded = Math.Round(spacing, 9);
        return rounded > 0 && Math.Abs(rounded - spacing) <= 1e-12 * spacing ? rounded : spacing;
    }

    private static (Vector3D A, Vector3D B, Vector3D C, Vector3D Origin) Affine(ReadOnlySpan<byte> h, bool big)
    {
        Span<double> m = stackalloc double[12];
        for (int i = 0; i < 12; i++)
            m[i] = NiftiHeader.Single(h, 280 + 4 * i, big);
        return (new(m[0], m[4], m[8]), new(m[1], m[5], m[9]), new(m[2], m[6], m[10]), new(m[3], m[7], m[11]));
    }

    private static (Vector3D A, Vector3D B, Vector3D C, Vector3D Origin) Quaternion(ReadOnlySpan<byte> h, bool big)
    {
        double b = NiftiHeader.Single(h, 256, big), c = NiftiHeader.Single(h, 260, big), d = NiftiHeader.Single(h, 264, big);
        double a = Math.Sqrt(Math.Max(0, 1 - (b * b + c * c + d * d)));
        (double x, double y, double z) = Spacing(h, big);
        double handed = NiftiHeader.Single(h, 76, big) < 0 ? -z : z;
        Vector3D i = new(a * a + b * b - c * c - d * d, 2 * (b * c + a * d), 2 * (b * d - a * c));
        Vector3D j = new(2 * (b * c - a * d), a * a + c * c - b * b - d * d, 2 * (c * d + a * b));
        Vector3D k = new(2 * (b * d + a * c), 2 * (c * d - a * b), a * a + d * d - b * b - c * c);
        Vector3D origin = new(NiftiHeader.Single(h, 268, big), NiftiHeader.Single(h, 272, big), NiftiHeader.Single(h, 276, big));
        return (i * x, j * y, k * handed, origin);
    }

    private static (double X, double Y, double Z) Spacing(ReadOnlySpan<byte> h, bool big) =>
        (Math.Abs(NiftiHeader.Single(h, 80, big)), Math.Abs(NiftiHeader.Single(h, 84, big)), Math.Abs(NiftiHeader.Single(h, 88, big)));
}
