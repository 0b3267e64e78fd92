using HccPipeline.FeatureWorker.Volumes;
using HccPipeline.Imaging;
using Microsoft.Extensions.Options;
using Xunit;

namespace HccPipeline.FeatureWorker.Tests.Volumes;

public sealed class ChunkedVolumeTests
{
    private const string Id = "0123abcd";
    private static readonly VoxelBox Middle = new(90, 30, 15, 34, 10, 20);
    private readonly WatchedObjectStore _store = new();
    private readonly ChunkedVolumeWriter _writer;

    public ChunkedVolumeTests() => _writer = new(_store);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(0, 0, 0, 1, 1, 1)]
    [InlineData(0, 0, 0, 150, 70, 40)]
    [InlineData(49, 34, 19, 2, 2, 2)]
    [InlineData(50, 0, 0, 50, 35, 20)]
    [InlineData(149, 69, 39, 1, 1, 1)]
    [InlineData(100, 10, 0, 50, 60, 40)]
    public async Task ReadBoxAsync_AnyBox_HasItsVoxelsWhereTheyLie(int x, int y, int z, int sizeX, int sizeY, int sizeZ)
    {
        Volume<float> whole = Numbered<float>(i => i);
        await _writer.WriteAsync(Id, whole, 0f, Ct);

        VoxelBox box = new(x, y, z, sizeX, sizeY, sizeZ);
        Volume<float> part = await Reader().ReadBoxAsync<float>(Id, box, Ct);

        Assert.Equal((sizeX, sizeY, sizeZ), (part.Geometry.SizeX, part.Geometry.SizeY, part.Geometry.SizeZ));
        Assert.Equal(whole.Geometry.ToPatient(x, y, z), part.Geometry.Origin);
        Assert.Equal(whole.Geometry with { SizeX = sizeX, SizeY = sizeY, SizeZ = sizeZ, Origin = part.Geometry.Origin }, part.Geometry);
        Assert.Equal(
            from k in Enumerable.Range(z, sizeZ) from j in Enumerable.Range(y, sizeY) from i in Enumerable.Range(x, sizeX) select whole[i, j, k],
            part.Voxels.ToArray());
    }

    [Fact]
    public async Task ReadBoxAsync_RegionsAndMaps_ComeBackToTheBit()
    {
        Volume<byte> region = Numbered<byte>(i => (byte)(i / 1000 % 2));
        Volume<double> map = Numbered(i => i % 7 == 0 ? double.NaN : Math.Sin(i));
        await _writer.WriteAsync("region", region, (byte)0, Ct);
        await _writer.WriteAsync("map", map, double.NaN, Ct);

        VoxelBox all = new(0, 0, 0, 150, 70, 40);
        Assert.Equal(region.Voxels.ToArray(), (await Reader().ReadBoxAsync<byte>("region", all, Ct)).Voxels.ToArray());
        Assert.Equal(map.Voxels.ToArray(), (await Reader().ReadBoxAsync<double>("map", all, Ct)).Voxels.ToArray());
        Assert.Equal(map.Geometry, await Reader().ReadGeometryAsync("map", Ct));
    }

    [Fact]
    public async Task ReadBoxAsync_SmallBox_TouchesOnlyItsChunks()
    {
        await _writer.WriteAsync(Id, Numbered<float>(i => i), 0f, Ct);

        ChunkedVolumeReader reader = Reader();
        await reader.ReadBoxAsync<float>(Id, new(65, 2, 2, 30, 30, 18), Ct);
        Assert.Equal([$"volumes/{Id}/zarr.json", $"volumes/{Id}/c/0/0/1"], _store.Reads);

        await reader.ReadBoxAsync<float>(Id, new(70, 5, 2, 3, 3, 3), Ct);
        Assert.Equal(2, _store.Reads.Count);
    }

    [Theory]
    [InlineData(320, 260, 72, 64, 52, 24)]
    [InlineData(150, 70, 40, 50, 35, 20)]
    [InlineData(65, 64, 33, 33, 64, 17)]
    [InlineData(7, 1, 2, 7, 1, 2)]
    public async Task WriteAsync_AnySize_CutsIntoEqualChunks(int x, int y, int z, int chunkX, int chunkY, int chunkZ)
    {
        Volume<byte> volume = new(new Geometry { SizeX = x, SizeY = y, SizeZ = z, SpacingMm = new(1, 1, 1) });
        await _writer.WriteAsync(Id, volume, (byte)0, Ct);

        Assert.Equal(new(chunkX, chunkY, chunkZ), Imaging.Zarr.ZarrMetadata.Read(_store.Objects[$"volumes/{Id}/zarr.json"]).ChunkShape);
    }

    [Theory]
    [InlineData("c/0/0/0")]   // of nothing but zeros
    [InlineData("c/1/0/2")]
    public async Task ReadBoxAsync_ChunkLost_IsRefusedAndNotTakenForZeros(string chunk)
    {
        Volume<byte> region = Numbered<byte>(_ => 0);
        region[100, 3, 35] = 1;
        await _writer.WriteAsync(Id, region, (byte)0, Ct);
        Assert.True(_store.Objects.Remove($"volumes/{Id}/{chunk}", out _));

        FileNotFoundException lost = await Assert.ThrowsAsync<FileNotFoundException>(() => Reader().ReadBoxAsync<byte>(Id, new(0, 0, 0, 150, 70, 40), Ct));

        Assert.Contains(chunk, lost.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WriteAsync_KilledInTheMiddle_IsNotSeenAndIsWrittenAgain()
    {
        Volume<float> whole = Numbered<float>(i => i);
        _store.Fails = name => name.EndsWith("/c/1/0/0", StringComparison.Ordinal);
        await Assert.ThrowsAsync<IOException>(() => _writer.WriteAsync(Id, whole, 0f, Ct));

        ChunkedVolumeReader reader = Reader();
        Assert.NotEmpty(_store.Objects);
        Assert.False(await reader.ExistsAsync(Id, Ct));
        await Assert.ThrowsAsync<FileNotFoundException>(() => reader.ReadBoxAsync<float>(Id, Middle, Ct));

        _store.Fails = _ => false;
        await _writer.WriteAsync(Id, whole, 0f, Ct);
        Assert.Equal($"volumes/{Id}/zarr.json", _store.Writes.Last());
        Assert.True(await reader.ExistsAsync(Id, Ct));
        Assert.Equal(whole[90, 30, 15], (await reader.ReadBoxAsync<float>(Id, Middle, Ct))[0, 0, 0]);
    }

    [Fact]
    public async Task WriteAsync_ChunkLeftByAnother_DoesNotShowThrough()
    {
        await _store.PutAsync($"volumes/{Id}/c/0/0/0", new byte[] { 1, 2, 3 }, Ct);

        await _writer.WriteAsync(Id, Numbered<float>(_ => 0), 0f, Ct);

        Assert.Equal(0f, (await Reader().ReadBoxAsync<float>(Id, new(0, 0, 0, 1, 1, 1), Ct))[0, 0, 0]);
    }

    [Fact]
    public async Task WriteAsync_AlreadyThere_WritesNothing()
    {
        await _writer.WriteAsync(Id, Numbered<float>(i => i), 0f, Ct);
        int writes = _store.Writes.Count;

        await _writer.WriteAsync(Id, Numbered<float>(i => i), 0f, Ct);

        Assert.Equal(writes, _store.Writes.Count);
    }

    [Fact]
    public async Task DeleteAsync_Volume_IsGoneAndItsNeighbourIsNot()
    {
        await _writer.WriteAsync(Id, Numbered<float>(i => i), 0f, Ct);
        await _writer.WriteAsync(Id + "2", Numbered<float>(i => i), 0f, Ct);

        await _writer.DeleteAsync(Id, Ct);

        Assert.False(await Reader().ExistsAsync(Id, Ct));
        Assert.All(_store.Objects.Keys, k => Assert.StartsWith($"volumes/{Id}2/", k, StringComparison.Ordinal));
        Assert.True(await Reader().ExistsAsync(Id + "2", Ct));
    }

    [Fact]
    public async Task ReadBoxAsync_WhatCantBeRead_IsRefused()
    {
        await _writer.WriteAsync(Id, Numbered<float>(i => i), 0f, Ct);
        ChunkedVolumeReader reader = Reader();

        await Assert.ThrowsAsync<ArgumentException>(() => reader.ReadBoxAsync<double>(Id, Middle, Ct));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => reader.ReadBoxAsync<float>(Id, new(149, 0, 0, 2, 1, 1), Ct));
        await Assert.ThrowsAsync<ArgumentException>(() => reader.ReadBoxAsync<float>("a/b", Middle, Ct));
        _store.Objects[$"volumes/{Id}/c/0/0/0"][5] ^= 1;
        await Assert.ThrowsAsync<ImageFormatException>(() => reader.ReadBoxAsync<float>(Id, new(0, 0, 0, 1, 1, 1), Ct));
    }

    [Fact]
    public async Task ReadBoxAsync_ManyAtOnce_LoadEachChunkOnce()
    {
        Volume<float> whole = Numbered<float>(i => i);
        await _writer.WriteAsync(Id, whole, 0f, Ct);
        TaskCompletionSource gate = new();
        _store.Gate = gate.Task;
        ChunkedVolumeReader reader = Reader();

        Task<Volume<float>>[] readers = [.. Enumerable.Range(0, 16).Select(i => Task.Run(() => reader.ReadBoxAsync<float>(Id, Middle with { X = 80 + i }, Ct), Ct))];
        gate.SetResult();
        Volume<float>[] parts = await Task.WhenAll(readers);

        Assert.Equal(_store.Reads.Distinct(StringComparer.Ordinal), _store.Reads);
        for (int i = 0; i < parts.Length; i++)
            Assert.Equal(whole[80 + i, 30, 15], parts[i][0, 0, 0]);
    }

    [Fact]
    public async Task ReadBoxAsync_NoCache_ReadsEachTimeAndIsRight()
    {
        Volume<float> whole = Numbered<float>(i => i);
        await _writer.WriteAsync(Id, whole, 0f, Ct);
        ChunkedVolumeReader reader = Reader(cacheBytes: 0);

        for (int i = 0; i < 2; i++)
            Assert.Equal(whole[90, 30, 15], (await reader.ReadBoxAsync<float>(Id, Middle, Ct))[0, 0, 0]);

        Assert.Equal(2 * 9, _store.Reads.Count);   // zarr.json and eight chunks
    }

    private ChunkedVolumeReader Reader(long cacheBytes = 1 << 26) => new(_store, Options.Create(new FeatureWorkerOptions { ChunkCacheBytes = cacheBytes }));

    private static Volume<T> Numbered<T>(Func<int, T> value) where T : unmanaged
    {
        Geometry oblique = new()
        {
            SizeX = 150,
            SizeY = 70,
            SizeZ = 40,
            SpacingMm = new(0.75, 0.8, 3),
            Origin = new(-120.5, 33, 7),
            XAxis = new(0.6, 0.8, 0),
            YAxis = new(-0.8, 0.6, 0),
        };
        T[] voxels = new T[oblique.VoxelCount];
        for (int i = 0; i < voxels.Length; i++)
            voxels[i] = value(i + 1);
        return new(oblique, voxels);
    }
}
