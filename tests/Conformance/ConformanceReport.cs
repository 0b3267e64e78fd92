using HccPipeline.Testing;
using System.Globalization;
using System.Text;

namespace HccPipeline.Conformance;

/// <summary>The tables that the tests made, gathered in docs/conformance.md and beside the test assembly.</summary>
internal static class ConformanceReport
{
    private const int AllTables = 6, AllMaps = 30;
    private static readonly Lock s_lock = new();
    private static readonly SortedDictionary<string, (string Verdict, string Rows)> s_tables = new(StringComparer.Ordinal);
    private static readonly SortedDictionary<string, string> s_maps = new(StringComparer.Ordinal);

    /// <summary>Adds the table of one phantom and configuration.</summary>
    internal static void Add(string title, string verdict, string rows)
    {
        lock (s_lock)
        {
            s_tables[title] = (verdict, rows);
            Write();
        }
        TestContext.Current.TestOutputHelper?.WriteLine($"{title}: {verdict}");
    }

    /// <summary>Adds a response map: its largest deviation in percent of the range.</summary>
    internal static void Add(string map, double worstPercent, bool agrees)
    {
        string row = string.Create(CultureInfo.InvariantCulture, $"| {map} | {worstPercent:G2} | {(agrees ? "agrees" : "DIFFERS")} |\n");
        lock (s_lock)
        {
            s_maps[map] = row;
            Write();
        }
        TestContext.Current.TestOutputHelper?.WriteLine(row.TrimEnd());
    }

    /// <summary>Writes when everything is there: a part of the tests must not leave half a page.</summary>
    private static void Write()
    {
        if (s_tables.Count < AllTables || s_maps.Count < AllMaps)
            return;
        StringBuilder text = new();
        text.Append("# Conformance with the IBSI reference values\n\nWritten by `tests/Conformance`. A value agrees when it lies within the reference's ")
            .Append("tolerance, or is the same rounded to its three digits;\na response map when every voxel is within 1% of the map's range.\n\n")
            .Append("| data | verdict |\n|---|---|\n");
        foreach ((string name, (string sum, _)) in s_tables)
            text.Append($"| IBSI 1, {name} | {sum} |\n");
        text.Append($"| IBSI 2, response maps | {s_maps.Values.Count(r => r.Contains("agrees", StringComparison.Ordinal))} of {s_maps.Count} agree |\n");
        text.Append("\n## IBSI 2, response maps\n\n| map | largest deviation, % of range | verdict |\n|---|---|---|\n").AppendJoin("", s_maps.Values);
        foreach ((string name, (_, string table)) in s_tables)
            text.Append($"\n## IBSI 1, {name}\n\n| feature | code | ours | reference | tolerance | verdict |\n|---|---|---|---|---|---|\n{table}");
        File.WriteAllText(Path.Combine(AppContext.BaseDirectory, "conformance.md"), text.ToString());
        if (ConformanceData.Repository is { } repository)
            File.WriteAllText(Path.Combine(Directory.CreateDirectory(Path.Combine(repository, "docs")).FullName, "conformance.md"), text.ToString());
    }
}
