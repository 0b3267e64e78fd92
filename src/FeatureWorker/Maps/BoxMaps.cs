using System.Diagnostics;
using System.Runtime.InteropServices;
using HccPipeline.FeatureWorker.Volumes;
using HccPipeline.Imaging;
using HccPipeline.Persistence.Blobs;
using HccPipeline.Radiomics.Voxelwise;

namespace HccPipeline.FeatureWorker.Maps;

/// <summary>Computes the maps of one box: reads its part of the volume and writes one blob, map after map the values of the region's voxels in scan
/// order (z, y, x), float64, little-endian.</summary>
public sealed class BoxMaps(ChunkedVolumeReader volumes, IBlobStore blobs)
{
    // A list that doubled just before, and the array that it ends as.
    private const int PlacesPerVoxel = 4 * sizeof(int);

    /// <summary>Bytes that a box needs at most: what the kernels hold, the places of the region's voxels and the values to be written.</summary>
    internal static long MemoryFor(RegionBox box, VoxelMapSettings? kernel, int indicators, int highestLevel) =>
        (kernel is null ? box.Box.VoxelCount * (sizeof(float) + sizeof(byte)) : VoxelMapMemory.BytesForRegion(box.Box, box.RegionVoxels, kernel, highestLevel))
        + (box.RegionVoxels * ((indicators * sizeof(double)) + PlacesPerVoxel));

    /// <param name="work">The box.</param>
    /// <param name="computed">Called when the maps are there and only to be stored.</param>
    /// <param name="ct">Cancels.</param>
    /// <returns>Key of the blob.</returns>
    /// <exception cref="Radiomics.RegionException">A voxel that a kernel holds is not finite.</exception>
    public async Task<string> ExtractAsync(BoxWork work, Action computed, CancellationToken ct)
    {
        VoxelBox box = work.ToVoxelBox();
        MapSubject subject = work.Subject;
        VoxelMapSettings? kernel = subject.Settings.Features.Count > 0 ? subject.Settings.ToKernelSettings() : null;
        long started = Stopwatch.GetTimestamp();
        VoxelBox reach = kernel is null ? box : VoxelMaps.BlockFor(box, await volumes.ReadGeometryAsync(subject.ImageVolume, ct), kernel);
        Volume<float> image = await volumes.ReadBoxAsync<float>(subject.ImageVolume, reach, ct);
        Volume<byte> region = await volumes.ReadBoxAsync<byte>(subject.RegionVolume, reach, ct);
        MapTelemetry.HasRead(started, reach.VoxelCount * (sizeof(float) + sizeof(byte)));
        VoxelBox core = box with { X = box.X - reach.X, Y = box.Y - reach.Y, Z = box.Z - reach.Z };
        byte[] maps = Encode(image, region, core, subject, kernel, ct);
        computed();
        started = Stopwatch.GetTimestamp();
        string key = await blobs.PutAsync(maps, ct);
        MapTelemetry.HasWritten(started, maps.Length);
        return key;
    }

    private static byte[] Encode(Volume<float> image, Volume<byte> region, VoxelBox core, MapSubject subject, VoxelMapSettings? kernel, CancellationToken ct)
    {
        int[] inside = InsideOf(region, core);
        byte[] bytes = GC.AllocateUninitializedArray<byte>(checked((subject.Indicators.Count + subject.Settings.Features.Count) * inside.Length * sizeof(double)));
        Span<double> values = MemoryMarshal.Cast<byte, double>(bytes.AsSpan());
        foreach (IndicatorMap indicator in subject.Indicators)
        {
            for (int i = 0; i < inside.Length; i++)
                values[i] = image.Voxels[inside[i]] * indicator.Factor;
            values = values[inside.Length..];
        }
        if (kernel is not null)
            VoxelMaps.ComputeRegion(image, region, core, subject.Scale(kernel), kernel, values, ct);
        return bytes;
    }

    /// <summary>Places of the region's voxels of the core within the block, in scan order.</summary>
    private static int[] InsideOf(Volume<byte> region, VoxelBox core)
    {
        List<int> inside = [];
        for (int row = 0; row < core.SizeY * core.SizeZ; row++)
        {
            int first = region.Geometry.IndexOf(core.X, core.Y + row % core.SizeY, core.Z + row / core.SizeY);
            ReadOnlySpan<byte> voxels = region.Voxels.Slice(first, core.SizeX);
            for (int x = 0; x < voxels.Length; x++)
            {
                if (voxels[x] != 0)
                    inside.Add(first + x);
            }
        }
        return [.. inside];
    }
}
