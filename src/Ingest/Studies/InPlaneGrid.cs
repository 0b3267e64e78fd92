using System.Globalization;
using HccPipeline.Imaging;

namespace HccPipeline.Ingest.Studies;

/// <summary>What the slices of one volume have in common: matrix, pixel spacing and orientation.</summary>
/// <param name="Columns">Number of columns.</param>
/// <param name="Rows">Number of rows.</param>
/// <param name="SpacingXMm">Distance between columns, mm.</param>
/// <param name="SpacingYMm">Distance between rows, mm.</param>
/// <param name="RowDirection">Direction of increasing column index.</param>
/// <param name="ColumnDirection">Direction of increasing row index.</param>
internal sealed record InPlaneGrid(int Columns, int Rows, double SpacingXMm, double SpacingYMm, Vector3D RowDirection, Vector3D ColumnDirection)
{
    private const double CosineTolerance = 1e-4;
    private const double SpacingToleranceMm = 1e-4;

    /// <summary>One line of text that <see cref="Parse"/> reads back exactly.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"{Columns} {Rows} {SpacingXMm:R} {SpacingYMm:R} {RowDirection.X:R} {RowDirection.Y:R} {RowDirection.Z:R} {ColumnDirection.X:R} {ColumnDirection.Y:R} {ColumnDirection.Z:R}");

    /// <summary>Reads <see cref="ToString"/>.</summary>
    public static InPlaneGrid Parse(string text)
    {
        string[] parts = text.Split(' ');
        double At(int i) => double.Parse(parts[i], CultureInfo.InvariantCulture);
        return new((int)At(0), (int)At(1), At(2), At(3), new(At(4), At(5), At(6)), new(At(7), At(8), At(9)));
    }

    /// <summary>The attribute in which two slices differ beyond the rounding of files, or null.</summary>
    public string? DifferenceFrom(InPlaneGrid other)
    {
        if (Columns != other.Columns || Rows != other.Rows)
            return $"matrix size ({Columns}×{Rows} and {other.Columns}×{other.Rows})";
        if ((RowDirection - other.RowDirection).Length > CosineTolerance || (ColumnDirection - other.ColumnDirection).Length > CosineTolerance)
            return "orientation";
        return Math.Abs(SpacingXMm - other.SpacingXMm) > SpacingToleranceMm || Math.Abs(SpacingYMm - other.SpacingYMm) > SpacingToleranceMm
            ? "pixel spacing"
            : null;
    }
}
