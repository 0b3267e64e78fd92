using HccPipeline.Imaging;

namespace HccPipeline.Dicom;

/// <summary>Puts frames in order along their normal and makes one regular grid of them, or says why that can't be.</summary>
internal static class SliceStack
{
    /// <summary>Largest departure from a regular stack, mm: far above the rounding of written positions, far below any real gap.</summary>
    public const double ToleranceMm = 0.02;

    /// <summary>The grid of frames and their order.</summary>
    /// <param name="frames">Planes in any order; at least one.</param>
    /// <param name="singleSliceSpacingMm">Distance between slices where there is only one.</param>
    /// <returns>The grid, and for each z the index of its frame.</returns>
    /// <exception cref="DicomFileException">The frames are no regular stack; the fault and the message say where.</exception>
    public static (Geometry Grid, int[] Order) Arrange(IReadOnlyList<FramePlane> frames, double singleSliceSpacingMm)
    {
        FramePlane first = frames[0];
        foreach (FramePlane frame in frames)
        {
            if (frame.DifferenceFrom(first) is { } difference)
            {
                throw new DicomFileException(DicomFault.InconsistentSeries,
                    $"The slices differ in {difference}; they are several stacks (as a localiser): split the series.");
            }
        }
        Vector3D normal = first.Normal;
        double[] places = [.. frames.Select(f => f.Along(normal))];
        int[] order = [.. Enumerable.Range(0, frames.Count)];
        Array.Sort((double[])places.Clone(), order);
        double spacing = frames.Count == 1 ? singleSliceSpacingMm : RequireRegular(places, order);
        RequireStraight(frames, order, normal);
        return (new Geometry
        {
            SizeX = first.Columns,
            SizeY = first.Rows,
            SizeZ = frames.Count,
            SpacingMm = new Vector3D(first.SpacingXMm, first.SpacingYMm, spacing),
            Origin = frames[order[0]].Position,
            XAxis = first.RowDirection,
            YAxis = first.ColumnDirection,
            ZAxis = normal,
        }, order);
    }

    private static double RequireRegular(double[] places, int[] order)
    {
        double[] gaps = new double[order.Length - 1];
        for (int i = 0; i < gaps.Length; i++)
        {
            gaps[i] = places[order[i + 1]] - places[order[i]];
            if (gaps[i] < ToleranceMm)
            {
                throw new DicomFileException(DicomFault.DuplicateSlice,
                    $"Two slices lie at {places[order[i]]:F2} mm along the normal; the series holds several images of one place (b-values, phases or copies): split it by what tells them apart.");
            }
        }
        double usual = gaps.Order().ElementAt((gaps.Length - 1) / 2);
        for (int i = 0; i < gaps.Length; i++)
        {
            double steps = Math.Round(gaps[i] / usual);
            if (Math.Abs(gaps[i] - usual) <= ToleranceMm)
                continue;
            string where = $"{gaps[i]:F2} mm between the slices at {places[order[i]]:F2} and {places[order[i + 1]]:F2} mm along the normal, where the usual distance is {usual:F2} mm";
            throw steps >= 2 && Math.Abs(gaps[i] - steps * usual) <= steps * ToleranceMm
                ? new DicomFileException(DicomFault.MissingSlice, $"{steps - 1:F0} slice(s) missing: there are {where}; send the series again, complete.")
                : new DicomFileException(DicomFault.IrregularSpacing, $"The slices are not evenly spaced: there are {where}; use a series of even spacing.");
        }
        return (places[order[^1]] - places[order[0]]) / gaps.Length;
    }

    private static void RequireStraight(IReadOnlyList<FramePlane> frames, int[] order, Vector3D normal)
    {
        Vector3D start = frames[order[0]].Position;
        foreach (int index in order)
        {
            Vector3D shift = frames[index].Position - start;
            double sideways = (shift - normal * shift.Dot(normal)).Length;
            if (sideways > Math.Max(ToleranceMm, 1e-5 * shift.Length))
            {
                throw new DicomFileException(DicomFault.InconsistentSeries,
                    $"The slices are shifted sideways by {sideways:F2} mm against one another, so that they form no right-angled grid; use an unsheared series.");
            }
        }
    }
}
