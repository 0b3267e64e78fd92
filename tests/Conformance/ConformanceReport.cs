using System.Text;

namespace HccPipeline.Conformance;

/// <summary>The tables that the tests made, gathered in docs/conformance.md and beside the test assembly.</summary>
internal static class ConformanceReport
{
    private const int AllTables = 6;
    private static readonly Lock s_lock = new();
    private static readonly SortedDictionary<string, (string Verdict, string Rows)> s_tables = new(StringComparer.Ordinal);

    /// <summary>Adds a table, prints its verdict and writes all tables so far.</summary>
    internal static void Write(string title, string verdict, string rows)
    {
        lock (s_lock)
        {
            s_tables[title] = (verdict, rows);
            TestContext.Current.TestOutputHelper?.WriteLine($"{title}: {verdict}");
            StringBuilder text = new();
            text.Append("# Conformance with the IBSI reference values\n\nWritten by `tests/Conformance`. A value agrees when it lies within the reference's ")
                .Append("tolerance, or is the same rounded to its three digits.\n\n| data | verdict |\n|---|---|\n");
            foreach ((string name, (string sum, _)) in s_tables)
                text.Append($"| {name} | {sum} |\n");
            foreach ((string name, (_, string table)) in s_tables)
                text.Append($"\n## {name}\n\n| feature | code | ours | reference | tolerance | verdict |\n|---|---|---|---|---|---|\n{table}");
            File.WriteAllText(Path.Combine(AppContext.BaseDirectory, "conformance.md"), text.ToString());
            // The repository's page is written only from a whole run.
            if (s_tables.Count == AllTables && ConformanceData.Repository is { } repository)
                File.WriteAllText(Path.Combine(Directory.CreateDirectory(Path.Combine(repository, "docs")).FullName, "conformance.md"), text.ToString());
        }
    }
}
