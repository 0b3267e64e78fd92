using System.Text.Json;
using Xunit;

namespace HccPipeline.EndToEnd.Maps;

/// <summary>A registry with one study that has voxel maps, and both exports of them.</summary>
public sealed class StudyMaps : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();

    /// <summary>Files of the visit, a folder for each series.</summary>
    internal string Visit { get; private set; } = "";

    internal string Data => _folder["data"];

    internal string Nifti => _folder["nifti"];

    internal string Dicom => _folder["dicom"];

    /// <summary>The run, as <c>hcc maps list --json</c> tells it.</summary>
    internal JsonElement Run { get; private set; }

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        string synthetic = _folder["synthetic"];
        await RunAsync("synth", "--out", synthetic, "--patients", "10", "--centers", "1", "--matrix", "64x64x16", "--seed", "3");
        Visit = Directory.GetDirectories(Directory.GetDirectories(Path.Combine(synthetic, "C01")).Order(StringComparer.Ordinal).First()).Order(StringComparer.Ordinal).First();
        await RunAsync("ingest", Visit, "--center", "C01", "--data", Data);
        Run = Assert.Single(JsonDocument.Parse(await RunAsync("maps", "list", "--json", "--data", Data)).RootElement.EnumerateArray());
        string key = Run.GetProperty("runId").GetString()![..12];
        await RunAsync("maps", "export", key, "--out", Nifti, "--data", Data);
        await RunAsync("maps", "export", key, "--format", "dicom", "--out", Dicom, "--data", Data);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>A folder for more.</summary>
    internal string NewFolder(string name) => _folder[name];

    /// <returns>What the command printed; it must succeed.</returns>
    internal static async Task<string> RunAsync(params string[] arguments)
    {
        (int code, string output) = await HccProcess.RunAsync(null, arguments);
        Assert.True(code == 0, output);
        return output;
    }
}
