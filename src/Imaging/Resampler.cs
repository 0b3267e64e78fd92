namespace HccPipeline.Imaging;

/// <summary>Volumes on other grids.</summary>
public static class Resampler
{
    /// <summary>Cosine above which two axes are the same direction.</summary>
    private const double SameDirection = 1 - 1e-9;

    /// <summary>A grid over the same field of view with another spacing and the same centre (IBSI manual 2.4): ⌈n·s/s′⌉ voxels per axis.</summary>
    /// <param name="grid">The grid as it is.</param>
    /// <param name="spacingMm">Spacing wanted, mm.</param>
    public static Geometry AlignedByCentre(Geometry grid, Vector3D spacingMm)
    {
        Vector3D s = grid.SpacingMm;
        int sizeX = Size(grid.SizeX, s.X, spacingMm.X), sizeY = Size(grid.SizeY, s.Y, spacingMm.Y), sizeZ = Size(grid.SizeZ, s.Z, spacingMm.Z);
        double x = (s.X * (grid.SizeX - 1) - spacingMm.X * (sizeX - 1)) / 2;
        double y = (s.Y * (grid.SizeY - 1) - spacingMm.Y * (sizeY - 1)) / 2;
        double z = (s.Z * (grid.SizeZ - 1) - spacingMm.Z * (sizeZ - 1)) / 2;
        return grid with
        {
            SizeX = sizeX,
            SizeY = sizeY,
            SizeZ = sizeZ,
            SpacingMm = spacingMm,
            Origin = grid.Origin + grid.XAxis * x + grid.YAxis * y + grid.ZAxis * z,
        };
    }

    /// <summary>A grid with another spacing whose first voxel shares its outer corner with that of the grid, cut to what covers a box of its voxels
    /// and a margin: the rule of PyRadiomics' resampling.</summary>
    /// <param name="grid">The grid as it is.</param>
    /// <param name="spacingMm">Spacing wanted, mm.</param>
    /// <param name="box">Box in voxels of the grid as it is.</param>
    /// <param name="margin">Voxels of the new grid around the box, as far as the old grid reaches.</param>
    public static Geometry AlignedByCorner(Geometry grid, Vector3D spacingMm, VoxelBox box, int margin)
    {
        Vector3D s = grid.SpacingMm;
        (double x, int sizeX) = AxisOfBox(grid.SizeX, s.X, spacingMm.X, box.X, box.SizeX, margin);
        (double y, int sizeY) = AxisOfBox(grid.SizeY, s.Y, spacingMm.Y, box.Y, box.SizeY, margin);
        (double z, int sizeZ) = AxisOfBox(grid.SizeZ, s.Z, spacingMm.Z, box.Z, box.SizeZ, margin);
        return grid with { SizeX = sizeX, SizeY = sizeY, SizeZ = sizeZ, SpacingMm = spacingMm, Origin = grid.ToPatient(x, y, z) };
    }

    /// <summary>First voxel of the new grid, in voxels of the old one, and their number. Rounded without tolerance, as PyRadiomics does.</summary>
    private static (double First, int Size) AxisOfBox(int n, double from, double to, int first, int length, int margin)
    {
        double ratio = from / to;
        double low = Math.Max(0, Math.Floor((first - 0.5) * ratio - margin));
        double high = Math.Min(Math.Ceiling(n * ratio) - 1, Math.Ceiling((first + length - 0.5) * ratio + margin));
        return (0.5 * (to - from) / from + low / ratio, (int)(high - low + 1));
    }

    private static int Size(int n, double from, double to) => Math.Max(1, (int)Math.Ceiling(n * from / to - 1e-6));

    /// <summary>Values of a volume at the voxel centres of another grid.</summary>
    /// <param name="volume">Volume; beyond its edge its last voxels continue (splines: reflect).</param>
    /// <param name="target">Grid of the result, in the same patient space.</param>
    /// <param name="kind">Interpolation.</param>
    /// <param name="beyond">Value of places farther than half a voxel beyond the outermost voxel centres; null continues the volume there too.</param>
    public static Volume<float> Resample(Volume<float> volume, Geometry target, Interpolation kind, float? beyond = null)
    {
        Volume<float> result = new(target);
        double[]? coefficients = kind == Interpolation.CubicSpline ? CubicSplinePrefilter.Coefficients(volume) : null;
        Geometry source = volume.Geometry;
        int taps = InterpolationTaps.Count(kind);
        bool aligned = source.XAxis.Dot(target.XAxis) > SameDirection && source.YAxis.Dot(target.YAxis) > SameDirection &&
            source.ZAxis.Dot(target.ZAxis) > SameDirection;
        AxisTaps x = new(target.SizeX, taps), y = new(target.SizeY, taps), z = new(target.SizeZ, taps);
        if (aligned)
        {
            Vector3D d = target.Origin - source.Origin, s = source.SpacingMm, t = target.SpacingMm;
            x.FillLine(d.Dot(source.XAxis), t.X, s.X, source.SizeX, kind);
            y.FillLine(d.Dot(source.YAxis), t.Y, s.Y, source.SizeY, kind);
            z.FillLine(d.Dot(source.ZAxis), t.Z, s.Z, source.SizeZ, kind);
        }
        int at = 0;
        for (int k = 0; k < target.SizeZ; k++)
        {
            for (int j = 0; j < target.SizeY; j++)
            {
                for (int i = 0; i < target.SizeX; i++)
                {
                    if (!aligned)
                    {
                        Vector3D c = source.ToVoxel(target.ToPatient(i, j, k));
                        x.Fill(i, c.X, source.SizeX, kind);
                        y.Fill(j, c.Y, source.SizeY, kind);
                        z.Fill(k, c.Z, source.SizeZ, kind);
                    }
                    result.Voxels[at++] = beyond is { } value && (x.IsBeyond[i] || y.IsBeyond[j] || z.IsBeyond[k]) ? value
                        : kind == Interpolation.LabelGaussian ? Weightiest(volume, x, y, z, i, j, k, taps)
                        : (float)Sum(volume, coefficients, x, y, z, i, j, k, taps);
                }
            }
        }
        return result;
    }

