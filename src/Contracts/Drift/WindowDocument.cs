namespace HccPipeline.Contracts.Drift;

/// <summary>One window of one centre, or of all together.</summary>
public sealed record WindowDocument
{
    /// <summary>Centre; null for all together.</summary>
    public required string? Center { get; init; }

    /// <summary>Quarter of treatment starts, as <c>2023Q2</c>.</summary>
    public required string Window { get; init; }

    /// <summary>A name of <see cref="WindowStates"/>.</summary>
    public required string State { get; init; }

    /// <summary>A name of <see cref="DriftVerdicts"/>.</summary>
    public required string Verdict { get; init; }

    /// <summary>Patients of the window whom the version did not learn from.</summary>
    public required int Patients { get; init; }

    /// <summary>Of these refused by the model: an input was missing or outside what it was trained on.</summary>
    public required int Refused { get; init; }

    /// <summary>Patients with a score and a mature outcome: all that follows is about them.</summary>
    public required int Mature { get; init; }

    /// <summary>Of these with progression.</summary>
    public required int Cases { get; init; }

    /// <summary>Of the mature, scored before the outcome was known.</summary>
    public required int Prospective { get; init; }

    /// <summary>Of the mature, scored for this assessment because no score was frozen.</summary>
    public required int Retrospective { get; init; }

    /// <summary>AUC; null with fewer than two of a class.</summary>
    public IntervalDocument? Auc { get; init; }

    /// <summary>Calibration in the large: the intercept with the slope held at 1; null with one class alone.</summary>
    public IntervalDocument? CalibrationInTheLarge { get; init; }

    /// <summary>Calibration slope; null where there is none.</summary>
    public IntervalDocument? CalibrationSlope { get; init; }

    /// <summary>Brier score; null with one class alone.</summary>
    public double? Brier { get; init; }

    /// <summary>Observed over expected progressions; null with one class alone.</summary>
    public double? ObservedToExpected { get; init; }

    /// <summary>Fall of the AUC against the reference, where there are enough patients of each class and the window is mature.</summary>
    public ChangeDocument? AucFall { get; init; }

    /// <summary>Change of the calibration in the large against the reference, as above.</summary>
    public ChangeDocument? CalibrationChange { get; init; }

    /// <summary>What so many patients can show; null without a reference or with one class alone.</summary>
    public PowerDocument? Power { get; init; }
}

/// <summary>How far a window is.</summary>
public static class WindowStates
{
    /// <summary>Patients still start treatment.</summary>
    public const string Open = "open";

    /// <summary>Everybody has started; outcomes are still awaited.</summary>
    public const string Over = "over";

    /// <summary>The time of the outcomes is over, too.</summary>
    public const string Mature = "mature";
}

/// <summary>What can be said of a window.</summary>
public static class DriftVerdicts
{
    /// <summary>Its outcomes are awaited, or there is no reference yet.</summary>
    public const string Awaited = "awaited";

    /// <summary>Its patients are the reference.</summary>
    public const string Reference = "reference";

    /// <summary>Too few patients to tell: the power beside it says how far from enough.</summary>
    public const string Insufficient = "insufficient";

    /// <summary>A fall that matters would have been seen with the wanted power, and was not.</summary>
    public const string Stable = "stable";

    /// <summary>A chart or a test counts.</summary>
    public const string Drift = "drift";
}
