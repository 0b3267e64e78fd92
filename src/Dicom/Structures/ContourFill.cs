using HccPipeline.Imaging;

namespace HccPipeline.Dicom;

/// <summary>Brings contours onto the slices of images.</summary>
internal static class ContourFill
{
    /// <summary>Turns over every voxel whose centre is inside a contour.</summary>
    /// <exception cref="DicomFileException"><see cref="DicomFault.GridMismatch"/>: the contour lies on no slice of the grid.</exception>
    public static void Toggle(Volume<byte> mask, Contour contour, int region)
    {
        Vector3D[] corners = [.. contour.Points.Select(mask.Geometry.ToVoxel)];
        ContourRasteriser.Toggle(mask, corners, SliceOf(corners, mask.Geometry, region));
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
