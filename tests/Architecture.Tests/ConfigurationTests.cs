using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using HccPipeline.FeatureWorker;
using HccPipeline.Hosting.Bus;
using HccPipeline.Hosting.Telemetry;
using HccPipeline.Ingest;
using HccPipeline.ModelWorker;
using HccPipeline.ModelWorker.Drift;
using HccPipeline.ModelWorker.Guards;
using HccPipeline.Persistence.Blobs;
using HccPipeline.Persistence.Cohort;
using HccPipeline.Persistence.Database;
using HccPipeline.Reporting.Publication;
using Xunit;

namespace HccPipeline.Architecture.Tests;

/// <summary>Holds documentation and deployment against the options that the program reads.</summary>
public sealed partial class ConfigurationTests
{
    private static readonly object[] Options =
    [
        new BusOptions(), new DatabaseOptions(), new BlobOptions(), new IngestOptions(), new FeatureWorkerOptions(), new CohortOptions(), new ModelWorkerOptions(), new GuardOptions(), new DriftOptions(), new ReportingOptions(), new LogOptions(),
    ];

    [Fact]
    public void Options_EveryClassWithASection_IsListedHere() => Assert.Equal(
        Options.Select(o => o.GetType().Name).Order(StringComparer.Ordinal),
        Repository.Sources("src").Where(f => File.ReadAllText(f).Contains("public const string Section", StringComparison.Ordinal)).Select(f => Path.GetFileNameWithoutExtension(f)).Order(StringComparer.Ordinal));

    [Fact]
    public void Documentation_Tables_HoldEveryKeyWithItsDefaultAndNoOther()
    {
        string[] documented = [.. DocumentedRows(File.ReadAllText(Path.Combine(Repository.Root, "docs", "configuration.md")))];

        Assert.Equal(Options.SelectMany(Rows), documented);
    }

    [Theory]
    [InlineData("docker-compose.yml")]
    [InlineData("infra/kubernetes/settings.yaml")]
    public void Deployment_EverySetting_IsOneThatTheProgramReads(string file)
    {
        HashSet<string> known = [.. Options.SelectMany(o => Properties(o).Select(p => $"{SectionOf(o)}__{p.Name}"))];
        string[] used = [.. Settings().Matches(File.ReadAllText(Path.Combine(Repository.Root, file))).Select(m => m.Groups["key"].Value)];

        Assert.NotEmpty(used);
        Assert.Empty(used.Except(known, StringComparer.Ordinal));
    }

    [Fact]
    public void DocumentedRows_OtherDefault_Differs() => Assert.NotEqual(
        Rows(new BlobOptions()), DocumentedRows("## Blobs\n\n| key | default | meaning |\n|---|---|---|\n| `Root` | `/blobs` | folder |\n"));

    private static IEnumerable<string> Rows(object options) =>
        Properties(options).Select(p => $"{SectionOf(options)}:{p.Name} = {Text(p.GetValue(options))}".TrimEnd());

    private static IEnumerable<string> DocumentedRows(string markdown)
    {
        string section = "";
        foreach (string line in markdown.Split('\n'))
        {
            if (line.StartsWith("## ", StringComparison.Ordinal))
                section = line[3..].Trim();
            else if (TableRow().Match(line) is { Success: true } row)
                yield return $"{section}:{row.Groups["key"].Value} = {row.Groups["default"].Value.Replace("`", "", StringComparison.Ordinal).Trim()}".TrimEnd();
        }
    }

    private static string Text(object? value) => value switch
    {
        null => "",
        string text => text,
        bool flag => flag ? "true" : "false",
        IEnumerable list => string.Join(", ", list.Cast<object>()),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    private static string SectionOf(object options) => (string)options.GetType().GetField("Section")!.GetRawConstantValue()!;

    private static IEnumerable<PropertyInfo> Properties(object options) => options.GetType().GetProperties().Where(p => p.CanWrite).OrderBy(p => p.MetadataToken);

    [GeneratedRegex(@"^\| `(?<key>\w+)` \|(?<default>[^|]*)\|[^|]+\|$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex TableRow();

    [GeneratedRegex(@"\bHCC__(?<key>\w+?)\s*[:=]", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Settings();
}
