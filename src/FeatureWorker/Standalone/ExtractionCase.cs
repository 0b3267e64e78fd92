namespace HccPipeline.FeatureWorker.Standalone;

/// <summary>One region of one image.</summary>
/// <param name="Image">DICOM folder or file, NIfTI or NRRD.</param>
/// <param name="Mask">DICOM SEG, RTSTRUCT, NIfTI or NRRD.</param>
public sealed record ExtractionCase(string Image, string Mask)
{
    /// <summary>Name of the case; empty for none.</summary>
    public string Name { get; init; } = "";

    /// <summary>Number or name of the region in the mask; null for the profile's, or the only one.</summary>
    public string? Label { get; init; }

    /// <summary>Number or name of the reference region in the mask, where the profile normalises by one.</summary>
    public string? Reference { get; init; }

    /// <summary>Which stack of a series with several of one place, from 1 on.</summary>
    public int? Stack { get; init; }

    /// <summary>Whether a mask without a frame of reference is known to lie in the image's space, so that it may be resampled.</summary>
    public bool SameSpace { get; init; }
}
