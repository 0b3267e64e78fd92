using System.Xml.Linq;
using HccPipeline.Contracts.Drift;
using HccPipeline.Reporting.Drift;
using HccPipeline.Reporting.Figures;

namespace HccPipeline.Reporting.Html.Drift;

/// <summary>Whether patients and scanners are others than before.</summary>
internal static class DriftCovariates
{
    private const int MaxRows = 60;

    public static Section Features(DriftDocument d, PageParts parts)
    {
        if (d.Features.Count == 0 && d.Looks.Count == 0)
            return new Section("features", "Features", [Tag.P("Features were not compared: that is done for the champion, in each quarter that is over.")]);
        double rate = d.Settings.FalseDiscoveryRate;
        FeatureDriftDocument[] counting = [.. d.Features.Where(f => f.AdjustedP < rate || f.AdjustedMissingP < rate)];
        FeatureDriftDocument[] shown = [.. d.Features.OrderBy(f => Math.Min(f.AdjustedP ?? 1, f.AdjustedMissingP ?? 1)).ThenByDescending(f => Math.Abs(f.Effect ?? 0)).ThenBy(f => f.Center ?? "", StringComparer.Ordinal).ThenBy(f => f.Name, StringComparer.Ordinal).Take(MaxRows)];
        List<XElement> content =
        [
            Tag.P($"Features of each quarter that is over against the reference, once; quarters of fewer than {d.Settings.MinimumPerFeature} patients of a centre together with those after them: "
                + $"{counting.Length} of {Compared(d)} comparisons (features, centres, all together) count at a false discovery rate of {Format.Percent(rate)} in each quarter. A shift says that patients or scans are others than before; the effect size beside it says by how much, and the AUC whether it matters."),
        ];
        if (FeatureShiftFigure.Drawn(d) is { Length: > 0 } drawn)
        {
            content.Add(parts.Figure(
                "shifts", "Shift of the features, all centres together",
                $"Filled and bold: counts after adjustment for the false discovery rate. The {drawn.Length} largest effects.",
                string.Join(' ', drawn.Select(f => $"{f.Name} {Format.Signed(f.Effect!.Value, 2)}, adjusted {Format.PEquals(f.AdjustedP)}.")),
                text => FeatureShiftFigure.Draw(d, text),
                Table(drawn)));
        }
        if (d.Looks.Count > 0) content.Add(parts.Table("Quarters looked at, by centre; without a test the patients are too few on one side.", Looks(d)));
        if (shown.Length > 0) content.Add(parts.Table("Features, the smallest adjusted p-values first.", Table(shown)));
        if (shown.Length < d.Features.Count) content.Add(Tag.Note($"{d.Features.Count - shown.Length} further comparisons stand in the JSON file."));
        if (d.Looks.Count > 0) content.Add(Tag.Note("Of each centre's last look all comparisons are kept, of those before it the ones that count."));
        return new Section("features", "Features", content);
    }

    // Layout 1 knew one quarter, and kept all of it.
    private static int Compared(DriftDocument d) => d.Looks.Count > 0 ? d.Looks.Sum(l => l.Tested) : d.Features.Count;

    private static TableView Looks(DriftDocument d) => new(
        ["Centre", "Quarters", "#Patients", "#Features tested", "#Distributed otherwise", "#Missing otherwise"],
        [.. d.Looks.OrderBy(l => l.Center ?? "", StringComparer.Ordinal).ThenBy(l => l.Window, StringComparer.Ordinal)
            .Select(l => (string[])[DriftText.Center(l.Center), DriftText.Quarters(l.FirstWindow, l.Window), $"{l.Patients}", $"{l.Tested}", $"{l.Moved}", $"{l.Lacked}"])]) { Kind = "dense" };

    public static Section Scanners(DriftDocument d, PageParts parts) => new("scanners", "Scanners", d.Scanners.Count == 0
        ? [Tag.P("No scanner is recorded.")]
        :
        [
            Tag.P(d.Scanners.Any(s => s.IsNew)
                ? $"New: {string.Join("; ", d.Scanners.Where(s => s.IsNew).Select(s => $"{s.Name} in {s.Center} from {s.Window} on"))}. New is a scanner that neither the centre's reference nor an earlier quarter has."
                : "No centre has a scanner that neither its reference nor an earlier quarter has."),
            parts.Table("Scanner of the last study of each patient, by centre.", new TableView(
                ["Centre", "Scanner", "First quarter", "Last quarter", "#Patients", "New"],
                [.. d.Scanners.GroupBy(s => (s.Center, s.Name)).OrderBy(g => g.Key.Center, StringComparer.Ordinal).ThenBy(g => g.Min(s => s.Window), StringComparer.Ordinal).ThenBy(g => g.Key.Name, StringComparer.Ordinal)
                    .Select(g => (string[])
                    [
                        g.Key.Center, g.Key.Name, g.Min(s => s.Window)!, g.Max(s => s.Window)!, $"{g.Sum(s => s.Patients)}",
                        g.FirstOrDefault(s => s.IsNew) is { } first ? $"from {first.Window} on" : Format.None,
                    ])])),
        ]);

    private static TableView Table(IEnumerable<FeatureDriftDocument> features) => new(
        ["Feature", "Centre", "Quarters", "#Reference", "#Now", "#Effect (SD)", "#Distance", "#p", "#Adjusted p", "#Missing before, now", "#Adjusted p"],
        [.. features.Select(f => (string[])
        [
            f.Name, DriftText.Center(f.Center), DriftText.Quarters(f.FirstWindow, f.Window), $"{f.Reference}", $"{f.Current}", f.Effect is { } e ? Format.Signed(e, 2) : Format.None, f.Distance is { } w ? Format.General(w) : Format.None,
            Format.P(f.P), Format.P(f.AdjustedP), $"{f.ReferenceMissing}, {f.CurrentMissing}", Format.P(f.AdjustedMissingP),
        ])]) { Kind = "dense" };
}
