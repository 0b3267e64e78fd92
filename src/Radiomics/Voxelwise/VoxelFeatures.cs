namespace HccPipeline.Radiomics.Voxelwise;

/// <summary>The features that have voxel maps, by PyRadiomics' names: 18 first-order, 24 GLCM, 16 GLRLM, 16 GLSZM, 14 GLDM, 5 NGTDM.</summary>
public static class VoxelFeatures
{
    private static readonly FeatureFamily[] s_families =
        [FeatureFamily.FirstOrder, FeatureFamily.Glcm, FeatureFamily.Glrlm, FeatureFamily.Glszm, FeatureFamily.Gldm, FeatureFamily.Ngtdm];

    /// <summary>All names in the catalogue's order, such as <c>firstorder_Mean</c>.</summary>
    public static IReadOnlyList<string> All { get; } =
        [.. s_families.SelectMany(f => FeatureCatalogue.Of(f)).Where(d => d.Convention != Convention.Ibsi).Select(d => d.Name)];

    /// <summary>Classes, as they stand in front of the names: <c>firstorder</c>, <c>glcm</c>, <c>glrlm</c>, <c>glszm</c>, <c>gldm</c>,
    /// <c>ngtdm</c>.</summary>
    public static IReadOnlyList<string> Classes { get; } = [.. All.Select(ClassOf).Distinct()];

    /// <summary>Names of a selection of features and classes, each once, in the catalogue's order.</summary>
    /// <param name="selection">Names of features or classes.</param>
    /// <exception cref="ArgumentException">A name is unknown, or there is none.</exception>
    public static IReadOnlyList<string> Resolve(IEnumerable<string> selection)
    {
        HashSet<string> wanted = [.. selection];
        if (wanted.Count == 0)
            throw new ArgumentException("No feature was chosen.", nameof(selection));
        if (wanted.FirstOrDefault(w => !All.Contains(w) && !Classes.Contains(w)) is { } unknown)
        {
            throw new ArgumentException(
                $"There is no voxel map '{unknown}'; choose among {string.Join(", ", Classes)} or their features.", nameof(selection));
        }
        return [.. All.Where(name => wanted.Contains(name) || wanted.Contains(ClassOf(name)))];
    }

    /// <summary>The class in front of a feature's name.</summary>
    internal static string ClassOf(string feature) => feature[..feature.IndexOf('_', StringComparison.Ordinal)];
}
