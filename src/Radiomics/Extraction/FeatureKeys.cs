namespace HccPipeline.Radiomics;

/// <summary>Names under which the values of one extraction are told apart.</summary>
public static class FeatureKeys
{
    /// <summary>The name; with its aggregation where several aggregations of the feature were computed.</summary>
    /// <param name="values">Values of one extraction.</param>
    /// <returns>A key for each value, in their order.</returns>
    public static IReadOnlyList<string> Of(IReadOnlyList<FeatureValue> values)
    {
        Dictionary<string, int> count = values.CountBy(v => v.Name, StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal);
        return [.. values.Select(v => count[v.Name] > 1 && v.Aggregation.Length > 0 ? $"{v.Name}_{v.Aggregation}" : v.Name)];
    }
}
