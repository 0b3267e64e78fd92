using HccPipeline.Imaging;

namespace HccPipeline.Radiomics;

/// <summary>Choices of an extraction in IBSI's convention, in the order in which they act.</summary>
public sealed record IbsiSettings
{
    /// <summary>Voxel spacing to interpolate to, mm; null leaves the grid as it is, a component of 0 the axis: so 2D interpolation keeps the slices.</summary>
    public Vector3D? SpacingMm { get; init; }

    /// <summary>Interpolation of intensities.</summary>
    public Interpolation ImageInterpolation { get; init; } = Interpolation.Linear;

    /// <summary>Interpolation of the mask.</summary>
    public Interpolation MaskInterpolation { get; init; } = Interpolation.Linear;

    /// <summary>Share of a voxel that must be inside after interpolation of the mask.</summary>
    public double PartialVolumeThreshold { get; init; } = 0.5;

    /// <summary>Whether interpolated intensities are rounded to whole numbers, as for Hounsfield units.</summary>
    public bool RoundIntensities { get; init; }

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
