using HccPipeline.Imaging;

namespace HccPipeline.Radiomics.Voxelwise;

/// <summary>Feature maps: each voxel's features over the kernel around it.</summary>
/// <remarks>A voxel's values depend on its kernel and the region's scale alone: whatever the bricks, threads or processors, the bits are the
/// same. Maps of a whole volume are those of a mask that is 1 everywhere.</remarks>
public static class VoxelMaps
{
    /// <summary>The part of an image that maps of a box need: the box and what its kernels reach.</summary>
    /// <param name="core">Box whose maps are wanted.</param>
    /// <param name="image">Grid of the image.</param>
    /// <param name="settings">Kernel radius and flat axis.</param>
    public static VoxelBox BlockFor(VoxelBox core, Geometry image, VoxelMapSettings settings)
    {
        VoxelBox grown = core.Grow(settings.KernelRadius, image);
        return settings.FlatAxis switch
        {
            Axis.X => grown with { X = core.X, SizeX = core.SizeX },
            Axis.Y => grown with { Y = core.Y, SizeY = core.SizeY },
            Axis.Z => grown with { Z = core.Z, SizeZ = core.SizeZ },
            _ => grown,
        };
    }

    /// <summary>Maps of a whole region, over its bounding box.</summary>
    /// <param name="image">Intensities.</param>
    /// <param name="mask">Region on the image's grid.</param>
    /// <param name="settings">Choices.</param>
    /// <param name="maxDegreeOfParallelism">Threads; with 1 the calling one does all.</param>
    /// <param name="cancellationToken">Ends the work between two rows of voxels.</param>
    /// <exception cref="RegionException">The region is empty or not finite, or has too many levels.</exception>
    /// <exception cref="ArgumentException">Image and mask lie on different grids.</exception>
    public static VoxelMapSet OfRegion(
        Volume<float> image, Volume<byte> mask, VoxelMapSettings settings, int maxDegreeOfParallelism = 1,
        CancellationToken cancellationToken = default) =>
        Compute(image, mask, Mask.BoundingBox(mask), LevelScale.Of(image, mask, settings), settings, maxDegreeOfParallelism, cancellationToken);

    /// <summary>Maps of a box of voxels from a part of the image that holds it and what its kernels reach.</summary>
    /// <param name="block">Intensities; where the block ends within reach of the core, the image is taken to end.</param>
    /// <param name="mask">Region on the block's grid; maps have values at its voxels.</param>
    /// <param name="core">Box whose maps are wanted, in voxels of the block.</param>
    /// <param name="scale">Grey levels of the whole region.</param>
    /// <param name="settings">Choices.</param>
    /// <param name="maxDegreeOfParallelism">Threads; with 1 the calling one does all.</param>
    /// <param name="cancellationToken">Ends the work between two rows of voxels.</param>
    /// <exception cref="RegionException">A voxel that a kernel holds is not finite.</exception>
    /// <exception cref="ArgumentException">Block and mask lie on different grids, the core leaves the block, the scale is that of another
    /// region or of other bins.</exception>
    public static VoxelMapSet Compute(
        Volume<float> block, Volume<byte> mask, VoxelBox core, LevelScale scale, VoxelMapSettings settings, int maxDegreeOfParallelism = 1,
        CancellationToken cancellationToken = default)
    {
        Require(block.Geometry, mask.Geometry, core, scale, settings);
        double[][] maps = [.. settings.Features.Select(_ => GC.AllocateUninitializedArray<double>(checked((int)core.VoxelCount)))];
        foreach (double[] map in maps)
            map.AsSpan().Fill(settings.InitialValue);
        KernelBox box = new(settings.KernelRadius, settings.FlatAxis);
        LevelBlock levels = new(block, mask, core, scale, settings.MaskedKernel, box);
        int voxels = 0;
        KernelWorker? Row(int row, KernelWorker? worker)
        {
            int y = row % core.SizeY, z = row / core.SizeY;
            ReadOnlySpan<byte> inside = RowOf(mask, core, row);
            if (inside.IndexOfAnyExcept((byte)0) < 0)
                return worker;
            worker ??= new(levels, box, scale, settings, block.Geometry.VoxelVolumeMm3);
            Interlocked.Add(ref voxels, worker.Row(inside, y, z, new BoxRow(maps, row * core.SizeX)));
            return worker;
        }
        EachRow(core.SizeY * core.SizeZ, Row, maxDegreeOfParallelism, cancellationToken);
        return new(core, settings.Features, maps, voxels);
    }

