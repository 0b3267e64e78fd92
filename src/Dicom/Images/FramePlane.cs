using HccPipeline.Imaging;

namespace HccPipeline.Dicom;

/// <summary>Where one frame lies in patient space.</summary>
/// <param name="Position">Centre of the first pixel, mm (Image Position (Patient), (0020,0032)).</param>
/// <param name="RowDirection">Unit vector along a row: increasing column index.</param>
/// <param name="ColumnDirection">Unit vector down a column: increasing row index.</param>
/// <param name="SpacingXMm">Distance between columns, mm.</param>
/// <param name="SpacingYMm">Distance between rows, mm.</param>
/// <param name="Columns">Number of columns.</param>
/// <param name="Rows">Number of rows.</param>
internal sealed record FramePlane(
    Vector3D Position, Vector3D RowDirection, Vector3D ColumnDirection, double SpacingXMm, double SpacingYMm, int Columns, int Rows)
{
    // Cosines are written with six digits or more; beyond this the two directions are no right angle.
    private const double OrthogonalityTolerance = 1e-3;

    /// <summary>Unit vector of the slice normal, row × column.</summary>
    public Vector3D Normal => RowDirection.Cross(ColumnDirection).Normalized();

    /// <summary>Place along the normal, mm.</summary>
    public double Along(Vector3D normal) => Position.Dot(normal);

    /// <summary>The plane of a frame.</summary>
    /// <exception cref="DicomFileException">What is needed is missing or makes no sense.</exception>
    public static FramePlane Of(DicomDataset dataset, int frame)
    {
        bool grouped = FunctionalGroups.Has(dataset);
        DicomDataset position = grouped ? FunctionalGroups.Get(dataset, frame, DicomTags.PlanePositionSequence) : dataset;
        DicomDataset orientation = grouped ? FunctionalGroups.Get(dataset, frame, DicomTags.PlaneOrientationSequence) : dataset;
        DicomDataset measures = grouped ? FunctionalGroups.Get(dataset, frame, DicomTags.PixelMeasuresSequence) : dataset;
        double[] p = position.GetDoubles(DicomTags.ImagePositionPatient, 3);
        double[] o = orientation.GetDoubles(DicomTags.ImageOrientationPatient, 6);
        double[] s = measures.GetDoubles(DicomTags.PixelSpacing, 2);
        Vector3D row = new(o[0], o[1], o[2]);
        Vector3D column = new(o[3], o[4], o[5]);
        bool sensible = Math.Abs(row.Length - 1) < OrthogonalityTolerance && Math.Abs(column.Length - 1) < OrthogonalityTolerance
            && Math.Abs(row.Dot(column)) < OrthogonalityTolerance && s[0] > 0 && s[1] > 0 && double.IsFinite(s[0] + s[1] + p[0] + p[1] + p[2]);
        if (!sensible)
        {
            throw new DicomFileException(DicomFault.InvalidValue,
                $"The plane of frame {frame + 1} makes no sense (orientation {string.Join('\\', o)}, spacing {string.Join('\\', s)}); export the series again.");
        }
        row = row.Normalized();
        // The part along the row is rounding of the written cosines; taken out, the axes are exactly orthogonal.
        column = (column - row * column.Dot(row)).Normalized();
        return new FramePlane(new Vector3D(p[0], p[1], p[2]), row, column, s[1], s[0],
            dataset.GetInt(DicomTags.Columns), dataset.GetInt(DicomTags.Rows));
    }

    /// <summary>The attribute in which two frames of one stack differ though they must not, or null.</summary>
    public string? DifferenceFrom(FramePlane other)
    {
        const double cosine = 1e-4;
        const double spacingMm = 1e-4;
        if (Columns != other.Columns || Rows != other.Rows)
            return $"matrix size ({Columns}×{Rows} and {other.Columns}×{other.Rows})";
        if ((RowDirection - other.RowDirection).Length > cosine || (ColumnDirection - other.ColumnDirection).Length > cosine)
            return "orientation";
        return Math.Abs(SpacingXMm - other.SpacingXMm) > spacingMm || Math.Abs(SpacingYMm - other.SpacingYMm) > spacingMm
            ? $"pixel spacing ({SpacingYMm:G6}\\{SpacingXMm:G6} and {other.SpacingYMm:G6}\\{other.SpacingXMm:G6} mm)"
            : null;
    }
}
