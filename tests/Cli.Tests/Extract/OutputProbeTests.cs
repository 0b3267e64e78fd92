using System.CommandLine;
using HccPipeline.Cli.Commands;
using HccPipeline.Cli.Output;

namespace HccPipeline.Cli.Tests.Extract;

public sealed class OutputProbeTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("hcc-probe-").FullName;
    private readonly Option<string> _option = new("--maps");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void RequireFolder_NewFolder_IsMadeAndEmpty()
    {
        string folder = Path.Combine(_folder, "a", "b");

        OutputProbe.RequireFolder(folder, _option);

        Assert.Empty(Directory.EnumerateFileSystemEntries(folder));
    }

    [Fact]
    public void Require_FileThatIsThere_StaysAsItIs()
    {
        string file = Written("there.json");

        OutputProbe.RequireFile(file, _option);
        OutputProbe.RequireFile(Path.Combine(_folder, "new.json"), _option);

        Assert.Equal("there", File.ReadAllText(file));
        Assert.Single(Directory.EnumerateFileSystemEntries(_folder));
    }

    [Theory]
    [InlineData("extract --voxel --image absent --mask absent --maps FILE", "--maps")]
    [InlineData("extract --voxel --image absent --mask absent --maps /proc/x", "/proc/x")]
    [InlineData("extract --voxel --image absent --mask absent --maps DIR/maps --out DIR/no/x.json", "no folder")]
    [InlineData("extract --image absent --mask absent --out DIR/no/x.json", "no folder")]
    [InlineData("extract --batch absent --out DIR", "neither .json")]
    [InlineData("extract --batch absent --out FILE/x.csv", "no folder")]
    public async Task Command_OutputThatCanNotBe_IsRefusedBeforeTheInputIsRead(string line, string named)
    {
        string file = Written("file");
        string[] args = [.. line.Replace("FILE", file, StringComparison.Ordinal).Replace("DIR", _folder, StringComparison.Ordinal).Split(' ').Skip(1)];

        CliException refused = await Assert.ThrowsAsync<CliException>(
            () => ExtractCommand.Create().Parse(args).InvokeAsync(new() { EnableDefaultExceptionHandler = false }, TestContext.Current.CancellationToken));

        Assert.Equal(ExitCodes.Usage, refused.ExitCode);
        Assert.Contains(named, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_NoThreads_IsAnError() =>
        Assert.Contains("--threads", Assert.Single(ExtractCommand.Create().Parse(["--threads", "0"]).Errors).Message, StringComparison.Ordinal);

    private string Written(string name)
    {
        string file = Path.Combine(_folder, name);
        File.WriteAllText(file, "there");
        return file;
    }
}
