using System.Runtime.CompilerServices;

namespace HccPipeline.Radiomics.Voxelwise;

/// <summary>One thread's kernels: walks rows of voxels and writes the features wanted into the maps.</summary>
internal sealed class KernelWorker
{
    private readonly KernelWindow _window;
    private readonly EqualNeighbours? _equal;
    private readonly List<(IKernelFeatures Features, double[] Values, (int Value, int Map)[] Wanted)> _classes = [];

    internal KernelWorker(LevelBlock block, KernelBox box, LevelScale scale, VoxelMapSettings settings, double voxelVolumeMm3)
    {
        _window = new(block, box, scale.HighestLevel);
        EqualNeighbours equal = new(box);
        foreach (IGrouping<string, string> group in VoxelFeatures.All.GroupBy(VoxelFeatures.ClassOf))
        {
            string[] names = [.. group];
            (int, int)[] wanted =
            [
                .. from map in Enumerable.Range(0, settings.Features.Count)
                   let value = Array.IndexOf(names, settings.Features[map])
                   where value >= 0
                   select (value, map),
            ];
            if (wanted.Length == 0)
                continue;
            IKernelFeatures features = group.Key switch
            {
                "firstorder" => new FirstOrderKernel(box, voxelVolumeMm3, settings.VoxelArrayShift),
                "glcm" => new CooccurrenceKernel(box, block, scale, settings.Features.Contains("glcm_MCC")),
                "glrlm" => new RunLengthKernel(box, scale, equal),
                "glszm" => new ZoneKernel(box, scale, equal),
                "gldm" => new DependenceKernel(box, scale, equal),
                _ => new ToneDifferenceKernel(box, scale),
            };
            if (group.Key is "glrlm" or "glszm" or "gldm")
                _equal = equal;
            _classes.Add((features, new double[names.Length], wanted));
        }
    }

    /// <summary>Computes a row of the core.</summary>
    /// <param name="inside">Mask of the row.</param>
    /// <param name="y">Row's y in the core.</param>
    /// <param name="z">Row's z in the core.</param>
    /// <param name="maps">Where the values go.</param>
    /// <returns>Number of voxels inside.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal int Row<TRow>(ReadOnlySpan<byte> inside, int y, int z, TRow maps) where TRow : IMapRow, allows ref struct
    {
        int voxels = 0;
        for (int x = 0; x < inside.Length; x++)
        {
            if (inside[x] == 0)
                continue;
            _window.MoveTo(x, y, z);
            _equal?.Find(_window);
            foreach ((IKernelFeatures features, double[] values, (int Value, int Map)[] wanted) in _classes)
            {
                features.Compute(_window, values);
                foreach ((int value, int map) in wanted)
                    maps.Put(map, x, voxels, values[value]);
            }
            voxels++;
        }
        return voxels;
    }
}
