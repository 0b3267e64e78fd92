using System.Xml.Linq;
using HccPipeline.Contracts.Drift;
using HccPipeline.Reporting.Drift;
using HccPipeline.Reporting.Figures;

namespace HccPipeline.Reporting.Html.Drift;

/// <summary>Discrimination and calibration over time, together and by centre.</summary>
internal static class DriftPerformance
{
    public static Section Windows(DriftDocument d, PageParts parts)
    {
        WindowDocument[] together = [.. d.Windows.Where(w => w.Center is null).OrderBy(w => w.Window, StringComparer.Ordinal)];
        List<XElement> content = [Reference(d)];
        content.Add(parts.Table("Patients and what can be said, all centres together.", new TableView(
            ["Quarter", "State", "#Patients", "#Refused", "#Mature", "#Progression", "#Prospective", "Verdict"],
            [.. together.Select(w => (string[])[w.Window, w.State, $"{w.Patients}", $"{w.Refused}", $"{w.Mature}", $"{w.Cases}", $"{w.Prospective}", DriftText.Verdict(w.Verdict, w.Power)])])));
        content.Add(parts.Table("Discrimination, calibration and overall accuracy, all centres together.", new TableView(
            ["Quarter", "#AUC (95% CI)", "#Fall, p", "#In the large (95% CI)", "#Slope (95% CI)", "#Brier", "#Observed / expected", "#Detectable fall"],
            [.. together.Select(w => (string[])
            [
                w.Window, DriftText.Auc(w.Auc), w.AucFall is { } fall ? $"{Format.Signed(fall.Difference, 3)}, {Format.PEquals(fall.P)}" : Format.None,
                DriftText.Interval(w.CalibrationInTheLarge, 2), DriftText.Interval(w.CalibrationSlope, 2), DriftText.Fixed(w.Brier, 3), DriftText.Fixed(w.ObservedToExpected, 2), DriftText.Fixed(w.Power?.DetectableDrop, 2),
            ])]) { Kind = "dense" }));
        content.Add(Tag.Note($"Fall: AUC of the quarter minus that of the reference. Detectable fall: the smallest that so many patients would show with a power of {Format.Fixed(d.Settings.TargetPower, 2)}."));
        if (together.Any(w => w.CalibrationInTheLarge is not null))
        {
            content.Add(parts.Figure(
                "calibration-over-time", "Calibration over time, all centres together",
                "Bars: 95% intervals, cut at 4 from the ideal. Filled: judged; hollow: insufficient or awaited. Dotted: ideal; dashed: reference.",
                string.Join(' ', together.Where(w => w.CalibrationInTheLarge is not null).Select(w => $"{w.Window}: in the large {DriftText.Interval(w.CalibrationInTheLarge, 2)}, slope {DriftText.Interval(w.CalibrationSlope, 2)}.")),
                text => DriftPanels.Calibration(d, text),
                new TableView(["Quarter", "#In the large (95% CI)", "#Slope (95% CI)"], [.. together.Select(w => (string[])[w.Window, DriftText.Interval(w.CalibrationInTheLarge, 3), DriftText.Interval(w.CalibrationSlope, 3)])])));
        }
        return new Section("windows", "Over time", content);
    }

    public static Section Centres(DriftDocument d, PageParts parts)
    {
        string[] windows = [.. d.Windows.Select(w => w.Window).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        string?[] centres = [.. d.Windows.Select(w => w.Center).Distinct(StringComparer.Ordinal).OrderBy(c => c ?? "", StringComparer.Ordinal)];
        Dictionary<(string, string), WindowDocument> cells = d.Windows.ToDictionary(w => (w.Center ?? "", w.Window));
        List<XElement> content =
        [
            Tag.P($"An AUC is tested where a quarter has at least {d.Settings.MinimumPerClass} patients of each outcome; below, or where the power is too small, the word is insufficient, which is not the same as stable. "
                + $"Power: the chance that so many patients would show a fall of the AUC by {Format.Fixed(d.Settings.RelevantDrop, 2)}."),
        ];
        if (d.Windows.Any(w => w.Auc is not null))
        {
            content.Add(parts.Figure(
                "centres", "AUC over time by centre",
                "Bars: 95% intervals. Filled: judged; hollow: insufficient or awaited. Dashed: reference; dotted: no discrimination." + (centres.Length > DriftPanels.MaxCentres ? $" Drawn: {DriftPanels.MaxCentres} of {centres.Length}." : ""),
                string.Join(' ', centres.Select(c => $"{DriftText.Center(c)}: {string.Join(", ", windows.Where(w => cells.GetValueOrDefault((c ?? "", w))?.Auc is not null).Select(w => $"{w} {Format.Auc(cells[(c ?? "", w)].Auc!.Value)} {cells[(c ?? "", w)].Verdict}"))}.")),
                text => DriftPanels.Auc(d, text),
                new TableView(["Centre", "Quarter", "#AUC (95% CI)", "#Patients", "#Progression", "#Power", "#In the large (95% CI)", "Verdict"],
                    [.. d.Windows.OrderBy(w => w.Center ?? "", StringComparer.Ordinal).ThenBy(w => w.Window, StringComparer.Ordinal).Select(w => (string[])
                        [DriftText.Center(w.Center), w.Window, DriftText.Auc(w.Auc), $"{w.Mature}", $"{w.Cases}", DriftText.Fixed(w.Power?.Power, 2), DriftText.Interval(w.CalibrationInTheLarge, 2), w.Verdict])])));
        }
        content.Add(parts.Table("AUC (95% interval), n patients (with progression), by quarter and centre.", new TableView(
            ["Quarter", .. centres.Select(DriftText.Center)],
            [.. windows.Select(w => (string[])[w, .. centres.Select(c => cells.TryGetValue((c ?? "", w), out WindowDocument? x) ? DriftText.Cell(x.Auc, x.Verdict, x.Mature, x.Cases, x.Power) : Format.None)])])
            { Kind = "dense" }));
        return new Section("by-centre", "By centre", content);
    }

    private static XElement Reference(DriftDocument d) => d.Reference is { } r
        ? Tag.P($"Reference: {Format.Patients(r.Patients)}, {r.Cases} with progression, {(r.Source == "held-out" ? "the version’s own, each scored by models that had not seen the patient" : "the first that came after the version")}; "
            + $"AUC {DriftText.Auc(r.Auc)}, calibration in the large {DriftText.Interval(r.CalibrationInTheLarge, 2)}, slope {DriftText.Interval(r.CalibrationSlope, 2)}, Brier {Format.Fixed(r.Brier, 3)}.")
        : Tag.P("There is no reference yet: too few patients have come after the version, and it has no held-out scores. Nothing can be called stable or drifting against it.");
}
