using System.Diagnostics;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Text.Json;
using HccPipeline.FeatureWorker.Volumes;
using HccPipeline.Imaging;
using HccPipeline.Persistence;
using HccPipeline.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace HccPipeline.FeatureWorker.Tests.Volumes;

/// <summary>Another program (zarrita, a reader of Zarr arrays in JavaScript) opens what is written here.</summary>
public sealed class ZarritaTests : IDisposable
{
    /// <summary>Writes the voxels to a file and prints what the array says of itself.</summary>
    private const string Script = """
        import * as zarr from "zarrita";
        import { FileSystemStore } from "@zarrita/storage";
        import { writeFileSync } from "node:fs";
        const [folder, file] = process.argv.slice(2);
        const array = await zarr.open.v3(new FileSystemStore(folder), { kind: "array" });
        const { data, shape, stride } = await zarr.get(array);
        writeFileSync(file, new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
        console.log(JSON.stringify({ dtype: array.dtype, shape, stride, chunks: array.chunks, names: array.dimensionNames ?? null, attributes: array.attrs }));
        """;

    private readonly string _root = Directory.CreateTempSubdirectory("hcc-zarr-").FullName;
    private readonly ServiceProvider _services;

    public ZarritaTests() => _services = new ServiceCollection()
        .AddSingleton<IConfiguration>(new ConfigurationBuilder()
            .AddInMemoryCollection(new Dictionary<string, string?>(StringComparer.Ordinal) { ["Blobs:Root"] = _root, ["Database:ConnectionString"] = "Data Source=unused.db" }).Build())
        .AddPersistence()
        .AddSingleton<ChunkedVolumeWriter>()
        .BuildServiceProvider();

    [Fact]
    public Task Open_Image_HasTheSameVoxels() => HasTheSameVoxelsAsync("float32", i => (float)Math.Sin(i) * 1000, 0f);

    [Fact]
    public Task Open_RegionWithEmptyChunks_HasTheSameVoxels() => HasTheSameVoxelsAsync<byte>("uint8", i => (byte)(i is > 20_000 and < 21_000 ? 1 : 0), 0);

    [Fact]
    public Task Open_MapWithoutValuesOutside_HasTheSameVoxels() => HasTheSameVoxelsAsync("float64", i => i < 30_000 ? double.NaN : 1.0 / i, double.NaN);

    private async Task HasTheSameVoxelsAsync<T>(string dataType, Func<int, T> value, T outside) where T : unmanaged, INumberBase<T>
    {
        Geometry grid = new() { SizeX = 70, SizeY = 65, SizeZ = 33, SpacingMm = new(0.75, 0.8, 3), Origin = new(-120.5, 33, 7) };
        Volume<T> volume = new(grid);
        for (int i = 0; i < volume.Voxels.Length; i++)
            volume.Voxels[i] = value(i);
        await _services.GetRequiredService<ChunkedVolumeWriter>().WriteAsync("v", volume, outside, TestContext.Current.CancellationToken);
        string voxels = Path.Combine(_root, "voxels.bin");

        using JsonDocument said = JsonDocument.Parse(await RunAsync(Path.Combine(_root, "volumes", "v"), voxels));

        Assert.Equal(MemoryMarshal.AsBytes(volume.Voxels).ToArray(), await File.ReadAllBytesAsync(voxels, TestContext.Current.CancellationToken));
        Assert.Equal(dataType, said.RootElement.GetProperty("dtype").GetString());
        Assert.Equal([33, 65, 70], said.RootElement.GetProperty("shape").EnumerateArray().Select(n => n.GetInt32()));
        Assert.Equal([65 * 70, 70, 1], said.RootElement.GetProperty("stride").EnumerateArray().Select(n => n.GetInt32()));
        JsonElement geometry = said.RootElement.GetProperty("attributes").GetProperty("geometry");
        Assert.Equal("LPS", geometry.GetProperty("space").GetString());
        Assert.Equal([0.75, 0.8, 3], geometry.GetProperty("spacing").EnumerateArray().Select(n => n.GetDouble()));
    }

    private static async Task<string> RunAsync(params string[] arguments)
    {
        using Process node = Process.Start(new ProcessStartInfo("node", ["--input-type=module", "-", .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            WorkingDirectory = Path.GetDirectoryName(NodeTools.Modules),   // what the script imports is looked for from here
        })!;
        await node.StandardInput.WriteAsync(Script);
        node.StandardInput.Close();
        Task<string> output = node.StandardOutput.ReadToEndAsync(), errors = node.StandardError.ReadToEndAsync();
        await node.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(node.ExitCode == 0, await errors);
        return await output;
    }

    public void Dispose()
    {
        _services.Dispose();
        Directory.Delete(_root, recursive: true);
    }
}
