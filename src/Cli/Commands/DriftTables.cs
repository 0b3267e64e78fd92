using System.Globalization;
using HccPipeline.Contracts.Drift;
using HccPipeline.Persistence.Drift;
using Spectre.Console;

namespace HccPipeline.Cli.Commands;

/// <summary>An assessment for people.</summary>
internal static class DriftTables
{
    private const int WindowsShown = 6;   // of the table of versions; more than fit on a screen are in the database

    /// <summary>Prints it.</summary>
    /// <param name="document">The assessment.</param>
    /// <param name="versions">Every version on every later window, all centres together.</param>
    /// <param name="newAlerts">Alerts raised now.</param>
    public static void Print(DriftDocument document, IReadOnlyList<VersionWindowRow> versions, int newAlerts)
    {
        AnsiConsole.WriteLine($"Version {document.ModelVersion}, {document.Submodel} model, up to {document.Period}. " + (document.Reference is { } reference
            ? $"Held against {reference.Patients} patients ({(reference.Source == "held-out" ? "its own, each scored without them" : "the first that came after it")}): AUC {Estimate(reference.Auc)}."
            : "There is nothing to hold it against yet."));
        AnsiConsole.Write(Windows(document));
        foreach (FindingDocument finding in document.Findings.OrderByDescending(f => AlertLevels.Rank(f.Level)).ThenBy(f => f.Window, StringComparer.Ordinal))
            AnsiConsole.WriteLine($"{finding.Level}: {finding.Summary}");
        if (versions.Select(v => v.ModelVersion).Distinct().Count() > 1)
        {
            AnsiConsole.WriteLine();
            AnsiConsole.WriteLine("AUC of every version on the later windows, all centres together:");
            AnsiConsole.Write(Versions(versions));
        }
        if (newAlerts > 0)
            AnsiConsole.WriteLine($"{newAlerts} new alerts: 'hcc alerts list'.");
    }

    private static Table Windows(DriftDocument document)
    {
        Table table = new Table().Border(TableBorder.Simple);
        foreach (string header in new[] { "centre", "window", "verdict", "mature", "AUC (95 %)", "slope", "O/E", "power" })
            table.AddColumn(new TableColumn(header).NoWrap().Padding(0, 0, 1, 0));
        foreach (WindowDocument w in document.Windows)
        {
            table.AddRow(
                Markup.Escape(w.Center ?? "all"), w.Window, w.Verdict, $"{w.Mature} of {w.Patients}", Estimate(w.Auc), Number(w.CalibrationSlope?.Value),
                Number(w.ObservedToExpected), Number(w.Power?.Power));
        }
        return table.Caption($"power: chance to see a fall of {Number(document.Settings.RelevantDrop)}");
    }

    private static Table Versions(IReadOnlyList<VersionWindowRow> rows)
    {
        string[] windows = [.. rows.Select(r => r.EntryQuarter).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).TakeLast(WindowsShown)];
        Table table = new Table().Border(TableBorder.Simple);
        foreach (string header in windows.Prepend("version"))
            table.AddColumn(new TableColumn(header).NoWrap().Padding(0, 0, 1, 0));
        foreach (IGrouping<int, VersionWindowRow> version in rows.GroupBy(r => r.ModelVersion))
        {
            table.AddRow([$"{version.Key}", .. windows.Select(window => version.FirstOrDefault(r => r.EntryQuarter == window) is { Auc: { } auc } row
                ? $"{Number(auc)} ({row.Mature})"
                : "–")]);
        }
        return table.Caption("patients in brackets");
    }

    private static string Estimate(IntervalDocument? value) => value is { } v ? $"{Number(v.Value)} ({Number(v.Lower)} to {Number(v.Upper)})" : "–";

    private static string Number(double? value) => value?.ToString("0.00", CultureInfo.InvariantCulture) ?? "–";
}
