using HccPipeline.Contracts.Drift;

namespace HccPipeline.ModelWorker.Drift;

/// <summary>What one assessment is made of.</summary>
public sealed record DriftInput
{
    /// <summary>Version assessed.</summary>
    public required int ModelVersion { get; init; }

    /// <summary><c>imaging</c>, <c>clinical</c> or <c>combined</c>.</summary>
    public required string Submodel { get; init; }

    /// <summary>Whether charts, features, scanners and findings are wanted, as for the version in use; else only the windows.</summary>
    public required bool IsWatched { get; init; }

    /// <summary>Predictors of the model: with so many ranges a few patients are refused without any drift.</summary>
    public required int PredictorCount { get; init; }

    /// <summary>Features, in the order of <see cref="DriftPatient.Features"/>.</summary>
    public required IReadOnlyList<string> FeatureNames { get; init; }

    /// <summary>Patients that the version learned from, with scores of models that had not seen them where there are such.</summary>
    public required IReadOnlyList<DriftPatient> Learned { get; init; }

    /// <summary>Patients that it did not learn from; within a window in the order in which they were scored.</summary>
    public required IReadOnlyList<DriftPatient> Patients { get; init; }

    /// <summary>How far each window of <see cref="Patients"/> is, a name of <see cref="WindowStates"/>.</summary>
    public required IReadOnlyDictionary<string, string> States { get; init; }

    /// <summary>Versions that were in use before, with their scores of <see cref="Patients"/>, in the same order.</summary>
    public IReadOnlyList<RivalScores> Rivals { get; init; } = [];
}

/// <summary>A patient as far as drift is concerned. Nobody is named.</summary>
public sealed record DriftPatient
{
    /// <summary>Code of the centre.</summary>
    public required string Center { get; init; }

    /// <summary>Quarter of the treatment start, as <c>2023Q2</c>.</summary>
    public required string Window { get; init; }

    /// <summary>Progression; null while the outcome is not mature.</summary>
    public bool? Progression { get; init; }

    /// <summary>Probability of progression; null where refused or not scored.</summary>
    public double? Score { get; init; }

    /// <summary>The model refused: an input was missing or outside what it was trained on.</summary>
    public bool IsRefused { get; init; }

    /// <summary>When the score was made.</summary>
    public ScoreOrigin Origin { get; init; }

    /// <summary>Feature values; NaN where missing.</summary>
    public IReadOnlyList<double> Features { get; init; } = [];

    /// <summary>Manufacturer and model of the last study's scanner; null where not known.</summary>
    public string? Scanner { get; init; }
}

/// <summary>When a score was made.</summary>
public enum ScoreOrigin
{
    /// <summary>Frozen before the outcome was known.</summary>
    Prospective,

    /// <summary>Frozen after it was known.</summary>
    AfterOutcome,

    /// <summary>Made for the assessment.</summary>
    Retrospective,
}

/// <summary>Scores of the same patients by another version.</summary>
/// <param name="ModelVersion">The version.</param>
/// <param name="Scores">One for each patient; null where it refuses, or learned from the patient.</param>
public sealed record RivalScores(int ModelVersion, IReadOnlyList<double?> Scores);
