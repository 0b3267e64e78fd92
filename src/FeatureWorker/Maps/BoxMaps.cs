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
    /// <summary>Bytes that a box needs at most: what the kernels hold, its own part of region and image, and the values to be written.</summary>
    internal static long MemoryFor(RegionBox box, VoxelMapSettings? kernel, int indicators, int highestLevel)
    {
        const int PerVoxel = sizeof(float) + sizeof(byte);
        long block = kernel is null ? box.Box.VoxelCount * PerVoxel : VoxelMapMemory.BytesForRegion(box.Box, box.RegionVoxels, kernel, highestLevel);
        return block + (box.Box.VoxelCount * PerVoxel) + (box.RegionVoxels * (sizeof(float) + (indicators * sizeof(double))));
    }

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
        Volume<byte> inside = Cropping.To(region, core);
        int voxels = Mask.Count(inside);
        byte[] bytes = GC.AllocateUninitializedArray<byte>(checked((subject.Indicators.Count + subject.Settings.Features.Count) * voxels * sizeof(double)));
        Span<double> values = MemoryMarshal.Cast<byte, double>(bytes.AsSpan());
        float[] intensities = subject.Indicators.Count > 0 ? Mask.Gather(Cropping.To(image, core), inside) : [];
        foreach (IndicatorMap indicator in subject.Indicators)
        {
            for (int i = 0; i < intensities.Length; i++)
                values[i] = intensities[i] * indicator.Factor;
            values = values[voxels..];
        }
        if (kernel is not null)
            VoxelMaps.ComputeRegion(image, region, core, subject.Scale(kernel), kernel, values, ct);
        return bytes;
    }
}