    /// <summary>The same of the region's voxels alone, on the calling thread: what is stored of a box, without the box.</summary>
    /// <param name="block">Intensities, as in <see cref="Compute"/>.</param>
    /// <param name="mask">Region on the block's grid.</param>
    /// <param name="core">Box whose maps are wanted, in voxels of the block.</param>
    /// <param name="scale">Grey levels of the whole region.</param>
    /// <param name="settings">Choices; the initial value is of no account.</param>
    /// <param name="values">Receives map after map, in the order of the settings' features, the values of the region's voxels in the core in scan
    /// order (z, y, x).</param>
    /// <param name="cancellationToken">Ends the work between two rows of voxels.</param>
    /// <exception cref="RegionException">A voxel that a kernel holds is not finite.</exception>
    /// <exception cref="ArgumentException">As in <see cref="Compute"/>, or there is not room for just these values.</exception>
    public static void ComputeRegion(
        Volume<float> block, Volume<byte> mask, VoxelBox core, LevelScale scale, VoxelMapSettings settings, Span<double> values,
        CancellationToken cancellationToken = default)
    {
        Require(block.Geometry, mask.Geometry, core, scale, settings);
        int voxels = 0, rows = core.SizeY * core.SizeZ;
        for (int row = 0; row < rows; row++) voxels += core.SizeX - RowOf(mask, core, row).Count((byte)0);
        if (values.Length != (long)voxels * settings.Features.Count)
            throw new ArgumentException($"{settings.Features.Count} maps of {voxels} voxels do not have {values.Length} values.", nameof(values));
        KernelBox box = new(settings.KernelRadius, settings.FlatAxis);
        LevelBlock levels = new(block, mask, core, scale, settings.MaskedKernel, box);
        KernelWorker worker = new(levels, box, scale, settings, block.Geometry.VoxelVolumeMm3);
        for (int row = 0, at = 0; row < rows; row++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            at += worker.Row(RowOf(mask, core, row), row % core.SizeY, row / core.SizeY, new RegionRow(values, voxels, at));
        }
    }

    private static ReadOnlySpan<byte> RowOf(Volume<byte> mask, VoxelBox core, int row) =>
        mask.Voxels.Slice(mask.Geometry.IndexOf(core.X, core.Y + (row % core.SizeY), core.Z + (row / core.SizeY)), core.SizeX);

    /// <summary>Rows in turn on the calling thread, or shared out; each thread keeps a worker of its own.</summary>
    private static void EachRow(int rows, Func<int, KernelWorker?, KernelWorker?> work, int threads, CancellationToken cancellationToken)
    {
        if (threads != 1)
        {
            ParallelOptions options = new() { MaxDegreeOfParallelism = threads, CancellationToken = cancellationToken };
            Parallel.For(0, rows, options, () => (KernelWorker?)null, (row, _, worker) => work(row, worker), _ => { });
            return;
        }
        KernelWorker? own = null;
        for (int row = 0; row < rows; row++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            own = work(row, own);
        }
    }

    private static void Require(Geometry block, Geometry mask, VoxelBox core, LevelScale scale, VoxelMapSettings settings)
    {
        Mask.RequireSameGrid(block, mask);
        if (core.IsEmpty || core.X < 0 || core.Y < 0 || core.Z < 0
            || core.X + core.SizeX > block.SizeX || core.Y + core.SizeY > block.SizeY || core.Z + core.SizeZ > block.SizeZ)
        {
            throw new ArgumentException(
                $"The core {core} does not lie within the block of {block.SizeX}×{block.SizeY}×{block.SizeZ} voxels.", nameof(core));
        }
        if (scale.Bins != settings.Bins)
            throw new ArgumentException("The grey-level scale was made with other bins than those of the settings.", nameof(scale));
    }
}