    /// <summary>A mask on another grid: share of the voxel that is inside by interpolation, at or above a threshold.</summary>
    /// <param name="mask">Mask.</param>
    /// <param name="target">Grid of the result.</param>
    /// <param name="kind">Interpolation of the mask's 0 and 1.</param>
    /// <param name="threshold">Partial-volume threshold, 0.5 in IBSI's configurations.</param>
    /// <param name="emptyBeyond">Whether nothing is inside farther than half a voxel beyond the outermost voxel centres.</param>
    public static Volume<byte> ResampleMask(Volume<byte> mask, Geometry target, Interpolation kind, double threshold = 0.5, bool emptyBeyond = false)
    {
        Volume<float> share = new(mask.Geometry);
        for (int i = 0; i < share.Voxels.Length; i++)
            share.Voxels[i] = mask.Voxels[i] == 0 ? 0 : 1;
        Volume<float> resampled = Resample(share, target, kind, emptyBeyond ? 0 : null);
        Volume<byte> result = new(target);
        for (int i = 0; i < result.Voxels.Length; i++)
            result.Voxels[i] = resampled.Voxels[i] >= threshold - 1e-6 ? (byte)1 : (byte)0;
        return result;
    }

    private static double Sum(Volume<float> volume, double[]? coefficients, AxisTaps x, AxisTaps y, AxisTaps z, int i, int j, int k, int taps)
    {
        Geometry g = volume.Geometry;
        ReadOnlySpan<float> voxels = volume.Voxels;
        double sum = 0;
        for (int c = k * taps; c < (k + 1) * taps; c++)
        {
            double plane = 0;
            for (int b = j * taps; b < (j + 1) * taps; b++)
            {
                int row = g.IndexOf(0, y.Index[b], z.Index[c]);
                double line = 0;
                for (int a = i * taps; a < (i + 1) * taps; a++)
                    line += x.Weight[a] * (coefficients is null ? voxels[row + x.Index[a]] : coefficients[row + x.Index[a]]);
                plane += y.Weight[b] * line;
            }
            sum += z.Weight[c] * plane;
        }
        return sum;
    }

    /// <summary>The value with most weight.</summary>
    private static float Weightiest(Volume<float> volume, AxisTaps x, AxisTaps y, AxisTaps z, int i, int j, int k, int taps)
    {
        Dictionary<float, double> weights = [];
        (float value, double most) = (0, 0);
        for (int c = k * taps; c < (k + 1) * taps; c++)
        {
            for (int b = j * taps; b < (j + 1) * taps; b++)
            {
                for (int a = i * taps; a < (i + 1) * taps; a++)
                {
                    float v = volume[x.Index[a], y.Index[b], z.Index[c]];
                    double weight = weights[v] = weights.GetValueOrDefault(v) + x.Weight[a] * y.Weight[b] * z.Weight[c];
                    if (weight > most)
                        (value, most) = (v, weight);
                }
            }
        }
        return value;
    }

    /// <summary>Voxels and weights for every place along one axis of the target.</summary>
    private sealed class AxisTaps(int size, int taps)
    {
        internal int[] Index { get; } = new int[size * taps];
        internal double[] Weight { get; } = new double[size * taps];
        internal bool[] IsBeyond { get; } = new bool[size];

        internal void FillLine(double originMm, double stepMm, double spacingMm, int sourceSize, Interpolation kind)
        {
            // Rounded to a ten-thousand-millionth of a voxel, so that a place halfway is halfway.
            for (int i = 0; i < size; i++)
                Fill(i, Math.Round((originMm + i * stepMm) / spacingMm, 10), sourceSize, kind);
        }

        internal void Fill(int i, double coordinate, int sourceSize, Interpolation kind)
        {
            IsBeyond[i] = coordinate < -0.5 || coordinate >= sourceSize - 0.5;
            InterpolationTaps.At(coordinate, kind, sourceSize, Index.AsSpan(i * taps, taps), Weight.AsSpan(i * taps, taps));
        }
    }
}
