using System.Xml.Linq;
using HccPipeline.Reporting.Validation;

namespace HccPipeline.Reporting.Html.Sections;

/// <summary>The way from the numbers back to the images, and whether the outcome was read from the images that predict.</summary>
internal static class LineageSection
{
    private const string Id = "lineage", Title = "Lineage";

    public static Section Of(ValidationReport report, PageParts parts)
    {
        if (report.Lineage is not { } l)
            return new Section(Id, Title, [Tag.P("This snapshot was taken before snapshots had manifests: its patients are known, its runs are not.")]);
        List<XElement> content =
        [
            Tag.P("Every number follows from the version, the version from its snapshot, a row of the snapshot from a patient's two runs, and a run from the series of one study. "
                + "The report names no patient; ", Tag.Code($"hcc lineage {report.Provenance.ModelVersion} --patient PSEUDONYM"), " goes the way for one."),
            parts.Table("From the version back to the images.", new TableView(
                ["Step", "#Number", "SHA-256"],
                [
                    ["Model version", report.Provenance.ModelVersion.ToString(), report.Provenance.ModelSha256],
                    ["Snapshot (rows)", l.Patients.ToString(), report.Provenance.SnapshotSha256],
                    ["Manifest (patients in, patients left out)", $"{l.Patients}, {l.LeftOut}", l.ManifestSha256],
                    ["Runs (before, after treatment)", $"{l.PreRuns}, {l.PostRuns}", l.RunsSha256],
                    ["Extraction profile", "1", report.Provenance.ProfileSha256],
                ]) { Kind = "hashes" }),
            Tag.Note("The hash of the runs is that of their keys in the order of the manifest, before and after treatment, a line feed after each; a run's key is the hash of study, content and profile."),
            Tag.P($"Outcomes: {string.Join(", ", l.Labels.Select(c => $"{c.Patients} {c.Name}"))}; {l.ChangedOutcomes} had been changed before they were used. {l.Withdrawn} patients had withdrawn."),
            Incorporation(l),
        ];
        if (l.Reasons.Count > 0)
        {
            content.Add(parts.Table($"Why {l.LeftOut} patients were left out; a patient may have several reasons.",
                new TableView(["Missing", "#Patients"], [.. l.Reasons.Select(r => (string[])[r.Name, r.Patients.ToString()])])));
        }
        return new Section(Id, Title, content);
    }

    private static XElement Incorporation(ReportLineage l) => l.Incorporation is { Count: > 0 } c
        ? Tag.P(Tag.Bold("Incorporation bias. "),
            $"In {c.Count} of {c.PatientCount} patients the post-treatment scan lies on days {c.WindowFirstDay} to {c.WindowLastDay} after the start of treatment, when the response is assessed: as far as "
            + "the dates tell, it is the scan that defined the response. Predictors from it and the outcome are two readings of the same images.")
        : Tag.P(Tag.Bold("Incorporation bias. "),
            $"No post-treatment scan lies on days {l.Incorporation.WindowFirstDay} to {l.Incorporation.WindowLastDay} after the start of treatment, when the response is assessed.");
}
