using HccPipeline.Imaging;

namespace HccPipeline.Radiomics.Voxelwise;

/// <summary>Choices of voxel maps, in PyRadiomics' convention.</summary>
public sealed record VoxelMapSettings
{
    /// <summary>Largest kernel radius.</summary>
    public const int MaxKernelRadius = 7;

    /// <summary>Kernel radius r, voxels: the kernel is a box of 2r + 1 voxels along each axis, cut at the edges of the image.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not 1 to <see cref="MaxKernelRadius"/>.</exception>
    public int KernelRadius
    {
        get;
        init => field = value is >= 1 and <= MaxKernelRadius
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, $"A kernel radius is 1 to {MaxKernelRadius} voxels.");
    } = 1;

    /// <summary>Whether the kernel holds voxels of the region only; if not, all voxels of the image within the box.</summary>
    public bool MaskedKernel { get; init; } = true;

    /// <summary>Axis along which the kernel is one voxel thin (PyRadiomics' <c>force2D</c>); null for a kernel in space.</summary>
    public Axis? FlatAxis { get; init; }

    /// <summary>Value of the maps outside the region.</summary>
    public double InitialValue { get; init; }

    /// <summary>Grey levels; made once over the whole region, not per kernel.</summary>
    public Discretisation Bins { get; init; } = Discretisation.FixedBinSize(25);

    /// <summary>PyRadiomics' voxelArrayShift.</summary>
    public double VoxelArrayShift { get; init; }

    /// <summary>Maps wanted: features (<c>glcm_Contrast</c>) or whole classes (<c>glcm</c>); they come out in the catalogue's order.</summary>
    /// <exception cref="ArgumentException">A name is unknown, or there is none.</exception>
    public IReadOnlyList<string> Features
    {
        get;
        init => field = VoxelFeatures.Resolve(value);
    } = VoxelFeatures.All;
}
