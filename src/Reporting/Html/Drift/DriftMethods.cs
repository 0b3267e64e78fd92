using HccPipeline.Contracts.Drift;
using HccPipeline.Reporting.Drift;

namespace HccPipeline.Reporting.Html.Drift;

/// <summary>What was declared beforehand, and what the report was made of.</summary>
internal static class DriftMethods
{
    public static Section Of(DriftReport report, PageParts parts)
    {
        DriftSettings s = report.Assessment.Settings;
        WindowDocument[] quarters = [.. report.Assessment.Windows.Where(w => w.Center is null)];
        int mature = quarters.Sum(w => w.Mature), before = quarters.Sum(w => w.Prospective), afterwards = quarters.Sum(w => w.Retrospective);
        return new Section("methods", "Settings and provenance",
        [
            Tag.P($"Only patients with a score and a mature outcome count, {mature} here. Scores are frozen when the version in use is asked about a patient: {before} before the outcome was known and {mature - before - afterwards} after it; {afterwards} were made for the assessment, as the version was not in use or not asked. The report follows from the assessments below alone: made again from them by the same program it has the same bytes."),
            parts.Table("What was declared beforehand.", new TableView(["Setting", "#Value"],
            [
                ["Chance of a false action alert in a registry without drift, within four quarters", Format.General(s.FalseActionRate)],
                ["Quarters to a false alarm of one chart of one centre", Format.General(s.InControlWindows)],
                ["Weight of the newest patient, EWMA", Format.General(s.EwmaWeight)],
                ["Slack, CUSUM (standard deviations)", Format.General(s.CusumSlack)],
                ["Patients of each outcome that a quarter needs to be tested", $"{s.MinimumPerClass}"],
                ["Fall of the AUC that would matter", Format.General(s.RelevantDrop)],
                ["Power from which a quarter may be called stable", Format.General(s.TargetPower)],
                ["False discovery rate of the features", Format.General(s.FalseDiscoveryRate)],
                ["Permutations at most", $"{s.Permutations}"],
                ["Seed", $"{s.Seed}"],
            ])),
            parts.Table("Assessments that this report was made of.", new TableView(
                ["Version", "Period", "#Revision", "SHA-256"], [.. report.Assessments.Select(a => (string[])[$"{a.ModelVersion}", a.Period, $"{a.Revision}", a.DocumentSha256])]) { Kind = "hashes" }),
            Tag.Note($"Report by program version {report.ReportCodeVersion}."),
        ]);
    }
}
