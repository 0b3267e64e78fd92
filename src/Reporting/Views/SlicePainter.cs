using HccPipeline.Contracts;
using HccPipeline.Imaging;

namespace HccPipeline.Reporting.Views;

/// <summary>Paints a slice of a volume with the outlines of regions on it.</summary>
internal static class SlicePainter
{
    private const int SmallestSide = 256;

    /// <summary>The slice on which the first region is largest; the middle one without regions.</summary>
    public static byte[] Paint(Volume<float> volume, IReadOnlyList<(Region Region, Volume<byte> Mask)> regions)
    {
        Geometry grid = volume.Geometry;
        int z = regions.Count == 0 ? grid.SizeZ / 2 : LargestSlice(regions[0].Mask);
        int scale = Math.Max(1, (SmallestSide + Math.Max(grid.SizeX, grid.SizeY) - 1) / Math.Max(grid.SizeX, grid.SizeY));
        int width = grid.SizeX * scale, height = grid.SizeY * scale;
        byte[] rgb = new byte[width * height * 3];
        PaintGrey(volume.Slice(z), grid.SizeX, scale, width, rgb);
        foreach ((Region region, Volume<byte> mask) in regions)
            PaintOutline(mask.Slice(z), grid.SizeX, scale, width, height, ColourOf(region), rgb);
        return PngImage.Write(width, rgb);
    }

    private static int LargestSlice(Volume<byte> mask)
    {
        int best = mask.Geometry.SizeZ / 2, most = 0;
        for (int z = 0; z < mask.Geometry.SizeZ; z++)
        {
            Span<byte> slice = mask.Slice(z);
            int count = slice.Length - slice.Count((byte)0);
            if (count > most)
                (best, most) = (z, count);
        }
        return best;
    }

    /// <summary>From the 1st to the 99th percentile of the slice: a bright vessel must not leave the rest dark.</summary>
    private static void PaintGrey(ReadOnlySpan<float> slice, int columns, int scale, int width, byte[] rgb)
    {
        float[] sorted = [.. slice];
        Array.Sort(sorted);
        float low = sorted[sorted.Length / 100], high = sorted[sorted.Length - 1 - (sorted.Length / 100)];
        float span = high > low ? high - low : 1;
        for (int i = 0; i < rgb.Length / 3; i++)
        {
            float value = slice[(i / width / scale * columns) + (i % width / scale)];
            byte grey = (byte)Math.Clamp((value - low) / span * 255, 0, 255);
            rgb.AsSpan(i * 3, 3).Fill(float.IsNaN(value) ? (byte)0 : grey);
        }
    }

    private static void PaintOutline(
        ReadOnlySpan<byte> mask, int columns, int scale, int width, int height, (byte R, byte G, byte B) colour, byte[] rgb)
    {
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                if (!IsInside(mask, x, y) || (IsInside(mask, x - 1, y) && IsInside(mask, x + 1, y) && IsInside(mask, x, y - 1) && IsInside(mask, x, y + 1)))
                    continue;
                int i = ((y * width) + x) * 3;
                (rgb[i], rgb[i + 1], rgb[i + 2]) = colour;
            }
        }

        bool IsInside(ReadOnlySpan<byte> m, int x, int y) =>
            x >= 0 && y >= 0 && x < width && y < height && m[(y / scale * columns) + (x / scale)] != 0;
    }

    private static (byte R, byte G, byte B) ColourOf(Region region) => region switch
    {
        Region.Lesion => (255, 140, 0),
        Region.MuscleReference => (0, 200, 255),
        _ => (120, 220, 120),
    };
}
