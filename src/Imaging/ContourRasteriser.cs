namespace HccPipeline.Imaging;

/// <summary>Closed planar contours, as of an RTSTRUCT, to a mask: a voxel is inside when its centre is.</summary>
public static class ContourRasteriser
{
    /// <summary>
    /// Turns over every voxel of a slice whose centre is inside a contour. Contours of one slice combine by even and odd, whatever their
    /// order and direction: one within another is a hole, one within the hole is inside again.
    /// </summary>
    /// <param name="mask">0 outside, 1 inside.</param>
    /// <param name="corners">Corners in voxel coordinates (x along the row, y along the column; z is not looked at); the last is joined to the first.
    /// What lies beyond the slice is cut off.</param>
    /// <param name="slice">Index of the slice.</param>
    /// <remarks>A centre on a contour's left or lower edge is inside, on its right or upper edge outside, so that regions that share an
    /// edge share no voxel.</remarks>
    public static void Toggle(Volume<byte> mask, ReadOnlySpan<Vector3D> corners, int slice)
    {
        Geometry grid = mask.Geometry;
        (double lowest, double highest) = (double.PositiveInfinity, double.NegativeInfinity);
        foreach (Vector3D corner in corners)
            (lowest, highest) = (Math.Min(lowest, corner.Y), Math.Max(highest, corner.Y));
        int first = (int)Math.Clamp(Math.Ceiling(lowest), 0, grid.SizeY), last = (int)Math.Clamp(Math.Floor(highest), -1, grid.SizeY - 1);
        List<double> crossings = [];
        for (int y = first; y <= last; y++)
        {
            Cross(corners, y, crossings);
            Span<byte> row = mask.Voxels.Slice(grid.IndexOf(0, y, slice), grid.SizeX);
            for (int i = 0; i + 1 < crossings.Count; i += 2)
            {
                int from = (int)Math.Clamp(Math.Ceiling(crossings[i]), 0, grid.SizeX), to = (int)Math.Clamp(Math.Ceiling(crossings[i + 1]), 0, grid.SizeX);
                for (int x = from; x < to; x++)
                    row[x] ^= 1;
            }
        }
    }

    /// <summary>Where the edges cross the line through the centres of a row, from left to right.</summary>
    private static void Cross(ReadOnlySpan<Vector3D> corners, int y, List<double> crossings)
    {
        crossings.Clear();
        for (int i = 0; i < corners.Length; i++)
        {
            (Vector3D a, Vector3D b) = (corners[i], corners[i + 1 < corners.Length ? i + 1 : 0]);
            // Half-open in y: a corner on the line counts for one of its two edges.
            if (a.Y <= y == b.Y <= y)
                continue;
            // From the lower end, so that neighbours who draw a shared edge in opposite directions get the same crossing to the last bit.
            if (a.Y > b.Y)
                (a, b) = (b, a);
            crossings.Add(a.X + (y - a.Y) / (b.Y - a.Y) * (b.X - a.X));
        }
        crossings.Sort();
    }
}
