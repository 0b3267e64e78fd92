namespace HccPipeline.FeatureWorker.Profiles;

/// <summary>Choices of feature maps, which hold a value for the surroundings of each voxel.</summary>
public sealed record VoxelChoices
{
    /// <summary>Voxels to each side: 1 is a cube of 27, or a square of 9 where texture is by slice.</summary>
    public int KernelRadius { get; init; } = 1;

    /// <summary>Whether only voxels of the region count in the surroundings of a voxel, and bins are those of the region; else of the whole image.</summary>
    public bool MaskedKernel { get; init; } = true;

    /// <summary>Value of voxels outside the region and of those for which there is none; may be <c>.nan</c>.</summary>
    public double InitialValue { get; init; }
}
