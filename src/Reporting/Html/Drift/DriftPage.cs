using HccPipeline.Contracts.Drift;
using HccPipeline.Reporting.Drift;

namespace HccPipeline.Reporting.Html.Drift;

/// <summary>Writes a drift report as one self-contained HTML page that is well-formed XML too. The same report gives the same bytes.</summary>
public static class DriftPage
{
    /// <summary>The page as UTF-8 without byte order mark.</summary>
    public static byte[] Write(DriftReport report)
    {
        PageParts parts = new();
        DriftDocument d = report.Assessment;
        WindowDocument[] together = [.. d.Windows.Where(w => w.Center is null)];
        int centres = d.Windows.Where(w => w.Center is not null).Select(w => w.Center).Distinct(StringComparer.Ordinal).Count();
        return new PageDocument
        {
            Title = $"Drift report, model version {d.ModelVersion}, {d.Period}",
            Subject = "Response to immune-targeted therapy in advanced hepatocellular carcinoma",
            Extent = $"{Names.Capital(d.Submodel)} model; {Format.Patients(together.Sum(w => w.Mature))} with score and mature outcome in {together.Length} quarters, {centres} {(centres == 1 ? "centre" : "centres")}",
            RunningTitle = $"HccPipeline drift report, version {d.ModelVersion}, {d.Period}",
            Sections =
            [
                DriftOverview.Findings(report, parts),
                DriftOverview.Versions(report, parts),
                DriftPerformance.Windows(d, parts),
                DriftPerformance.Centres(d, parts),
                DriftCharts.Of(d, parts),
                DriftCovariates.Features(d, parts),
                DriftCovariates.Scanners(d, parts),
                DriftMethods.Of(report, parts),
            ],
            Footer = $"Drift of model version {d.ModelVersion} as far as {d.Period}. The same numbers, in full precision, stand in the JSON file beside this page.",
        }.Write();
    }
}
