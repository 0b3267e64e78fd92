using HccPipeline.Cli.Extract;
using HccPipeline.Cli.Output;
using HccPipeline.FeatureWorker.Profiles;
using HccPipeline.Imaging;

namespace HccPipeline.Cli.Tests.Extract;

public sealed class BatchTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("hcc-batch-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task RunAsync_OneBadCase_IsReportedAndTheOthersAreTheSameForAnyThreads()
    {
        WritePhantom();
        string table = Path.Combine(_folder, "cases.csv");
        await File.WriteAllTextAsync(table, "case;image;mask;label\ngood;i.nii;m.nii;1\nbad;i.nii;absent.nii;\nother;i.nii;m.nii;2\n", TestContext.Current.CancellationToken);
        HashedProfile profile = ProfileReader.ReadShipped("pyradiomics-default");
        List<StageProgress> seen = [];

        IReadOnlyList<CaseOutcome> one = await Batch.RunAsync(CaseTable.Read(table), profile, 1, new Relay<StageProgress>(seen.Add), TestContext.Current.CancellationToken);
        IReadOnlyList<CaseOutcome> four = await Batch.RunAsync(CaseTable.Read(table), profile, 4, new Relay<StageProgress>(_ => { }), TestContext.Current.CancellationToken);

        Assert.Equal(["good", "bad", "other"], one.Select(o => o.Case));
        Assert.Contains("absent.nii", one[1].Error, StringComparison.Ordinal);
        Assert.Null(one[1].Features);
        Assert.Equal([107, 107], one.Where(o => o.Error is null).Select(o => o.Features!.Count));
        Assert.Equal(one[0].Features!, four[0].Features!);
        Assert.Equal(one[2].Features!, four[2].Features!);
        Assert.Equal(new StageProgress(3, 3), seen[^1]);
    }

    [Theory]
    [InlineData("extract --batch CASES --out OUT.csv", 1, 4)]
    [InlineData("extract --image IMAGE --mask MASK --label 1 --out OUT.csv", 0, 33)]
    public async Task Command_WritesATable(string line, int exitCode, int lines)
    {
        WritePhantom();
        await File.WriteAllTextAsync(Path.Combine(_folder, "CASES"), "image,mask,label\ni.nii,m.nii,1\ni.nii,absent.nii,\ni.nii,m.nii,2\n", TestContext.Current.CancellationToken);
        string[] args = [.. line.Replace("CASES", Path.Combine(_folder, "CASES"), StringComparison.Ordinal).Replace("IMAGE", Path.Combine(_folder, "i.nii"), StringComparison.Ordinal)
            .Replace("MASK", Path.Combine(_folder, "m.nii"), StringComparison.Ordinal).Replace("OUT", Path.Combine(_folder, "out"), StringComparison.Ordinal).Split(' ').Skip(1)];

        int code = await Commands.ExtractCommand.Create().Parse(args).InvokeAsync(cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(exitCode, code);
        string[] written = await File.ReadAllLinesAsync(Path.Combine(_folder, "out.csv"), TestContext.Current.CancellationToken);
        Assert.Equal(lines, written.Length);
    }

    [Theory]
    [InlineData("image\na.nii", "no column mask")]
    [InlineData("image,mask,colour\na,b,c", "'colour'")]
    [InlineData("image,mask\na.nii,", "line 2: mask is empty")]
    [InlineData("image,mask,stack\na,b,two", "'two'")]
    [InlineData("image,mask\n", "no cases")]
    public void Read_TableThatCanNotBe_IsRefused(string text, string named)
    {
        string table = Path.Combine(_folder, "cases.csv");
        File.WriteAllText(table, text);

        Assert.Contains(named, Assert.Throws<CliException>(() => CaseTable.Read(table)).Message, StringComparison.Ordinal);
    }

    private void WritePhantom()
    {
        Volume<float> image = new(new() { SizeX = 8, SizeY = 8, SizeZ = 6, SpacingMm = new(1, 1, 2) });
        Volume<byte> mask = new(image.Geometry);
        for (int i = 0; i < image.Voxels.Length; i++)
            (image.Voxels[i], mask.Voxels[i]) = (i * 37 % 200, i < 190 ? (byte)1 : (byte)2);
        Nifti.Write(Path.Combine(_folder, "i.nii"), image);
        Nifti.Write(Path.Combine(_folder, "m.nii"), mask);
    }
}
