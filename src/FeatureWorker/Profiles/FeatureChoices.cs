using HccPipeline.Imaging;
using HccPipeline.Radiomics;

namespace HccPipeline.FeatureWorker.Profiles;

/// <summary>How the features of a region on one kind of image are computed, in the order in which the steps act.</summary>
public sealed record FeatureChoices
{
    /// <summary>Label of the mask that is the region, where none is asked for; null for the only one.</summary>
    public int? Label { get; init; }

    /// <summary>How a mask is read that does not lie on the image's grid, or holds several things.</summary>
    public MaskChoices Mask { get; init; } = new();

    /// <summary>Part of the maximum from which a voxel of a fractional segmentation is inside, above 0 to 1.</summary>
    public double FractionThreshold { get; init; } = 0.5;

    /// <summary>Fewer voxels than these are refused.</summary>
    public int MinimumVoxels { get; init; } = 1;

    /// <summary>A region that extends along fewer axes than these is refused; 0 to 3.</summary>
    public int MinimumDimensions { get; init; }

    /// <summary>Normalisation of intensities.</summary>
    public NormalisationChoices Normalisation { get; init; } = new();

    /// <summary>Interpolation; null leaves the grid as it is.</summary>
    public InterpolationChoices? Interpolation { get; init; }

    /// <summary>Voxels around the region's box to which an image that is not interpolated is cut before it is filtered; null for the whole image.</summary>
    public int? CropMargin { get; init; }

    /// <summary>Re-segmentation.</summary>
    public ResegmentationChoices Resegmentation { get; init; } = new();

    /// <summary>Whether the image itself is described.</summary>
    public bool Original { get; init; } = true;

    /// <summary>Filtered images that are described beside it.</summary>
    public FilterChoices[] Filters { get; init; } = [];

    /// <summary>Width of an intensity bin, in the unit of the image; excludes <see cref="BinCount"/>.</summary>
    public double? BinWidth { get; init; }

    /// <summary>Number of intensity bins.</summary>
    public int? BinCount { get; init; }

    /// <summary>Width of a bin of IBSI's intensity-volume histogram; excludes <see cref="VolumeHistogramBinCount"/>.</summary>
    public double? VolumeHistogramBinWidth { get; init; }

    /// <summary>Number of bins of IBSI's intensity-volume histogram.</summary>
    public int? VolumeHistogramBinCount { get; init; }

    /// <summary>PyRadiomics' voxelArrayShift.</summary>
    public double VoxelArrayShift { get; init; }

    /// <summary>PyRadiomics' choices of texture.</summary>
    public TextureChoices Texture { get; init; } = new();

    /// <summary>IBSI's aggregations of texture; empty for both of 3D.</summary>
    public Aggregation[] Aggregations { get; init; } = [];

    /// <summary>Feature classes wanted whole, as they stand in the features' names (<c>firstorder</c>, <c>glcm</c>, <c>stat</c>); empty,
    /// with <see cref="Features"/> empty too, for all of the convention.</summary>
    public string[] Classes { get; init; } = [];

    /// <summary>Single features wanted besides, such as <c>firstorder_Mean</c>.</summary>
    public string[] Features { get; init; } = [];

    /// <summary>The same without shape; null when nothing is left.</summary>
    internal FeatureChoices? WithoutShape(Convention convention)
    {
        bool all = Classes.Length + Features.Length == 0;
        FeatureChoices without = this with
        {
            Classes = [.. (all ? FeatureClasses.Default(convention) : Classes).Where(c => !FeatureClasses.IsShape(c))],
            Features = [.. Features.Where(f => !FeatureClasses.IsShape(FeatureClasses.ClassOf(f)))],
        };
        return without.Classes.Length + without.Features.Length > 0 ? without : null;
    }

    /// <summary>The same choices with lists whose order means nothing sorted and without doubles.</summary>
    internal FeatureChoices Canonical() => this with
    {
        Aggregations = [.. Aggregations.Distinct().Order()],
        Texture = Texture.Canonical(),
        Classes = [.. Classes.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
        Features = [.. Features.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
    };
}

/// <summary>Choices of normalisation.</summary>
public sealed record NormalisationChoices
{
    /// <summary><c>none</c>, <c>z-score</c> over the whole image or <c>reference-region</c>.</summary>
    public Normalisation Method { get; init; }

    /// <summary>Factor after a z-score.</summary>
    public double Scale { get; init; } = 1;

    /// <summary>Bound of a z-score, before the factor: values beyond take it; null for none.</summary>
    public double? Clip { get; init; }
}

/// <summary>Choices of interpolation.</summary>
public sealed record InterpolationChoices
{
    /// <summary>Spacing along x, y and z, mm; 0 keeps the image's own.</summary>
    public double[] SpacingMm { get; init; } = [];

    /// <summary>Of intensities: <c>nearest</c>, <c>linear</c> or <c>cubic-spline</c>.</summary>
    public Interpolation Image { get; init; } = Imaging.Interpolation.Linear;

    /// <summary>Where the new grid lies: <c>centre</c>, over the whole image, or <c>corner</c>, around the region, as PyRadiomics has it.</summary>
    public GridAlignment Alignment { get; init; }

    /// <summary>Voxels of a grid aligned by corner around the region's box.</summary>
    public int Margin { get; init; } = 5;

    /// <summary>Whether interpolated intensities of an image that is stored in whole numbers are cut to whole numbers, as ITK does.</summary>
    public bool KeepWhole { get; init; }

    /// <summary>Of the mask.</summary>
    public Interpolation Mask { get; init; } = Imaging.Interpolation.Linear;

    /// <summary>Part of a voxel that must be inside.</summary>
    public double PartialVolumeThreshold { get; init; } = 0.5;

    /// <summary>Whether interpolated intensities are rounded to whole numbers.</summary>
    public bool Round { get; init; }
}

/// <summary>Choices of re-segmentation.</summary>
public sealed record ResegmentationChoices
{
    /// <summary>What the bounds are: intensities (<c>absolute</c>), parts of the region's maximum (<c>relative</c>) or standard deviations from its
    /// mean (<c>sigma</c>).</summary>
    public ResegmentationMode Mode { get; init; }

    /// <summary>Whether shape is that of the re-segmented region.</summary>
    public bool Shape { get; init; }

    /// <summary>Lowest intensity that stays; null for no bound.</summary>
    public double? Lowest { get; init; }

    /// <summary>Highest intensity that stays; null for no bound.</summary>
    public double? Highest { get; init; }

    /// <summary>Standard deviations from the mean beyond which a voxel leaves; null for none.</summary>
    public double? OutlierSigmas { get; init; }
}
