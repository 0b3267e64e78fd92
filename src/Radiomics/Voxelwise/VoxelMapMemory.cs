using HccPipeline.Imaging;

namespace HccPipeline.Radiomics.Voxelwise;

/// <summary>What maps of a brick need in memory: for a planner that keeps a cap.</summary>
public static class VoxelMapMemory
{
    private const long PerSourceVoxel = sizeof(float) + sizeof(byte), PerCell = sizeof(ushort) + sizeof(float), Small = 1 << 18;

    /// <summary>Most bytes that <see cref="VoxelMaps.Compute"/> holds at once, its block and mask included.</summary>
    /// <param name="core">Box whose maps are wanted.</param>
    /// <param name="settings">Choices; maps wanted weigh most.</param>
    /// <param name="highestLevel">Highest grey level of the region.</param>
    /// <param name="threads">Threads.</param>
    public static long BytesFor(VoxelBox core, VoxelMapSettings settings, int highestLevel, int threads = 1) =>
        WithoutMaps(core, settings, highestLevel, threads) + core.VoxelCount * sizeof(double) * settings.Features.Count;

    /// <summary>Most bytes that <see cref="VoxelMaps.ComputeRegion"/> holds at once, its block, mask and values included.</summary>
    /// <param name="core">Box whose maps are wanted.</param>
    /// <param name="regionVoxels">Voxels of the region in it.</param>
    /// <param name="settings">Choices.</param>
    /// <param name="highestLevel">Highest grey level of the region.</param>
    public static long BytesForRegion(VoxelBox core, long regionVoxels, VoxelMapSettings settings, int highestLevel) =>
        WithoutMaps(core, settings, highestLevel, threads: 1) + regionVoxels * sizeof(double) * settings.Features.Count;

    private static long WithoutMaps(VoxelBox core, VoxelMapSettings settings, int highestLevel, int threads)
    {
        KernelBox box = new(settings.KernelRadius, settings.FlatAxis);
        long cells = (core.SizeX + 2L * box.RadiusX) * (core.SizeY + 2L * box.RadiusY) * (core.SizeZ + 2L * box.RadiusZ);
        return cells * (PerSourceVoxel + PerCell) + threads * Scratch(box, highestLevel, settings.Features) + Small;
    }

    /// <summary>Scratch space of one thread: tables over a kernel's levels and cells, and over the region's levels.</summary>
    private static long Scratch(KernelBox box, int highestLevel, IReadOnlyList<string> features)
    {
        long levels = KernelWindow.MostLevels(box, highestLevel) + 1L;
        bool Wants(string name) => features.Any(f => f.StartsWith(name, StringComparison.Ordinal));
        long perLevel = (Wants("glcm_MCC") ? levels * SpectralRadius.Lanes * sizeof(double) : 0)
            + (Wants("glcm") ? levels * sizeof(ushort) : 0)
            + (Wants("glszm") ? (box.Cells + 1L) * sizeof(int) : 0)
            + 64L * sizeof(int);
        long sliding = Wants("glcm") && SlidingCooccurrence.Pays(box, highestLevel)
            ? box.Directions.Length * (highestLevel + 8L) * (highestLevel + 8L) * sizeof(ushort)
            : 0;
        return levels * perLevel + sliding + highestLevel * 128L + box.Cells * 1024L;
    }
}
