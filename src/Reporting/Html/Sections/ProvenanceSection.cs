using System.Xml.Linq;
using HccPipeline.Reporting.Validation;

namespace HccPipeline.Reporting.Html.Sections;

/// <summary>Where the numbers come from.</summary>
internal static class ProvenanceSection
{
    public static Section Of(ValidationReport report)
    {
        Provenance p = report.Provenance;
        return new Section("provenance", "Provenance",
        [
            Tag.P("The report follows from the model, the snapshot with its manifest, and the extraction profile alone: made again from the same files by the same program it has the same bytes."),
            Tag.Of("dl", null,
                [
                    .. Entry("Model version", p.ModelVersion.ToString()),
                    .. Entry("Model document, SHA-256", Tag.Code(p.ModelSha256)),
                    .. Entry("Cohort snapshot, SHA-256", Tag.Code(p.SnapshotSha256)),
                    .. Entry("Extraction profile, SHA-256", Tag.Code(p.ProfileSha256)),
                    .. Entry("Seed of the folds", p.Seed.ToString()),
                    .. Entry("Trained by program version", p.CodeVersion),
                    .. Entry("Report by program version", p.ReportCodeVersion),
                ]),
        ]);
    }

    private static object[] Entry(string name, object value) => [Tag.Of("dt", null, name), Tag.Of("dd", null, value is XElement ? value : (string)value)];
}
