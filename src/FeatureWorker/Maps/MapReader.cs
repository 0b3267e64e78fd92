using System.Runtime.InteropServices;
using HccPipeline.FeatureWorker.Volumes;
using HccPipeline.Imaging;
using HccPipeline.Persistence.Blobs;

namespace HccPipeline.FeatureWorker.Maps;

/// <summary>A box and the blob with its maps.</summary>
/// <param name="Box">The box.</param>
/// <param name="BlobSha256">Key of the blob that <see cref="BoxMaps"/> wrote.</param>
public readonly record struct ComputedBox(RegionBox Box, string BlobSha256);

/// <summary>Puts the maps of a subject together one by one: only one map is in memory at a time, whatever there is of them.</summary>
public sealed class MapReader(ChunkedVolumeReader volumes, IBlobStore blobs)
{
    /// <summary>The region of a subject, on the grid of the stored volumes.</summary>
    public async Task<Volume<byte>> ReadRegionAsync(MapSubject subject, CancellationToken ct)
    {
        Geometry grid = await volumes.ReadGeometryAsync(subject.RegionVolume, ct);
        return await volumes.ReadBoxAsync<byte>(subject.RegionVolume, new(0, 0, 0, grid.SizeX, grid.SizeY, grid.SizeZ), ct);
    }

    /// <summary>The maps of a subject, in order.</summary>
    /// <param name="subject">The subject.</param>
    /// <param name="region">Its region.</param>
    /// <param name="boxes">Its boxes, in any order.</param>
    /// <param name="use">Takes the name of a map and the values of the region's voxels in scan order; the array is used again for the next map.</param>
    /// <param name="ct">Cancels.</param>
    /// <exception cref="InvalidDataException">The boxes do not make up the region.</exception>
    public async Task ReadEachAsync(
        MapSubject subject, Volume<byte> region, IReadOnlyCollection<ComputedBox> boxes, Func<string, double[], Task> use, CancellationToken ct)
    {
        RegionRanks ranks = new(region);
        if (boxes.Sum(b => b.Box.RegionVoxels) != ranks.Count)
            throw new InvalidDataException($"The boxes hold {boxes.Sum(b => b.Box.RegionVoxels)} voxels of the region, which has {ranks.Count}.");
        IReadOnlyList<string> names = subject.MapNames();
        double[] values = new double[ranks.Count];
        for (int map = 0; map < names.Count; map++)
        {
            foreach (ComputedBox box in boxes)
            {
                int length = checked((int)box.Box.RegionVoxels * sizeof(double));
                byte[] part = await blobs.GetRangeAsync(box.BlobSha256, (long)map * length, length, ct);
                ranks.Put(box.Box.Box, MemoryMarshal.Cast<byte, double>(part), values);
            }
            await use(names[map], values);
        }
    }
}
