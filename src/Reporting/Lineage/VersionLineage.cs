using HccPipeline.Contracts.Models;
using HccPipeline.Persistence.Runs;

namespace HccPipeline.Reporting.Lineage;

/// <summary>The way from a model version back to its patients.</summary>
public sealed record VersionLineage
{
    /// <summary>Version number.</summary>
    public required int ModelVersion { get; init; }

    /// <summary>SHA-256 of the model document.</summary>
    public required string ModelSha256 { get; init; }

    /// <summary>SHA-256 of the snapshot.</summary>
    public required string SnapshotSha256 { get; init; }

    /// <summary>SHA-256 of the snapshot's manifest.</summary>
    public required string ManifestSha256 { get; init; }

    /// <summary>SHA-256 of the extraction profile.</summary>
    public required string ProfileSha256 { get; init; }

    /// <summary>Seed of the folds.</summary>
    public required long Seed { get; init; }

    /// <summary>Version of the program that trained.</summary>
    public required string CodeVersion { get; init; }

    /// <summary>Patients in the snapshot's row order, with their runs.</summary>
    public required IReadOnlyList<IncludedPatient> Patients { get; init; }
}

/// <summary>The way from a model version back to one patient's images.</summary>
public sealed record PatientLineage
{
    /// <summary>Row of the patient in the snapshot, from 1.</summary>
    public required int Row { get; init; }

    /// <summary>Fold in which the patient was left out.</summary>
    public required int Fold { get; init; }

    /// <summary>What the manifest says of the patient.</summary>
    public required IncludedPatient Patient { get; init; }

    /// <summary>Response that was learned from.</summary>
    public required string? Response { get; init; }

    /// <summary>Probability of progression by the combined model.</summary>
    public required double Probability { get; init; }

    /// <summary>Predictors of the combined model with this patient's values.</summary>
    public required IReadOnlyList<PredictorLineage> Predictors { get; init; }

    /// <summary>The run before treatment; null when it was deleted.</summary>
    public required RunLineage? PreRun { get; init; }

    /// <summary>The run after treatment; null when it was deleted.</summary>
    public required RunLineage? PostRun { get; init; }
}

/// <summary>A predictor of a patient.</summary>
/// <param name="Name">Feature name.</param>
/// <param name="Beta">Coefficient per unit.</param>
/// <param name="Value">Value in the snapshot, or filled in by training.</param>
/// <param name="Points">Points of the nomogram; null where it has no axis for the predictor.</param>
/// <param name="Origins">Where the value comes from.</param>
public sealed record PredictorLineage(string Name, double Beta, double Value, double? Points, IReadOnlyList<ValueOrigin> Origins);

/// <summary>Where a value comes from.</summary>
/// <param name="Source"><c>run</c>, <c>clinical record</c>, <c>filled in</c>, or <c>deleted</c> for a run that is gone.</param>
/// <param name="RunId">Run; null for a clinical value.</param>
/// <param name="Name">Name of the value in the run.</param>
/// <param name="Value">Value there; null when it is not there.</param>
/// <param name="BrickIndex">Brick that gave it.</param>
/// <param name="SeriesUids">Series that the brick read.</param>
public sealed record ValueOrigin(string Source, string? RunId, string Name, double? Value, int? BrickIndex, IReadOnlyList<string> SeriesUids);
