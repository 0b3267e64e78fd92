using HccPipeline.Imaging;

namespace HccPipeline.Dicom;

/// <summary>What describes a parametric map object.</summary>
public sealed record ParametricMapDescription
{
    /// <summary>Series Instance UID (0020,000E) of the map.</summary>
    public required string SeriesInstanceUid { get; init; }

    /// <summary>SOP Instance UID (0008,0018) of the map.</summary>
    public required string SopInstanceUid { get; init; }

    /// <summary>Dimension Organization UID (0020,9164).</summary>
    public required string DimensionOrganizationUid { get; init; }

    /// <summary>Series Number (0020,0011).</summary>
    public required int SeriesNumber { get; init; }

    /// <summary>Instance Number (0020,0013): maps of one series are told apart by it.</summary>
    public int InstanceNumber { get; init; } = 1;

    /// <summary>Series Description (0008,103E).</summary>
    public required string Description { get; init; }

    /// <summary>The program that made it.</summary>
    public required Equipment Equipment { get; init; }

    /// <summary>What the values measure, as (113041, DCM, "Apparent Diffusion Coefficient").</summary>
    public required CodedConcept Quantity { get; init; }

    /// <summary>Unit of the values, a code of UCUM, as (um2/s, UCUM, "um2/s").</summary>
    public required CodedConcept Unit { get; init; }

    /// <summary>How the values were made, as (129105, DCM, "Diffusion image analysis").</summary>
    public CodedConcept Derivation { get; init; } = CodedConcept.RadiomicsFeatureMap;

    /// <summary>Name of the map, LUT Explanation (0028,3003); its first 16 characters are the LUT Label (0040,9210).</summary>
    public required string Label { get; init; }

    /// <summary>Content Label (0070,0080): capital letters, digits, spaces and underscores, at most 16.</summary>
    public string ContentLabel { get; init; } = "MAP";

    /// <summary>Value of voxels without a value, (0028,0122) or (0028,0123); null where all voxels have one.</summary>
    public double? PaddingValue { get; init; }
}

/// <summary>The series that a map was computed from.</summary>
/// <param name="SeriesInstanceUid">Its Series Instance UID (0020,000E).</param>
/// <param name="FrameOfReferenceUid">Its Frame of Reference UID (0020,0052).</param>
/// <param name="SopClassUid">SOP class of its images.</param>
/// <param name="SopInstanceUids">Its images, in the order of z where there is one for each slice.</param>
/// <param name="Grid">Its grid.</param>
public sealed record ParametricMapSource(
    string SeriesInstanceUid, string FrameOfReferenceUid, string SopClassUid, IReadOnlyList<string> SopInstanceUids, Geometry Grid)
{
    /// <summary>The source that a series is.</summary>
    /// <param name="image">One of its images.</param>
    /// <param name="series">The series.</param>
    public static ParametricMapSource Of(DicomInstance image, SeriesVolume series) =>
        new(image.SeriesInstanceUid, series.FrameOfReferenceUid, image.SopClassUid, series.SopInstanceUids, series.Volume.Geometry);
}
