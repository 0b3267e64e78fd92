using HccPipeline.Imaging;
using HccPipeline.Radiomics.Voxelwise;

namespace HccPipeline.FeatureWorker.Maps;

/// <summary>A map as it was written.</summary>
/// <param name="Name">Name, as PyRadiomics names it: <c>original_glcm_Contrast</c>.</param>
/// <param name="File">Name of its file.</param>
/// <param name="Summary">Mean, standard deviation, percentiles and entropy over the region.</param>
public sealed record MapFile(string Name, string File, IReadOnlyDictionary<string, double> Summary);

/// <summary>Writes maps, one file each, on the grid of the whole image; only as many maps are in memory as are being written.</summary>
/// <param name="reader">Puts the maps together.</param>
/// <param name="grid">Grid of the whole image.</param>
/// <param name="outside">Value outside the region.</param>
/// <param name="writer">Writes one map.</param>
/// <param name="threads">Files that are written at the same time.</param>
public sealed class MapFiles(MapReader reader, Geometry grid, double outside, IMapWriter writer, int threads)
{
    /// <summary>Writes the maps of a subject.</summary>
    /// <param name="subject">The subject.</param>
    /// <param name="boxes">Its boxes.</param>
    /// <param name="written">Told after each file.</param>
    /// <param name="ct">Cancels.</param>
    /// <exception cref="InvalidDataException">The boxes do not make up the region.</exception>
    public async Task<IReadOnlyList<MapFile>> WriteAsync(MapSubject subject, IReadOnlyCollection<ComputedBox> boxes, Action written, CancellationToken ct)
    {
        Volume<byte> region = await reader.ReadRegionAsync(subject, ct);
        int[] places = PlacesOf(region, subject);
        using SemaphoreSlim free = new(threads);
        List<Task<MapFile>> files = [];
        await reader.ReadEachAsync(
            subject, region, boxes,
            async (name, values) =>
            {
                await free.WaitAsync(ct);
                double[] own = [.. values];
                files.Add(Task.Run(
                    () =>
                    {
                        try
                        {
                            return Write(name, own, places);
                        }
                        finally
                        {
                            free.Release();
                            written();
                        }
                    },
                    ct));
            },
            ct);
        return await Task.WhenAll(files);
    }

    private MapFile Write(string name, double[] values, int[] places)
    {
        Volume<double> map = new(grid);
        if (outside != 0)
            map.Voxels.Fill(outside);
        for (int i = 0; i < places.Length; i++)
            map.Voxels[places[i]] = values[i];
        return new(name, writer.Write(name, map), MapSummary.Of(values).ToDictionary(v => v.Key, v => v.Value, StringComparer.Ordinal));
    }

    /// <summary>Places in the whole image of the region's voxels, in scan order.</summary>
    private int[] PlacesOf(Volume<byte> region, MapSubject subject)
    {
        List<int> places = [];
        Geometry g = region.Geometry;
        for (int z = 0; z < g.SizeZ; z++)
        {
            for (int y = 0; y < g.SizeY; y++)
            {
                ReadOnlySpan<byte> row = region.Voxels.Slice(g.IndexOf(0, y, z), g.SizeX);
                int first = grid.IndexOf(subject.Offset[0], subject.Offset[1] + y, subject.Offset[2] + z);
                for (int x = 0; x < row.Length; x++)
                {
                    if (row[x] != 0)
                        places.Add(first + x);
                }
            }
        }
        return [.. places];
    }
}
