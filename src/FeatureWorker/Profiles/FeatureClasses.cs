using HccPipeline.Radiomics;

namespace HccPipeline.FeatureWorker.Profiles;

/// <summary>Feature classes by the word that stands for them in the features' names, from the catalogue.</summary>
internal static class FeatureClasses
{
    private static readonly Dictionary<string, FeatureFamily> Families =
        FeatureCatalogue.All.GroupBy(d => ClassOf(d.Name), d => d.Family, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.First(), StringComparer.Ordinal);

    private static readonly Dictionary<string, FeatureDefinition> Definitions =
        FeatureCatalogue.All.GroupBy(d => d.Name, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.First(), StringComparer.Ordinal);

    /// <summary>Classes of a convention.</summary>
    public static IEnumerable<string> Of(Convention convention) => Rows(convention).Select(d => ClassOf(d.Name)).Distinct(StringComparer.Ordinal);

    /// <summary>Classes that are computed where none is named.</summary>
    public static IEnumerable<string> Default(Convention convention) =>
        Rows(convention).Where(d => !d.IsOnRequest).Select(d => ClassOf(d.Name)).Distinct(StringComparer.Ordinal);

    /// <summary>Whether a class is of the mask alone.</summary>
    public static bool IsShape(string name) => name is "shape" or "shape2D" or "morph";

    /// <summary>Feature names of a convention, without the image type.</summary>
    public static IEnumerable<string> Features(Convention convention) => Rows(convention).Select(d => d.Name);

    /// <summary>The family of a feature by its name without the image type.</summary>
    public static FeatureFamily FamilyOfFeature(string feature) => Definitions[feature].Family;

    /// <summary>Whether a class that is wanted whole has the feature: all but those that are functions of others.</summary>
    public static bool IsInWholeClass(string feature) => Definitions[feature].Family != FeatureFamily.OnRequest && feature != "shape2D_SphericalDisproportion";

    /// <summary>The class in a feature's name, with the image type in front or without.</summary>
    public static FeatureFamily FamilyOf(string name) => Families[name];

    /// <summary>The class in a feature's name without its image type.</summary>
    public static string ClassOf(string feature) => feature[..feature.IndexOf('_', StringComparison.Ordinal)];

    private static IEnumerable<FeatureDefinition> Rows(Convention convention) =>
        FeatureCatalogue.All.Where(d => d.Convention is null || d.Convention == convention);
}
