namespace HccPipeline.FeatureWorker.Profiles;

/// <summary>How a mask is read that does not lie on the image's grid, or holds several things.</summary>
public sealed record MaskChoices
{
    /// <summary>Differences up to which mask and image count as lying on one grid: origins in parts of the image's spacing along x, spacings in
    /// parts of it too, directions as cosines (SimpleITK's rule); null for a thousandth of a millimetre.</summary>
    public double? Tolerance { get; init; }

    /// <summary>Whether a mask on another grid is taken to the image's by nearest voxel, its box being within the image.</summary>
    public bool Correct { get; init; }

    /// <summary>Which component of a mask of several, from 0 on.</summary>
    public int Channel { get; init; }

    /// <summary>Label taken of a mask that has several, where none is asked for; null refuses such a mask.</summary>
    public int? LabelOfSeveral { get; init; }
}
