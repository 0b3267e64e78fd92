using HccPipeline.Imaging;
using HccPipeline.Radiomics;

namespace HccPipeline.FeatureWorker.Standalone;

/// <summary>Values of one case, and where they come from.</summary>
/// <param name="Features">Named values.</param>
/// <param name="Provenance">What made them.</param>
public sealed record ExtractionResult(IReadOnlyList<FeatureValue> Features, ExtractionProvenance Provenance);

/// <summary>All that values depend on.</summary>
public sealed record ExtractionProvenance
{
    /// <summary>Name of the profile.</summary>
    public required string Profile { get; init; }

    /// <summary>SHA-256 of the profile's canonical form.</summary>
    public required string ProfileSha256 { get; init; }

    /// <summary>Version of the program and commit.</summary>
    public required string CodeVersion { get; init; }

    /// <summary>Path of the image as it was given.</summary>
    public required string Image { get; init; }

    /// <summary>SHA-256 of the image's file; of a folder, of the sorted hashes of its DICOM files.</summary>
    public required string ImageSha256 { get; init; }

    /// <summary>Path of the mask as it was given.</summary>
    public required string Mask { get; init; }

    /// <summary>SHA-256 of the mask's file.</summary>
    public required string MaskSha256 { get; init; }

    /// <summary>Region asked for; null for the only one.</summary>
    public required string? Label { get; init; }

    /// <summary>Voxels of the region on the image's grid.</summary>
    public required int MaskVoxels { get; init; }

    /// <summary>Whether the mask was resampled from a grid of its own.</summary>
    public required bool MaskResampled { get; init; }

    /// <summary>Grid of the mask as stored; null for contours.</summary>
    public required GridDescription? MaskGrid { get; init; }

    /// <summary>Grid of the image as stored.</summary>
    public required GridDescription GridBefore { get; init; }

    /// <summary>Grid after interpolation and cropping; the same where there is neither.</summary>
    public required GridDescription GridAfter { get; init; }

    /// <summary>Filtered images for which that grid is too small, each with the reason; they have no features.</summary>
    public required IReadOnlyList<string> ImagesLeftOut { get; init; }
}

/// <summary>A grid in patient space (LPS, mm).</summary>
/// <param name="Size">Voxels along x, y and z.</param>
/// <param name="SpacingMm">Spacing along x, y and z.</param>
/// <param name="OriginMm">Centre of the first voxel.</param>
/// <param name="Axes">Unit vectors of x, y and z, one after the other.</param>
public sealed record GridDescription(int[] Size, double[] SpacingMm, double[] OriginMm, double[] Axes)
{
    /// <summary>Describes a grid.</summary>
    public static GridDescription Of(Geometry g) => new(
        [g.SizeX, g.SizeY, g.SizeZ], Numbers(g.SpacingMm), Numbers(g.Origin), [.. Numbers(g.XAxis), .. Numbers(g.YAxis), .. Numbers(g.ZAxis)]);

    private static double[] Numbers(Vector3D v) => [v.X, v.Y, v.Z];
}
