using HccPipeline.Benchmarks;
using HccPipeline.Benchmarks.Document;

namespace HccPipeline.Cli.Tests.Stats;

/// <summary>docs/statistics.md is what its generator gives.</summary>
public sealed class StatisticsDocumentTests
{
    [Fact]
    public void CommittedDocument_IsWhatTheGeneratorGives() =>
        Assert.Equal(StatisticsDocument.Text(Repository.Root), File.ReadAllText(Path.Combine(Repository.Root, StatisticsDocument.Target)));

    [Fact]
    public void Catalogue_EveryComparedField_BelongsToAMethodThatExists()
    {
        RecordedDifference[] differences = RecordedDifference.Read(Path.Combine(Repository.Root, StatisticsDocument.Records, "differences.csv"));
        Assert.NotEmpty(differences);
        foreach (MethodDescription method in MethodCatalogue.All)
            Assert.All(method.Fields, field => Assert.Contains(differences, d => d.Kind == method.Kind && d.IsIn(field)));
    }
}
