using System.Text.Json.Serialization;
using HccPipeline.Reporting.Checklists;

namespace HccPipeline.Reporting.Validation;

/// <summary>
/// Everything a validation report says about one model version, as numbers. The JSON file is this record; the HTML page is a view of it.
/// It holds no clock, no host and no patient, so that the same model and snapshot give the same bytes.
/// </summary>
public sealed record ValidationReport
{
    /// <summary>Layout of this document; grows when a reader has to know.</summary>
    public const int CurrentSchema = 3;

    /// <summary>Layout number.</summary>
    public required int Schema { get; init; }

    /// <summary>Where the numbers come from.</summary>
    public required Provenance Provenance { get; init; }

    /// <summary>What the version was trained in spite of; absent where all guards held.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public GuardOverride? Override { get; init; }

    /// <summary>Who is in the snapshot.</summary>
    public required CohortSummary Cohort { get; init; }

    /// <summary>The models: imaging, clinical, combined, in this order.</summary>
    public required IReadOnlyList<ModelResult> Models { get; init; }

    /// <summary>Paired tests of the areas under the ROC curves, every pair of models on the same patients.</summary>
    public required IReadOnlyList<AucComparison> Comparisons { get; init; }

    /// <summary>The published study beside this version.</summary>
    public required ReferenceStudy Published { get; init; }

    /// <summary>Nomogram of the combined model; null when the model has no predictor.</summary>
    public required NomogramResult? Nomogram { get; init; }

    /// <summary>Progression-free survival of the risk groups; null when it was not recorded, with the reason in <see cref="SurvivalNote"/>.</summary>
    public required SurvivalResult? Survival { get; init; }

    /// <summary>Patients left out of the survival analysis, or why there is none; empty when all are in.</summary>
    public required string SurvivalNote { get; init; }

    /// <summary>Discrimination of the combined model by time and by centre.</summary>
    public required StabilityResult Stability { get; init; }

    /// <summary>Performance of the combined model corrected for optimism; null where the bootstrap was not done, with the reason in <see cref="OptimismNote"/>.</summary>
    public required OptimismResult? Optimism { get; init; }

    /// <summary>Why there is no correction; empty where there is.</summary>
    public required string OptimismNote { get; init; }

    /// <summary>What a reader must know before using the numbers.</summary>
    public required IReadOnlyList<Limitation> Limitations { get; init; }

    /// <summary>The way back to the images; null for a snapshot that was taken before snapshots had manifests.</summary>
    public required ReportLineage? Lineage { get; init; }

    /// <summary>What the extraction profile fixed; null when the registry does not hold it.</summary>
    public required ExtractionSummary? Extraction { get; init; }

    /// <summary>Reporting checklists, filled in as far as the system knows.</summary>
    public required IReadOnlyList<Checklist> Checklists { get; init; }
}

/// <summary>A training that a guard had refused.</summary>
/// <param name="Reason">Why somebody went on.</param>
/// <param name="Failed">What the guards that refused said.</param>
public sealed record GuardOverride(string Reason, IReadOnlyList<string> Failed);

/// <summary>The way from a number back to its source.</summary>
public sealed record Provenance
{
    /// <summary>Version number of the model, from 1.</summary>
    public required int ModelVersion { get; init; }

    /// <summary>SHA-256 of the model document.</summary>
    public required string ModelSha256 { get; init; }

    /// <summary>SHA-256 of the cohort snapshot (its Parquet file).</summary>
    public required string SnapshotSha256 { get; init; }

    /// <summary>SHA-256 of the extraction profile behind the imaging features.</summary>
    public required string ProfileSha256 { get; init; }

    /// <summary>Seed of the cross-validation folds.</summary>
    public required long Seed { get; init; }

    /// <summary>Number of cross-validation folds.</summary>
    public required int Folds { get; init; }

    /// <summary>Version of the program that trained the model.</summary>
    public required string CodeVersion { get; init; }

    /// <summary>Version of the program that wrote this report.</summary>
    public required string ReportCodeVersion { get; init; }
}

/// <summary>Something a reader must know before using the numbers.</summary>
/// <param name="Topic">A few words.</param>
/// <param name="Text">One to three sentences.</param>
public sealed record Limitation(string Topic, string Text);

/// <summary>An estimate with its 95% confidence interval.</summary>
/// <param name="Value">Point estimate.</param>
/// <param name="Lower">Lower limit.</param>
/// <param name="Upper">Upper limit.</param>
public sealed record Estimate(double Value, double Lower, double Upper);

/// <summary>A point of a curve.</summary>
/// <param name="X">Abscissa.</param>
/// <param name="Y">Ordinate.</param>
public sealed record CurvePoint(double X, double Y);
