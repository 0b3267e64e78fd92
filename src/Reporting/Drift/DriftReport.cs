using HccPipeline.Contracts.Drift;

namespace HccPipeline.Reporting.Drift;

/// <summary>
/// Everything a drift report says of a version as far as a period, as numbers. The JSON file is this record; the HTML page is a view of it. It holds
/// no clock, no host and no patient, so that the same assessments give the same bytes.
/// </summary>
public sealed record DriftReport
{
    /// <summary>Layout of this document; grows when a reader has to know.</summary>
    public const int CurrentSchema = 1;

    /// <summary>Layout number.</summary>
    public required int Schema { get; init; }

    /// <summary>The assessment of the version.</summary>
    public required DriftDocument Assessment { get; init; }

    /// <summary>Every version on every later window, all centres together, by version and window.</summary>
    public required IReadOnlyList<VersionOnWindow> Versions { get; init; }

    /// <summary>The assessments that this was made of, by version.</summary>
    public required IReadOnlyList<AssessmentKey> Assessments { get; init; }

    /// <summary>Version of the program that wrote this report.</summary>
    public required string ReportCodeVersion { get; init; }
}

/// <summary>A version on a later window.</summary>
/// <param name="ModelVersion">Version.</param>
/// <param name="Window">Quarter of treatment starts.</param>
/// <param name="State">A name of <see cref="WindowStates"/>.</param>
/// <param name="Verdict">A name of <see cref="DriftVerdicts"/>.</param>
/// <param name="Mature">Patients with score and mature outcome.</param>
/// <param name="Cases">Of these with progression.</param>
/// <param name="Prospective">Of the mature, scored before the outcome was known.</param>
/// <param name="Auc">AUC; null with fewer than two of a class.</param>
/// <param name="Power">What so many patients can show; null where it is not known.</param>
public sealed record VersionOnWindow(
    int ModelVersion, string Window, string State, string Verdict, int Mature, int Cases, int Prospective, IntervalDocument? Auc, PowerDocument? Power);

/// <summary>An assessment by its key.</summary>
/// <param name="ModelVersion">Version.</param>
/// <param name="Period">Last window that it looks at.</param>
/// <param name="Revision">Number within the period.</param>
/// <param name="DocumentSha256">SHA-256 of the document.</param>
public sealed record AssessmentKey(int ModelVersion, string Period, int Revision, string DocumentSha256);
