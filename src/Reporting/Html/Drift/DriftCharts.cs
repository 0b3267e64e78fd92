using System.Xml.Linq;
using HccPipeline.Contracts.Drift;
using HccPipeline.Reporting.Drift;
using HccPipeline.Reporting.Figures;

namespace HccPipeline.Reporting.Html.Drift;

/// <summary>Control charts of the patients' placement.</summary>
internal static class DriftCharts
{
    /// <summary>Rows of the table behind a figure at most, all charts together; the JSON has every patient.</summary>
    private const int MaxRows = 1200;

    public static Section Of(DriftDocument d, PageParts parts)
    {
        if (d.Charts.All(c => c.Values.Count == 0))
            return new Section("charts", "Control charts", [Tag.P("There are no charts: they are kept for the champion, from the time on when it has a reference.")]);
        List<XElement> content =
        [
            Tag.P("Each patient with a mature outcome is placed among the reference patients of the other outcome; a patient placed worse than there moves the statistic up. Past its limit the chart gives an alarm and begins again. "
                + $"Limits are simulated for one false alarm of a chart in {Format.Fixed(d.Settings.InControlWindows, 0)} quarters."),
            parts.Table("Charts, limits and alarms.", new TableView(
                ["Chart", "#Weight or slack", "#Limit", "#Run length in control", "#Patients", "#Alarms", "Quarters of the alarms"],
                [.. d.Charts.Select(c => (string[])
                [
                    $"{Name(c.Statistic)}, {DriftText.Center(c.Center)}", Format.General(c.Parameter), Format.Fixed(c.Limit, 3), Format.Fixed(c.InControlRunLength, 0), $"{c.Values.Count}", $"{c.Alarms.Count}",
                    c.Alarms.Count == 0 ? Format.None : string.Join(", ", c.Alarms.Select(a => c.Windows[a - 1]).Distinct(StringComparer.Ordinal)),
                ])])),
        ];
        foreach (string statistic in d.Charts.Where(c => c.Values.Count > 0).Select(c => c.Statistic).Distinct(StringComparer.Ordinal).OrderDescending(StringComparer.Ordinal))
        {
            ChartDocument[] charts = [.. d.Charts.Where(c => c.Statistic == statistic && c.Values.Count > 0)];
            content.Add(parts.Figure(
                $"chart-{statistic}", $"{Name(statistic)} chart of placement values",
                "From left to right patients in the order of their quarters, which the vertical lines part. Dashed: control limit; squares: alarms.",
                string.Join(' ', charts.Select(c => $"{DriftText.Center(c.Center)}: limit {Format.Fixed(c.Limit, 3)}, largest value {Format.Fixed(c.Values.Max(), 3)}, {Format.Count(c.Alarms.Count, "alarm", "alarms")}.")),
                text => DriftPanels.Chart(d, statistic, text),
                new TableView(["Centre", "#Patient", "Quarter", $"#{Name(statistic)}", "Alarm"],
                    [.. charts.SelectMany(c => Thinning.Evenly([.. Enumerable.Range(0, c.Values.Count)], Math.Clamp(MaxRows / charts.Length, 12, 120)).Select(i => (string[])
                        [DriftText.Center(c.Center), $"{i + 1}", c.Windows[i], Format.Fixed(c.Values[i], 4), c.Alarms.Contains(i + 1) ? "alarm" : Format.None]))])));
        }
        return new Section("charts", "Control charts", content);
    }

    private static string Name(string statistic) => statistic.ToUpperInvariant();
}
