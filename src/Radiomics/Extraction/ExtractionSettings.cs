using HccPipeline.Imaging;

namespace HccPipeline.Radiomics;

/// <summary>How intensities are normalised before anything else.</summary>
public enum Normalisation
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>Z-score over the whole image.</summary>
    ZScore,

    /// <summary>Over the mean of a reference region.</summary>
    ReferenceRegion,
}

/// <summary>An image that is made from the original one and described beside it.</summary>
/// <param name="Name">Image type in front of the features' names, such as <c>log-sigma-3-0-mm-3D</c>.</param>
/// <param name="Apply">The filter.</param>
public sealed record ImageFilter(string Name, Func<Volume<float>, Volume<float>> Apply)
{
    /// <summary>The filter where it needs the region too: what lies outside may hold anything. Else null.</summary>
    public Func<Volume<float>, Volume<byte>, Volume<float>>? ApplyWithin { get; init; }

    /// <summary>Why a grid can't have this filter's image, which is then left out; null where every grid can.</summary>
    public Func<Geometry, string?>? TooSmall { get; init; }

    /// <summary>Discretisation of the response; null takes the image's.</summary>
    public Discretisation? Bins { get; init; }

    /// <summary>PyRadiomics' choices of texture; null takes the image's.</summary>
    public TextureSettings? Texture { get; init; }

    /// <summary>PyRadiomics' voxelArrayShift; null takes the image's.</summary>
    public double? VoxelArrayShift { get; init; }

    /// <summary>The response.</summary>
    /// <param name="image">Image.</param>
    /// <param name="mask">Region.</param>
    public Volume<float> Of(Volume<float> image, Volume<byte> mask) => ApplyWithin is { } within ? within(image, mask) : Apply(image);
}

/// <summary>Every choice of an extraction.</summary>
public sealed record ExtractionSettings
{
    /// <summary>Whose definitions.</summary>
    public Convention Convention { get; init; } = Convention.PyRadiomics;

    /// <summary>Families wanted; null for all of the convention.</summary>
    public IReadOnlySet<FeatureFamily>? Families { get; init; }

    /// <summary>Normalisation.</summary>
    public Normalisation Normalisation { get; init; }

    /// <summary>Factor after a z-score.</summary>
    public double NormalisationScale { get; init; } = 1;

    /// <summary>Bound of a z-score, before the factor: values beyond take it; null for none.</summary>
    public double? NormalisationClip { get; init; }

    /// <summary>A region with fewer voxels is refused.</summary>
    public int MinimumVoxels { get; init; } = 1;

    /// <summary>A region that extends along fewer axes is refused.</summary>
    public int MinimumDimensions { get; init; }

    /// <summary>Interpolation, re-segmentation, discretisation and aggregation.</summary>
    public IbsiSettings Preparation { get; init; } = new() { Bins = Discretisation.FixedBinSize(25) };

    /// <summary>PyRadiomics' voxelArrayShift.</summary>
    public double VoxelArrayShift { get; init; }

    /// <summary>PyRadiomics' choices of texture.</summary>
    public TextureSettings Texture { get; init; } = TextureSettings.Default;

    /// <summary>Whether features of the image itself are wanted.</summary>
    public bool Original { get; init; } = true;

    /// <summary>Filtered images.</summary>
    public IReadOnlyList<ImageFilter> Filters { get; init; } = [];
}
