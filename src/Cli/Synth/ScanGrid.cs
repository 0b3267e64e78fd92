using HccPipeline.Imaging;

namespace HccPipeline.Cli.Synth;

/// <summary>Grids of the scans: axial or slightly tilted, centred on the body up to a shift.</summary>
internal static class ScanGrid
{
    // Coordinates are kept to a thousandth of a millimetre: what other programs print can be compared by eye.
    private const int Decimals = 3;

    /// <summary>The grid of a series.</summary>
    public static Geometry For(ScannerProfile scanner, (int Columns, int Rows) matrix, int slices, Vector3D shift)
    {
        double pixel = Math.Round(scanner.FieldOfViewMm / matrix.Columns, Decimals);
        double distance = Math.Round(scanner.CoverageMm / slices, Decimals);
        double angle = scanner.TiltDegrees * Math.PI / 180;
        Vector3D xAxis = new(1, 0, 0), yAxis = new(0, Math.Cos(angle), Math.Sin(angle)), zAxis = xAxis.Cross(yAxis);
        Vector3D origin = shift
            - xAxis * (pixel * (matrix.Columns - 1) / 2) - yAxis * (pixel * (matrix.Rows - 1) / 2) - zAxis * (distance * (slices - 1) / 2);
        return new()
        {
            SizeX = matrix.Columns,
            SizeY = matrix.Rows,
            SizeZ = slices,
            SpacingMm = new(pixel, pixel, distance),
            Origin = new(Math.Round(origin.X, Decimals), Math.Round(origin.Y, Decimals), Math.Round(origin.Z, Decimals)),
            XAxis = xAxis,
            YAxis = yAxis,
            ZAxis = zAxis,
        };
    }
}
