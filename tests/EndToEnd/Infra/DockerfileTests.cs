using System.Text.RegularExpressions;
using HccPipeline.Testing;
using Xunit;

namespace HccPipeline.EndToEnd.Infra;

/// <summary>infra/Dockerfile as far as it can be read without an engine.</summary>
public sealed partial class DockerfileTests
{
    private static readonly string[] Lines = File.ReadAllLines(Path.Combine(ConformanceData.Repository!, "infra", "Dockerfile"));

    [Fact]
    public void Copy_EverySource_IsThereAndReachesTheBuild()
    {
        string[] sources = [.. Lines.Where(l => l.StartsWith("COPY ", StringComparison.Ordinal) && !l.Contains("--from", StringComparison.Ordinal)).SelectMany(l => l.Split(' ')[1..^1])];
        string[] let = [.. File.ReadLines(Path.Combine(ConformanceData.Repository!, ".dockerignore")).Where(l => l.StartsWith('!')).Select(l => l[1..])];
        Assert.Contains("src", sources);
        Assert.All(sources, s => Assert.True(Path.Exists(Path.Combine(ConformanceData.Repository!, s)), s));
        Assert.All(sources, s => Assert.Contains(s, let));
    }

    [Fact]
    public void Embedded_FilesOutsideSrc_AreCopiedToo()
    {
        string root = ConformanceData.Repository!;
        IEnumerable<string> outside = Directory.EnumerateFiles(Path.Combine(root, "src"), "*.csproj", SearchOption.AllDirectories)
            .SelectMany(p => Outside().Matches(File.ReadAllText(p)).Select(m => m.Groups["folder"].Value));
        Assert.NotEmpty(outside);
        Assert.All(outside, folder => Assert.Contains(Lines, l => l == $"COPY {folder} {folder}"));
    }

    [Fact]
    public void Final_UserEntryPointAndHealth_AreThoseOfTheProgram()
    {
        Assert.Equal("USER 10001:10001", Lines.Last(l => l.StartsWith("USER", StringComparison.Ordinal)));
        Assert.Equal("ENTRYPOINT [\"dotnet\", \"/app/hcc.dll\"]", Lines.Last(l => l.StartsWith("ENTRYPOINT", StringComparison.Ordinal)));
        Assert.Contains("ENV HCC_DATA=/var/lib/hcc", Lines);
        Assert.Contains(Lines, l => l.Contains("http://127.0.0.1:5080/health/ready", StringComparison.Ordinal));
        Assert.True(Array.FindIndex(Lines, l => l.StartsWith("USER", StringComparison.Ordinal)) > Array.FindLastIndex(Lines, l => l.StartsWith("RUN", StringComparison.Ordinal)), "A step after USER would run without the rights it needs.");
    }

    [GeneratedRegex("""Include="\.\./\.\./(?<folder>[^"*]+?)/[^/"]+" """, RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Outside();
}
