using Xunit;

namespace HccPipeline.EndToEnd;

/// <summary>What a user meets before anything works: help, mistakes, and a registry that is not there yet.</summary>
public sealed class CommandLineTests
{
    [Theory]
    [InlineData("demo")]
    [InlineData("synth")]
    [InlineData("ingest")]
    [InlineData("serve")]
    [InlineData("cluster-up")]
    [InlineData("cluster-down")]
    [InlineData("train")]
    [InlineData("predict")]
    [InlineData("report")]
    [InlineData("extract")]
    [InlineData("status")]
    [InlineData("retry")]
    [InlineData("features", "export")]
    [InlineData("token")]
    [InlineData("token", "create")]
    [InlineData("cohort")]
    [InlineData("cohort", "manifest")]
    [InlineData("outcome", "adjudicate")]
    [InlineData("patient", "withdraw")]
    [InlineData("maps", "list")]
    [InlineData("maps", "export")]
    [InlineData("maps", "delete")]
    public async Task Help_OfACommand_ShowsExamples(params string[] command)
    {
        (int code, string output) = await HccProcess.RunAsync(null, [.. command, "--help"]);
        Assert.Equal(0, code);
        Assert.Contains($"hcc {string.Join(' ', command)}", output[output.IndexOf("Examples:", StringComparison.Ordinal)..], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_UnknownCommand_SaysSoWithExitCodeTwo()
    {
        (int code, string output) = await HccProcess.RunAsync(null, "ingets");
        Assert.Equal(2, code);
        Assert.Contains("'ingets'", output, StringComparison.Ordinal);
        Assert.Contains("--help", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Train_EmptyRegistry_SaysWhatToLookAtWithExitCodeThree()
    {
        using TemporaryFolder folder = new();
        (int code, string output) = await HccProcess.RunAsync(null, "train", "--data", folder["data"]);
        Assert.Equal(3, code);
        Assert.Contains("hcc status", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ingest_PathThatIsNotThere_NamesIt()
    {
        using TemporaryFolder folder = new();
        (int code, string output) = await HccProcess.RunAsync(null, "ingest", folder["nowhere"], "--center", "A", "--data", folder["data"]);
        Assert.Equal(3, code);
        Assert.Contains("nowhere", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Status_DatabaseThatCannotBeReached_SaysItInOneLine()
    {
        using TemporaryFolder folder = new();
        Dictionary<string, string> environment = new()
        {
            ["HCC__Database__Provider"] = "PostgreSql",
            ["HCC__Database__ConnectionString"] = "Host=127.0.0.1;Port=1;Database=hcc;Username=hcc;Timeout=2",
        };
        (int code, string output) = await HccProcess.RunAsync(environment, "status", "--data", folder["data"]);
        Assert.Equal(3, code);
        Assert.DoesNotContain("   at ", output, StringComparison.Ordinal);
        Assert.Contains("hcc doctor", output, StringComparison.Ordinal);
    }
}
