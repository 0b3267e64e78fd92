using System.Text.RegularExpressions;
using Xunit;

namespace HccPipeline.Architecture.Tests;

/// <summary>Size, names and leftovers, in every source file of the product and its tests.</summary>
public sealed partial class SourceFileTests
{
    private const int LongestFile = 350;

    [Fact]
    public void Sources_EveryFile_IsShortEnoughToRead() =>
        Assert.Empty(AllSources().Select(f => (File: f, Lines: File.ReadLines(f).Count())).Where(f => f.Lines > LongestFile)
            .Select(f => $"{Repository.Relative(f.File)} has {f.Lines} lines"));

    [Fact]
    public void Sources_EveryFile_HasNoLeftovers() =>
        Assert.Empty(AllSources().SelectMany(f => Leftovers(File.ReadAllText(f)).Select(l => $"{Repository.Relative(f)}: {l}")));

    [Fact]
    public void Sources_EveryNamespace_BeginsWithItsRoom() =>
        Assert.Empty(Repository.RoomFolders.SelectMany(room => Repository.Sources("src", Path.GetFileName(room)))
            .Select(f => (File: f, Declared: Namespace().Match(File.ReadAllText(f)).Groups["name"].Value))
            .Where(f => f.Declared.Length > 0 && f.Declared != $"HccPipeline.{RoomOf(f.File)}" && !f.Declared.StartsWith($"HccPipeline.{RoomOf(f.File)}.", StringComparison.Ordinal))
            .Select(f => $"{Repository.Relative(f.File)} declares {f.Declared}"));

    [Fact]
    public void Tests_EveryName_SaysMethodAndOutcome() =>   // and the state between them, where there is more than one
        Assert.Empty(Repository.Sources("tests").SelectMany(f => TestNames(File.ReadAllText(f)).Where(n => n.Split('_').Length < 2).Select(n => $"{Repository.Relative(f)}: {n}")));

    [Theory]
    [InlineData("TO" + "DO later")]
    [InlineData("FIX" + "ME")]
    [InlineData("throw new NotImplemented" + "Exception();")]
    [InlineData("[Fact(Sk" + "ip = \"flaky\")]")]
    public void Leftovers_Leftover_IsFound(string text) => Assert.Single(Leftovers($"class C; // {text}"));

    [Fact]
    public void TestNames_FactsAndTheories_AreFound() =>
        Assert.Equal(["Add_Two_Sums", "Add_Sums"], TestNames("[Fact]\n public void Add_Two_Sums() {}\n [Theory]\n [InlineData(1)]\n public async Task Add_Sums(int x) {} public void NoTest() {}"));

    private static string[] AllSources()
    {
        string[] files = [.. Repository.Sources("src"), .. Repository.Sources("tests")];
        Assert.True(files.Length > 100, $"Only {files.Length} source files under {Repository.Root}.");
        return files;
    }

    private static string RoomOf(string file) => Repository.Relative(file).Split(Path.DirectorySeparatorChar)[1];

    private static IEnumerable<string> Leftovers(string source) => LeftoverWords().Matches(source).Select(m => m.Value);

    private static IEnumerable<string> TestNames(string source) => TestMethods().Matches(source).Select(m => m.Groups["name"].Value);

    [GeneratedRegex(@"\bTO[D]O\b|\bFIX[M]E\b|NotImplemented[E]xception|\[(Fact|Theory)\([^)]*Sk[i]p\b[^)]*\)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex LeftoverWords();

    [GeneratedRegex(@"^namespace\s+(?<name>[\w.]+)", RegexOptions.ExplicitCapture | RegexOptions.Multiline, 1000)]
    private static partial Regex Namespace();

    [GeneratedRegex(@"\[(Fact|Theory)(\([^\]]*\))?\]\s*(\[[^\n]*\]\s*)*public\s+(static\s+)?(async\s+)?[\w<>]+\s+(?<name>\w+)\s*\(", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex TestMethods();
}
