using HccPipeline.Contracts.Drift;

namespace HccPipeline.Reporting.Drift;

/// <summary>Makes the content of a drift report. Pure: the same assessments give the same report.</summary>
public static class DriftReportBuilder
{
    /// <summary>Builds the report of a version.</summary>
    /// <param name="modelVersion">The version that the report is about.</param>
    /// <param name="assessments">The assessments of all versions as far as the period, one of each.</param>
    /// <param name="reportCodeVersion">Version of the program that writes the report.</param>
    /// <exception cref="ArgumentException">The version is not among the assessments.</exception>
    public static DriftReport Build(int modelVersion, IReadOnlyList<(AssessmentKey Key, DriftDocument Document)> assessments, string reportCodeVersion)
    {
        (AssessmentKey Key, DriftDocument Document)[] ordered = [.. assessments.OrderBy(a => a.Key.ModelVersion)];
        return new DriftReport
        {
            Schema = DriftReport.CurrentSchema,
            Assessment = ordered.FirstOrDefault(a => a.Key.ModelVersion == modelVersion).Document
                ?? throw new ArgumentException($"There is no assessment of version {modelVersion}.", nameof(assessments)),
            Versions = [.. ordered.SelectMany(a => a.Document.Windows.Where(w => w.Center is null).OrderBy(w => w.Window, StringComparer.Ordinal).Select(w => Row(a.Key.ModelVersion, w)))],
            Assessments = [.. ordered.Select(a => a.Key)],
            ReportCodeVersion = reportCodeVersion,
        };
    }

    private static VersionOnWindow Row(int version, WindowDocument w) =>
        new(version, w.Window, w.State, w.Verdict, w.Mature, w.Cases, w.Prospective, w.Auc, w.Power);
}
