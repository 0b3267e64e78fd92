using HccPipeline.Imaging;

namespace HccPipeline.Radiomics;

/// <summary>Where the voxels of the working grid lie.</summary>
public enum GridAlignment
{
    /// <summary>Over the whole image, its centre kept (IBSI).</summary>
    Centre,

    /// <summary>Outer corners of the first voxels kept, cut to the region's box and a margin; axes along which the region has one slice keep their
    /// spacing; an image that has the spacing wanted is cut and not interpolated; beyond the image there are zeros (PyRadiomics).</summary>
    Corner,
}

/// <summary>What the bounds of re-segmentation are.</summary>
public enum ResegmentationMode
{
    /// <summary>Intensities.</summary>
    Absolute,

    /// <summary>Parts of the region's maximum.</summary>
    Relative,

    /// <summary>Standard deviations (over N) from the region's mean.</summary>
    Sigma,
}

/// <summary>Choices of an extraction in IBSI's convention, in the order in which they act.</summary>
public sealed record IbsiSettings
{
    /// <summary>Voxel spacing to interpolate to, mm; null leaves the grid as it is, a component of 0 the axis: so 2D interpolation keeps the slices.</summary>
    public Vector3D? SpacingMm { get; init; }

    /// <summary>Where the voxels of the working grid lie.</summary>
    public GridAlignment Alignment { get; init; }

    /// <summary>Voxels around the region's box to which the image is cut: in the new grid where <see cref="Alignment"/> is by corner, else, without
    /// interpolation, in its own; null leaves it whole.</summary>
    public int? Margin { get; init; }

    /// <summary>Interpolation of intensities.</summary>
    public Interpolation ImageInterpolation { get; init; } = Interpolation.Linear;

    /// <summary>Interpolation of the mask.</summary>
    public Interpolation MaskInterpolation { get; init; } = Interpolation.Linear;

    /// <summary>Share of a voxel that must be inside after interpolation of the mask.</summary>
    public double PartialVolumeThreshold { get; init; } = 0.5;

    /// <summary>Whether interpolated intensities are rounded to whole numbers, as for Hounsfield units.</summary>
    public bool RoundIntensities { get; init; }

    /// <summary>Whether interpolated intensities are cut to whole numbers toward zero, as ITK does with images of whole numbers.</summary>
    public bool TruncateIntensities { get; init; }

    /// <summary>What the two bounds below are.</summary>
    public ResegmentationMode ResegmentationMode { get; init; }

    /// <summary>Whether re-segmentation changes the morphological mask too.</summary>
    public bool ResegmentShape { get; init; }

    /// <summary>Lowest intensity that stays in the region; null for no bound.</summary>
    public double? LowestIntensity { get; init; }

    /// <summary>Highest intensity that stays in the region; null for no bound.</summary>
    public double? HighestIntensity { get; init; }

    /// <summary>Voxels farther from the mean than so many standard deviations leave the region; null for none.</summary>
    public double? OutlierSigmas { get; init; }

    /// <summary>Whether voxels without a value (NaN), as where a fit does not hold, leave the intensity mask; else they are refused by name.</summary>
    public bool LeaveOutWithoutValue { get; init; }

    /// <summary>Discretisation of histogram and texture.</summary>
    public Discretisation Bins { get; init; } = Discretisation.None;

    /// <summary>Discretisation of the intensity-volume histogram.</summary>
    public Discretisation VolumeHistogramBins { get; init; } = Discretisation.None;

    /// <summary>Aggregations of texture.</summary>
    public IReadOnlyList<Aggregation> Aggregations { get; init; } = [Aggregation.VolumeAveraged, Aggregation.VolumeMerged];
}
