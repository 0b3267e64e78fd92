using System.Globalization;
using HccPipeline.Reporting.Html.Sections;
using HccPipeline.Reporting.Validation;

namespace HccPipeline.Reporting.Html;

/// <summary>Writes a validation report as one self-contained HTML page that is well-formed XML too. The same report gives the same bytes.</summary>
public static class ReportPage
{
    /// <summary>The page as UTF-8 without byte order mark.</summary>
    public static byte[] Write(ValidationReport report)
    {
        PageParts parts = new();
        return new PageDocument
        {
            Title = $"Validation report, model version {report.Provenance.ModelVersion}",
            Subject = "Response to immune-targeted therapy in advanced hepatocellular carcinoma",
            Extent = Extent(report.Cohort),
            RunningTitle = "HccPipeline validation report",
            Sections =
            [
                SummarySection.Of(report, parts),
                CohortSection.Of(report, parts),
                PredictorSection.Of(report, parts),
                SelectionSection.Of(report, parts),
                DiscriminationSection.Of(report, parts),
                CalibrationSection.Of(report, parts),
                DecisionSection.Of(report, parts),
                NomogramSection.Of(report, parts),
                SurvivalSection.Of(report, parts),
                StabilitySection.Of(report, parts),
                PublishedSection.Of(report, parts),
                LimitationSection.Of(report),
                LineageSection.Of(report, parts),
                ProvenanceSection.Of(report),
                ChecklistSection.Of(report, parts),
            ],
            Footer = Footer(report.Provenance),
        }.Write();
    }

    private static string Extent(CohortSummary cohort)
    {
        string centers = cohort.Centers.Count == 1 ? "1 centre" : $"{cohort.Centers.Count} centres";
        string period = cohort.FirstQuarter == cohort.LastQuarter ? cohort.FirstQuarter : $"{cohort.FirstQuarter} to {cohort.LastQuarter}";
        return $"{cohort.All.Patients} patients, {cohort.All.Progression} with progression, {centers}, treatment started {period}";
    }

    private static string Footer(Provenance provenance) => string.Create(
        CultureInfo.InvariantCulture,
        $"Model version {provenance.ModelVersion}, snapshot {provenance.SnapshotSha256[..Math.Min(12, provenance.SnapshotSha256.Length)]}. The same numbers, in full precision, stand in the JSON file beside this page.");
}
