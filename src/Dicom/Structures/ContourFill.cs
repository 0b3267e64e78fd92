using HccPipeline.Imaging;

namespace HccPipeline.Dicom;

/// <summary>Fills contours by pixel centre.</summary>
internal static class ContourFill
{
    /// <summary>Turns over every voxel whose centre is inside a contour, so that a contour within another makes a hole.</summary>
    /// <exception cref="DicomFileException"><see cref="DicomFault.GridMismatch"/>: the contour lies on no slice of the grid.</exception>
    public static void Toggle(Volume<byte> mask, Contour contour, int region)
    {
        Geometry grid = mask.Geometry;
        Vector3D[] corners = [.. contour.Points.Select(grid.ToVoxel)];
        int z = SliceOf(corners, grid, region);
        int firstRow = (int)Math.Clamp(Math.Ceiling(corners.Min(c => c.Y)), 0, grid.SizeY);
        int lastRow = (int)Math.Clamp(Math.Floor(corners.Max(c => c.Y)), -1, grid.SizeY - 1);
        List<double> crossings = [];
        for (int y = firstRow; y <= lastRow; y++)
        {
            Cross(corners, y, crossings);
            Span<byte> row = mask.Slice(z).Slice(y * grid.SizeX, grid.SizeX);
            for (int i = 0; i + 1 < crossings.Count; i += 2)
            {
                // A centre on the left edge is inside, one on the right edge is not, so that neighbours never share a voxel.
                int from = (int)Math.Clamp(Math.Ceiling(crossings[i]), 0, grid.SizeX);
                int to = (int)Math.Clamp(Math.Ceiling(crossings[i + 1]), 0, grid.SizeX);
                for (int x = from; x < to; x++)
                    row[x] ^= 1;
            }
        }
    }

    /// <summary>Where the edges cross the line through the centres of a row, from left to right.</summary>
    private static void Cross(Vector3D[] corners, int y, List<double> crossings)
    {
        crossings.Clear();
        Vector3D a = corners[^1];
        foreach (Vector3D b in corners)
        {
            // Half open, so that a corner on the line counts once.
            if (a.Y <= y != b.Y <= y)
                crossings.Add(a.X + (y - a.Y) / (b.Y - a.Y) * (b.X - a.X));
            a = b;
        }
        crossings.Sort();
    }

    private static int SliceOf(Vector3D[] corners, Geometry grid, int region)
    {
        double lowest = corners.Min(c => c.Z);
        double highest = corners.Max(c => c.Z);
        int z = (int)Math.Clamp(Math.Round(lowest), 0, grid.SizeZ - 1);
        double offMm = Math.Max(Math.Abs(lowest - z), Math.Abs(highest - z)) * grid.SpacingMm.Z;
        return offMm <= SliceStack.ToleranceMm ? z : throw new DicomFileException(DicomFault.GridMismatch,
            $"A contour of region {region} lies up to {offMm:F2} mm beside the nearest slice of the images (slice {z + 1} of {grid.SizeZ}); give the images on which it was drawn.");
    }
}
