using HccPipeline.Radiomics;

namespace HccPipeline.FeatureWorker.Profiles;

/// <summary>Feature classes by the word that stands for them in the features' names, from the catalogue.</summary>
internal static class FeatureClasses
{
    private static readonly Dictionary<string, FeatureFamily> Families =
        FeatureCatalogue.All.GroupBy(d => ClassOf(d.Name), d => d.Family, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.First(), StringComparer.Ordinal);

    /// <summary>Classes of a convention.</summary>
    public static IEnumerable<string> Of(Convention convention) => Rows(convention).Select(d => ClassOf(d.Name)).Distinct(StringComparer.Ordinal);

    /// <summary>Feature names of a convention, without the image type.</summary>
    public static IEnumerable<string> Features(Convention convention) => Rows(convention).Select(d => d.Name);

    /// <summary>The class in a feature's name, with the image type in front or without.</summary>
    public static FeatureFamily FamilyOf(string name) => Families[name];

    /// <summary>The class in a feature's name without its image type.</summary>
    public static string ClassOf(string feature) => feature[..feature.IndexOf('_', StringComparison.Ordinal)];

    private static IEnumerable<FeatureDefinition> Rows(Convention convention) =>
        FeatureCatalogue.All.Where(d => d.Convention is null || d.Convention == convention);
}
