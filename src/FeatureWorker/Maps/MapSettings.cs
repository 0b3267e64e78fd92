using HccPipeline.Imaging;
using HccPipeline.Radiomics;
using HccPipeline.Radiomics.Voxelwise;

namespace HccPipeline.FeatureWorker.Maps;

/// <summary>Choices of voxel maps as they are stored with a brick; <see cref="VoxelMapSettings"/> in a form that JSON holds.</summary>
public sealed record MapSettings
{
    /// <summary>Kernel radius, voxels.</summary>
    public required int KernelRadius { get; init; }

    /// <summary>Whether kernels hold voxels of the region only.</summary>
    public required bool MaskedKernel { get; init; }

    /// <summary>Axis along which kernels are one voxel thin; null for kernels in space.</summary>
    public Axis? FlatAxis { get; init; }

    /// <summary>Width of an intensity bin, in the unit of the image.</summary>
    public double? BinWidth { get; init; }

    /// <summary>Number of intensity bins.</summary>
    public int? BinCount { get; init; }

    /// <summary>PyRadiomics' voxelArrayShift.</summary>
    public double VoxelArrayShift { get; init; }

    /// <summary>Features to map, in the catalogue's order.</summary>
    public required IReadOnlyList<string> Features { get; init; }

    /// <summary>As settings of the kernels. There must be a feature to map.</summary>
    internal VoxelMapSettings ToKernelSettings() => new()
    {
        KernelRadius = KernelRadius,
        MaskedKernel = MaskedKernel,
        FlatAxis = FlatAxis,
        Bins = BinWidth is { } width ? Discretisation.FixedBinSize(width) : BinCount is { } count ? Discretisation.FixedBinNumber(count) : Discretisation.None,
        VoxelArrayShift = VoxelArrayShift,
        Features = Features,
    };
}
