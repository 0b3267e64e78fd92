using HccPipeline.Testing;
using HccPipeline.Radiomics;

namespace HccPipeline.Conformance;

public sealed class CatalogueTests
{
    /// <summary>docs/features.md is the catalogue as it stands; a change of the catalogue rewrites it, to be committed with the change.</summary>
    [Fact]
    public void Page_HoldsEveryFeature()
    {
        string page = FeatureCatalogue.ToMarkdown();
        Assert.All(FeatureCatalogue.Indicators.Concat(FeatureCatalogue.All), d => Assert.Contains($"| {d.Name} | {d.Ibsi} |", page, StringComparison.Ordinal));
        if (ConformanceData.Repository is { } repository)
            File.WriteAllText(Path.Combine(Directory.CreateDirectory(Path.Combine(repository, "docs")).FullName, "features.md"), page);
    }
}
