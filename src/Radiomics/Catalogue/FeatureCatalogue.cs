using System.Text;

namespace HccPipeline.Radiomics;

/// <summary>Every feature that this room computes: one table, from which names, units, codes and documentation come.</summary>
public static class FeatureCatalogue
{
    /// <summary>The registry's own indicators, with the sequence in front of their names.</summary>
    public static IReadOnlyList<FeatureDefinition> Indicators => IndicatorTable.Rows;

    /// <summary>All rows that a profile can ask for, family by family, each in the order in which its values are computed.</summary>
    public static IReadOnlyList<FeatureDefinition> All { get; } =
    [
        .. FirstOrderTable.Rows, .. ShapeTable.Rows, .. GlcmTable.Rows, .. CountMatrixTables.Rows, .. NgtdmTable.Rows, .. OnRequestTable.Rows, .. IbsiTables.Rows,
    ];

    private static readonly Dictionary<FeatureFamily, FeatureDefinition[]> s_byFamily =
        All.GroupBy(d => d.Family).ToDictionary(g => g.Key, g => g.ToArray());

    /// <summary>Rows of one family in the order of its values.</summary>
    public static IReadOnlyList<FeatureDefinition> Of(FeatureFamily family) => s_byFamily[family];

    /// <summary>The whole table as a Markdown page.</summary>
    public static string ToMarkdown()
    {
        StringBuilder text = new();
        text.Append("# Features\n\nWritten from the catalogue in code. `both`: the two conventions define the feature alike.\n");
        foreach (IGrouping<FeatureFamily, FeatureDefinition> family in Indicators.Concat(All).GroupBy(d => d.Family))
        {
            text.Append($"\n## {family.Key}\n\n| name | IBSI code | IBSI tag | unit | formula | convention |\n|---|---|---|---|---|---|\n");
            foreach (FeatureDefinition d in family)
                text.Append($"| {d.Name} | {d.Ibsi} | {d.Tag} | {d.Unit} | {d.Formula.Replace("|", "\\|", StringComparison.Ordinal)} | {d.Convention?.ToString() ?? "both"} |\n");
        }
        return text.ToString();
    }

    /// <summary>Names one value.</summary>
    /// <param name="name">Name without the image type, as in the table.</param>
    /// <param name="filter">Image type.</param>
    /// <param name="value">Value.</param>
    internal static FeatureValue Value(string name, string filter, double value)
    {
        FeatureDefinition row = All.First(d => d.Name == name);
        return new($"{filter}_{name}", value, row.Unit, row.Ibsi);
    }

    /// <summary>Names the values of one family.</summary>
    /// <param name="family">Family.</param>
    /// <param name="filter">Image type in front of the name, such as <c>original</c>.</param>
    /// <param name="values">Values in the order of the family's rows.</param>
    /// <param name="convention">Rows of the other convention alone are left out.</param>
    /// <param name="suffix">End of the tag: aggregation or settings; empty for none.</param>
    /// <exception cref="ArgumentException">Not as many values as rows.</exception>
    internal static List<FeatureValue> Values(
        FeatureFamily family, string filter, ReadOnlySpan<double> values, Convention convention = Convention.PyRadiomics, string suffix = "")
    {
        FeatureDefinition[] rows = s_byFamily[family];
        if (rows.Length != values.Length)
            throw new ArgumentException($"{family} has {rows.Length} features, but {values.Length} values were given.", nameof(values));
        List<FeatureValue> named = new(rows.Length);
        for (int i = 0; i < rows.Length; i++)
        {
            FeatureDefinition row = rows[i];
            if (row.Convention is { } only && only != convention)
                continue;
            string tag = row.Tag.Length == 0 || suffix.Length == 0 ? row.Tag : $"{row.Tag}_{suffix}";
            named.Add(new($"{filter}_{row.Name}", values[i], row.Unit, row.Ibsi) { Tag = tag, Aggregation = suffix });
        }
        return named;
    }
}
