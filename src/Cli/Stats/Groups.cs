namespace HccPipeline.Cli.Stats;

/// <summary>A column of groups: the numbers in it, or 1…k for the names in it in order of the alphabet.</summary>
/// <param name="Codes">Group of each row.</param>
/// <param name="Labels">Name of each group that occurs.</param>
internal sealed record Groups(int[] Codes, IReadOnlyDictionary<int, string> Labels)
{
    /// <exception cref="Output.CliException">The column is not there or a cell is missing; its line is named.</exception>
    public static Groups Of(CsvTable table, string column)
    {
        if (table.IsNumeric(column))
        {
            int[] codes = table.Integers(column);
            return new(codes, codes.Distinct().ToDictionary(c => c, c => $"{c}"));
        }
        string?[] text = table.Labels(column);
        int row = Array.IndexOf(text, null);
        if (row >= 0)
            throw table.Bad(row, column, "the value is missing");
        string[] names = [.. text.Distinct().Order(StringComparer.Ordinal)!];
        return new([.. text.Select(t => Array.IndexOf(names, t) + 1)], names.Index().ToDictionary(n => n.Index + 1, n => n.Item));
    }
}
