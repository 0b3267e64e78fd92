using System.Xml.Linq;
using HccPipeline.Contracts.Drift;
using HccPipeline.Reporting.Drift;
using HccPipeline.Reporting.Figures;

namespace HccPipeline.Reporting.Html.Drift;

/// <summary>What was found, and every version on every later window.</summary>
internal static class DriftOverview
{
    /// <summary>Versions in the table at most: the report's own and the latest.</summary>
    private const int MaxVersions = 24;

    public static Section Findings(DriftReport report, PageParts parts)
    {
        DriftDocument d = report.Assessment;
        WindowDocument? last = d.Windows.Where(w => w.Center is null && w.Verdict is not DriftVerdicts.Awaited).MaxBy(w => w.Window, StringComparer.Ordinal);
        string state = last is null
            ? "No quarter has outcomes enough to say anything yet."
            : $"In {last.Window}, the last quarter that can be judged, all centres together: {DriftText.Verdict(last.Verdict, last.Power)}; {(last.Auc is null ? "no AUC" : $"AUC {DriftText.Auc(last.Auc)}")} on {Format.Patients(last.Mature)}, {last.Cases} with progression.";
        List<XElement> content = [Tag.P(state)];
        if (d.Findings.Count == 0)
        {
            content.Add(Tag.P("The assessment raised no alert. Where a quarter or centre is insufficient, that is no evidence of stability."));
        }
        else
        {
            content.Add(Tag.P($"Alerts of the assessment: {string.Join(", ", AlertLevels.Ladder.Reverse().Select(l => (Level: l, Count: d.Findings.Count(f => f.Level == l))).Where(l => l.Count > 0).Select(l => $"{l.Count} {l.Level.Replace('-', ' ')}"))}. What people did about them: ", Tag.Code("hcc alerts list"), "."));
            content.Add(parts.Table("Alerts, highest level first.", new TableView(
                ["Level", "Centre", "Quarter", "What was found"],
                [.. d.Findings.OrderByDescending(f => AlertLevels.Rank(f.Level)).ThenBy(f => f.Center ?? "", StringComparer.Ordinal).ThenBy(f => f.Window, StringComparer.Ordinal)
                    .Select(f => (string[])[DriftText.Capital(f.Level), DriftText.Center(f.Center), f.Window, f.Summary])])));
        }
        return new Section("findings", "Summary and alerts", content);
    }

    public static Section Versions(DriftReport report, PageParts parts)
    {
        WindowAxis windows = new(report.Versions.Select(v => v.Window));
        int own = report.Assessment.ModelVersion;
        int[] all = [.. report.Versions.Select(v => v.ModelVersion).Distinct().OrderDescending()];
        int[] versions = [.. all.Where(v => v == own).Concat(all.Where(v => v != own).Take(MaxVersions - 1)).Order()];
        List<XElement> content =
        [
            Tag.P("Each version on the quarters of patients that it did not learn from, mature outcomes alone. "
                + $"{report.Versions.Sum(v => v.Prospective)} of {report.Versions.Sum(v => v.Mature)} scores were frozen before the outcome was known; the others foretold nothing. "
                + "The versions are compared on the same patients where a quarter stands below both."),
        ];
        if (VersionWindowFigure.Drawn(report) is { Length: > 0 } drawn)
        {
            string left = all.Length > drawn.Length ? $" Drawn: {drawn.Length} of {all.Length} versions." : "";
            content.Add(parts.Figure(
                "versions",
                "AUC of every version on every later quarter",
                "Vertical bars: 95% intervals of this version. Filled: judged; hollow: insufficient or awaited. Dashed: reference of this version; dotted: no discrimination." + left,
                string.Join(' ', drawn.Select(v => $"Version {v}: {string.Join(", ", report.Versions.Where(x => x.ModelVersion == v && x.Auc is not null).Select(x => $"{x.Window} {Format.Auc(x.Auc!.Value)}"))}.")),
                text => VersionWindowFigure.Draw(report, text),
                Long(report, drawn)));
        }
        Dictionary<(int, string), VersionOnWindow> cells = report.Versions.ToDictionary(v => (v.ModelVersion, v.Window));
        content.Add(parts.Table("AUC (95% interval), n patients (with progression), by version and quarter of treatment start.", Cells(report, versions, windows.Names)));
        if (all.Length > versions.Length) content.Add(Tag.Note($"{all.Length - versions.Length} earlier versions stand in the JSON file."));
        return new Section("version-windows", "Versions over time", content);
    }

    /// <summary>Quarters down, or versions where these are more than a sheet is wide.</summary>
    private static TableView Cells(DriftReport report, int[] versions, string[] windows)
    {
        Dictionary<(int, string), VersionOnWindow> cells = report.Versions.ToDictionary(v => (v.ModelVersion, v.Window));
        string[] names = [.. versions.Select(v => $"Version {v}{(v == report.Assessment.ModelVersion ? " (this)" : "")}")];
        return versions.Length <= 6
            ? new TableView(["Quarter", .. names], [.. windows.Select(w => (string[])[w, .. versions.Select(v => Cell(v, w))])]) { Kind = "dense" }
            : new TableView(["Version", .. windows], [.. versions.Select((v, i) => (string[])[names[i], .. windows.Select(w => Cell(v, w))])]) { Kind = "dense" };

        string Cell(int version, string window) =>
            cells.TryGetValue((version, window), out VersionOnWindow? x) ? DriftText.Cell(x.Auc, x.Verdict, x.Mature, x.Cases, x.Power) : Format.None;
    }

    private static TableView Long(DriftReport report, int[] versions) => new(
        ["Version", "Quarter", "#AUC (95% CI)", "#Patients", "#Progression", "#Prospective", "Verdict"],
        [.. report.Versions.Where(v => versions.Contains(v.ModelVersion)).Select(v => (string[])[$"{v.ModelVersion}", v.Window, DriftText.Auc(v.Auc), $"{v.Mature}", $"{v.Cases}", $"{v.Prospective}", DriftText.Verdict(v.Verdict, v.Power)])]);
}
