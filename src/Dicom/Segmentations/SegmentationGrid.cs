using HccPipeline.Imaging;

namespace HccPipeline.Dicom;

/// <summary>Where the frames of a segmentation lie on a grid.</summary>
internal static class SegmentationGrid
{
    /// <summary>The slice of a grid on which a frame lies, all four corners within <see cref="SliceStack.ToleranceMm"/>.</summary>
    /// <exception cref="DicomFileException"><see cref="DicomFault.GridMismatch"/>: none.</exception>
    public static int SliceOf(FramePlane plane, Geometry grid, int frame)
    {
        if (plane.Columns != grid.SizeX || plane.Rows != grid.SizeY)
            throw Mismatch(frame, $"is {plane.Columns}×{plane.Rows} pixels, the images are {grid.SizeX}×{grid.SizeY}");
        double place = (plane.Position - grid.Origin).Dot(grid.ZAxis) / grid.SpacingMm.Z;
        int z = (int)Math.Clamp(Math.Round(place), 0, grid.SizeZ - 1);
        double worst = 0;
        foreach ((int x, int y) in (ReadOnlySpan<(int, int)>)[(0, 0), (grid.SizeX - 1, 0), (0, grid.SizeY - 1), (grid.SizeX - 1, grid.SizeY - 1)])
        {
            Vector3D corner = plane.Position + plane.RowDirection * (x * plane.SpacingXMm) + plane.ColumnDirection * (y * plane.SpacingYMm);
            worst = Math.Max(worst, (corner - grid.ToPatient(x, y, z)).Length);
        }
        return worst <= SliceStack.ToleranceMm ? z
            : throw Mismatch(frame, $"lies up to {worst:F2} mm beside the nearest slice of the images (slice {z + 1} of {grid.SizeZ})");
    }

    /// <summary>The grid that the frames themselves span; slices without a frame are part of it.</summary>
    public static Geometry Of(DicomDataset dataset)
    {
        PixelLayout layout = PixelLayout.Of(dataset);
        FramePlane[] planes = [.. Enumerable.Range(0, layout.Frames).Select(f => FramePlane.Of(dataset, f))];
        FramePlane lowest = planes.MinBy(p => p.Along(planes[0].Normal))!;
        Vector3D normal = lowest.Normal;
        double[] places = [.. planes.Select(p => p.Along(normal)).Order()];
        double spacing = SpacingOf(dataset, places);
        double slices = 1 + Math.Round((places[^1] - places[0]) / spacing);
        // A grid is allocated for what the header says; a damaged one may say anything.
        if (!(slices * layout.FrameSamples <= Array.MaxLength))
            throw new DicomFileException(DicomFault.IrregularSpacing, $"The planes are {spacing:G3} mm apart over {places[^1] - places[0]:G6} mm, which is no grid of slices; write the segmentation again.");
        return new Geometry
        {
            SizeX = lowest.Columns,
            SizeY = lowest.Rows,
            SizeZ = (int)slices,
            SpacingMm = new Vector3D(lowest.SpacingXMm, lowest.SpacingYMm, spacing),
            Origin = lowest.Position,
            XAxis = lowest.RowDirection,
            YAxis = lowest.ColumnDirection,
            ZAxis = normal,
        };
    }

    /// <summary>
    /// Smallest distance between planes, refined over the whole stack; for planes of one place, what the object states.
    /// </summary>
    private static double SpacingOf(DicomDataset dataset, double[] places)
    {
        double[] gaps = [.. places.Zip(places.Skip(1), (a, b) => b - a).Where(g => g > SliceStack.ToleranceMm)];
        DicomDataset measures = FunctionalGroups.Get(dataset, 0, DicomTags.PixelMeasuresSequence);
        double stated = measures.GetDoubleOr(DicomTags.SpacingBetweenSlices, measures.GetDoubleOr(DicomTags.SliceThickness, 0));
        if (gaps.Length == 0)
            return stated > 0 ? stated : 1;
        double smallest = gaps.Min();
        double extent = places[^1] - places[0];
        return extent / Math.Round(extent / smallest);
    }

    private static DicomFileException Mismatch(int frame, string how) => new(DicomFault.GridMismatch,
        $"Frame {frame + 1} of the segmentation {how}; resample the segmentation to the images, or give the images that were segmented.");
}
