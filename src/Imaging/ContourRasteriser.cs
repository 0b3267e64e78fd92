namespace HccPipeline.Imaging;

/// <summary>Closed planar contours, as of an RTSTRUCT, to a mask: a voxel is inside when its centre is.</summary>
public static class ContourRasteriser
{
    /// <summary>Farthest that a contour may lie from a slice's plane, as a share of the slice spacing.</summary>
    private const double PlaneTolerance = 0.25;

    /// <summary>Fills contours.</summary>
    /// <param name="contours">Corner points of each contour, patient space, mm; the last is joined to the first. Contours of one slice combine by
    /// even and odd: one within another is a hole, one within the hole is inside again.</param>
    /// <param name="grid">Grid of the mask; its slices must be parallel to the contours.</param>
    /// <returns>1 inside, 0 outside. A centre on a contour's left or lower edge is inside, on its right or upper edge outside, so that
    /// regions that share an edge share no voxel.</returns>
    /// <exception cref="ArgumentException">A contour has fewer than three points, is not in one slice's plane, or lies beyond the grid.</exception>
    public static Volume<byte> Fill(IReadOnlyList<IReadOnlyList<Vector3D>> contours, Geometry grid)
    {
        Volume<byte> mask = new(grid);
        for (int k = 0; k < contours.Count; k++)
        {
            if (contours[k].Count < 3)
                throw new ArgumentException($"Contour {k + 1} has {contours[k].Count} points; a closed one needs three.", nameof(contours));
            Vector3D[] points = [.. contours[k].Select(grid.ToVoxel)];
            int slice = SliceOf(points, grid, k);
            Toggle(points, mask, slice);
        }
        return mask;
    }

    private static int SliceOf(Vector3D[] points, Geometry grid, int contour)
    {
        double lowest = points.Min(p => p.Z), highest = points.Max(p => p.Z);
        int slice = (int)Math.Round((lowest + highest) / 2);
        if (highest - slice > PlaneTolerance || slice - lowest > PlaneTolerance)
        {
            throw new ArgumentException(
                $"Contour {contour + 1} spans slices {lowest:F2} to {highest:F2}: it does not lie in the plane of one slice.", nameof(points));
        }
        return slice >= 0 && slice < grid.SizeZ
            ? slice
            : throw new ArgumentException($"Contour {contour + 1} lies in slice {slice}, but the image has slices 0 to {grid.SizeZ - 1}.", nameof(points));
    }

    /// <summary>Row by row: the edges that cross the row's centre line, sorted, switch between outside and inside.</summary>
    private static void Toggle(Vector3D[] p, Volume<byte> mask, int slice)
    {
        Geometry grid = mask.Geometry;
        int first = Math.Max(0, (int)Math.Ceiling(p.Min(v => v.Y))), last = Math.Min(grid.SizeY - 1, (int)Math.Floor(p.Max(v => v.Y)));
        List<double> crossings = [];
        for (int y = first; y <= last; y++)
        {
            crossings.Clear();
            for (int i = 0; i < p.Length; i++)
            {
                Vector3D a = p[i], b = p[(i + 1) % p.Length];
                // Half-open in y: a corner on the line counts for one of its two edges.
                if ((a.Y <= y) == (b.Y <= y))
                    continue;
                crossings.Add(a.X + (y - a.Y) / (b.Y - a.Y) * (b.X - a.X));
            }
            crossings.Sort();
            Span<byte> row = mask.Voxels.Slice(grid.IndexOf(0, y, slice), grid.SizeX);
            for (int i = 0; i + 1 < crossings.Count; i += 2)
            {
                int from = Math.Max(0, (int)Math.Ceiling(crossings[i])), to = Math.Min(grid.SizeX, (int)Math.Ceiling(crossings[i + 1]));
                for (int x = from; x < to; x++)
                    row[x] ^= 1;
            }
        }
    }
}
