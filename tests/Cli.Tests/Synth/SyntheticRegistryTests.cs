using System.Security.Cryptography;
using HccPipeline.Cli.Synth;
using HccPipeline.Ingest.Clinical;

namespace HccPipeline.Cli.Tests.Synth;

public sealed class SyntheticRegistryTests : IDisposable
{
    private static readonly SyntheticRegistryOptions Options = new() { Patients = 8, Centers = 4, Seed = 2, MatrixX = 64, MatrixY = 64, MatrixZ = 16 };
    private readonly DirectoryInfo _scratch = Directory.CreateTempSubdirectory("hcc-synth-");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => _scratch.Delete(recursive: true);

    [Fact]
    public async Task WriteAsync_OneThreadOrFourOrCutOffAndGoneOn_WritesTheSameBytes()
    {
        SyntheticRegistryResult one = await SyntheticRegistry.WriteAsync(Options, Folder("one"), null, 1, Ct);
        SyntheticRegistryResult four = await SyntheticRegistry.WriteAsync(Options, Folder("four"), null, 4, Ct);
        SortedDictionary<string, string> whole = Hashes("one");
        Assert.Equal(one, four);
        Assert.Equal(whole, Hashes("four"));
        Assert.Equal(one.Files, whole.Keys.Count(name => name.EndsWith(".dcm", StringComparison.Ordinal)));

        using CancellationTokenSource cut = new();
        Recorder stop = new() { After = cut.Cancel };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => SyntheticRegistry.WriteAsync(Options, Folder("cut"), stop, 1, cut.Token));
        Assert.True(Hashes("cut").Count < whole.Count);
        string image = Directory.EnumerateFiles(Folder("cut"), "*.dcm", SearchOption.AllDirectories).First();
        await File.WriteAllBytesAsync(image, (await File.ReadAllBytesAsync(image, Ct))[..100], Ct);
        await SyntheticRegistry.WriteAsync(Options, Folder("cut"), cancellation: Ct);
        Assert.Equal(whole, Hashes("cut"));
    }

    [Fact]
    public async Task WriteAsync_CompleteRegistryThere_IsLeftAsItIsAndNotMixedWithAnother()
    {
        SyntheticRegistryResult first = await SyntheticRegistry.WriteAsync(Options, Folder("out"), cancellation: Ct);
        File.Delete(Path.Combine(Folder("out"), SyntheticRegistry.ClinicalFile));
        SortedDictionary<string, string> before = Hashes("out");
        SyntheticRegistryResult second = await SyntheticRegistry.WriteAsync(Options, Folder("out"), cancellation: Ct);
        await Assert.ThrowsAsync<SyntheticRegistryException>(() => SyntheticRegistry.WriteAsync(Options with { Seed = 3 }, Folder("out"), cancellation: Ct));
        Assert.False(first.AlreadyComplete);
        Assert.Equal(first with { AlreadyComplete = true }, second);
        Assert.Equal(before, Hashes("out"));
    }

    [Fact]
    public async Task WriteAsync_Tables_NameEveryPatientOnceAndUseTheIngestsColumns()
    {
        Recorder progress = new();
        await SyntheticRegistry.WriteAsync(Options, Folder("out"), progress, 2, Ct);
        string[] clinical = await File.ReadAllLinesAsync(Path.Combine(Folder("out"), SyntheticRegistry.ClinicalFile), Ct);
        string[] header = clinical[0].Split(',');
        Assert.Empty(header.Except(ClinicalColumns.All.Select(c => c.Name)));
        Assert.Empty(ClinicalColumns.All.Where(c => c.Required).Select(c => c.Name).Except(header));
        Assert.All(clinical, line => Assert.Equal(header.Length, line.Split(',').Length));

        string[] ids = [.. clinical.Skip(1).Select(line => line.Split(',')[0])];
        string[] folders = [.. Directory.EnumerateDirectories(Folder("out")).SelectMany(Directory.EnumerateDirectories).Select(d => Path.GetFileName(d)!)];
        Assert.Equal(ids.Order(), folders.Order());
        string[] truth = await File.ReadAllLinesAsync(Path.Combine(Folder("out"), SyntheticRegistry.TruthFile), Ct);
        Assert.Equal(ids, truth.Skip(1).Select(line => line.Split(',')[0]));
        Assert.Equal(Options.Patients, progress.Last.PatientsDone);
    }

    private string Folder(string name) => Path.Combine(_scratch.FullName, name);

    private SortedDictionary<string, string> Hashes(string name)
    {
        SortedDictionary<string, string> hashes = new(StringComparer.Ordinal);
        foreach (string file in Directory.EnumerateFiles(Folder(name), "*", SearchOption.AllDirectories))
            hashes[Path.GetRelativePath(Folder(name), file)] = Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file)));
        return hashes;
    }

    private sealed class Recorder : IProgress<SyntheticRegistryProgress>
    {
        private readonly Lock _lock = new();

        public Action? After { get; init; }

        public SyntheticRegistryProgress Last { get; private set; } = new(0, 0, 0, 0);

        public void Report(SyntheticRegistryProgress value)
        {
            lock (_lock)
            {
                if (value.PatientsDone > Last.PatientsDone)
                    Last = value;
            }
            After?.Invoke();
        }
    }
}
