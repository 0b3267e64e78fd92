using System.Text.Json.Serialization;

namespace HccPipeline.Contracts.Drift;

/// <summary>How one model version does, as far as a period: stored as canonical JSON, made of the patients alone. The same patients give the same
/// bytes; nobody can be recognised in it.</summary>
public sealed record DriftDocument
{
    /// <summary>Layout of this document; grows when a reader has to know.</summary>
    public const int CurrentSchema = 2;

    /// <summary>Layout number.</summary>
    public required int Schema { get; init; }

    /// <summary>Version assessed.</summary>
    public required int ModelVersion { get; init; }

    /// <summary><c>imaging</c>, <c>clinical</c> or <c>combined</c>.</summary>
    public required string Submodel { get; init; }

    /// <summary>The last window that is looked at, a quarter of treatment starts, as <c>2023Q2</c>.</summary>
    public required string Period { get; init; }

    /// <summary>What is declared: rates of false alarms, levels, seed.</summary>
    public required DriftSettings Settings { get; init; }

    /// <summary>What the windows are compared with; null while too little is known.</summary>
    public required ReferenceDocument? Reference { get; init; }

    /// <summary>Each window of each centre and of all together, windows in order, all centres first.</summary>
    public required IReadOnlyList<WindowDocument> Windows { get; init; }

    /// <summary>Charts of the patients' placement among the reference, by centre; empty for a version that is not watched.</summary>
    public required IReadOnlyList<ChartDocument> Charts { get; init; }

    /// <summary>How often the features were looked at: every closed window once, those of too few patients together. Empty in layout 1, which knew the last
    /// window alone.</summary>
    public IReadOnlyList<FeatureLookDocument> Looks { get; init; } = [];

    /// <summary>Distribution and completeness of the features against the reference: of the last look of each scope all, of those before it what counts.</summary>
    public required IReadOnlyList<FeatureDriftDocument> Features { get; init; }

    /// <summary>Scanners by centre and window.</summary>
    public required IReadOnlyList<ScannerDocument> Scanners { get; init; }

    /// <summary>What somebody should know, in the words of an alert.</summary>
    public required IReadOnlyList<FindingDocument> Findings { get; init; }
}

/// <summary>The patients that a version is held against: scored by models that had not seen them.</summary>
/// <param name="Source"><c>held-out</c>, the version's own patients scored by its folds, or <c>first-patients</c>, the first that came after it.</param>
/// <param name="Patients">Patients with score and outcome.</param>
/// <param name="Cases">Of these with progression.</param>
/// <param name="Auc">AUC.</param>
/// <param name="CalibrationInTheLarge">Intercept with the slope held at 1.</param>
/// <param name="CalibrationSlope">Slope; null where there is none.</param>
/// <param name="Brier">Brier score.</param>
public sealed record ReferenceDocument(
    string Source, int Patients, int Cases, IntervalDocument Auc, IntervalDocument CalibrationInTheLarge, IntervalDocument? CalibrationSlope, double Brier);

/// <summary>An estimate with its 95 % limits.</summary>
/// <param name="Value">Estimate.</param>
/// <param name="Lower">Lower limit.</param>
/// <param name="Upper">Upper limit.</param>
public sealed record IntervalDocument(double Value, double Lower, double Upper);

/// <summary>A difference from the reference with its p-value.</summary>
/// <param name="Difference">Window minus reference.</param>
/// <param name="StandardError">Standard error, of window and reference together.</param>
/// <param name="P">p-value: one-sided for a fall of the AUC, two-sided for calibration.</param>
/// <param name="Level">Level below which it counts.</param>
public sealed record ChangeDocument(double Difference, double StandardError, double P, double Level)
{
    /// <summary>Whether it counts.</summary>
    [JsonIgnore]
    public bool Counts => P < Level;
}

/// <summary>What the window could show.</summary>
/// <param name="Drop">Fall of the AUC that would matter.</param>
/// <param name="Power">Chance that so many patients show it.</param>
/// <param name="DetectableDrop">Smallest fall that they would show with the wanted power; null where not even a model gone blind.</param>
/// <param name="HalfWidth">Half-width of the 95 % interval of the AUC.</param>
public sealed record PowerDocument(double Drop, double Power, double? DetectableDrop, double HalfWidth);

/// <summary>One chart of one centre.</summary>
/// <param name="Center">Centre; null for all together.</param>
/// <param name="Statistic"><c>ewma</c> or <c>cusum</c>; both rise when patients are placed worse than in the reference.</param>
/// <param name="Parameter">Weight of the newest patient, or slack.</param>
/// <param name="Limit">Control limit.</param>
/// <param name="InControlRunLength">Patients to a false alarm that the limit was made for.</param>
/// <param name="Windows">Window of each patient, in the order of the chart.</param>
/// <param name="Values">Statistic after each patient; it begins again after an alarm.</param>
/// <param name="Alarms">Patients, from 1, at which it passed the limit.</param>
public sealed record ChartDocument(
    string? Center, string Statistic, double Parameter, double Limit, double InControlRunLength, IReadOnlyList<string> Windows,
    IReadOnlyList<double> Values, IReadOnlyList<int> Alarms);

/// <summary>Closed windows whose patients were compared with the reference together.</summary>
/// <param name="Center">Centre; null for all together.</param>
/// <param name="FirstWindow">First of the windows.</param>
/// <param name="Window">Last of them.</param>
/// <param name="Patients">Patients.</param>
/// <param name="Tested">Features whose distribution was tested; 0 while the patients are too few on either side.</param>
/// <param name="Moved">Of these, distributed otherwise.</param>
/// <param name="Lacked">Features that are missing more or less often.</param>
public sealed record FeatureLookDocument(string? Center, string FirstWindow, string Window, int Patients, int Tested, int Moved, int Lacked);

/// <summary>A feature of the patients of a look against the same centre's patients of the reference.</summary>
/// <param name="Center">Centre; null for all together.</param>
/// <param name="Name">Feature.</param>
/// <param name="Reference">Patients of the reference who have it.</param>
/// <param name="Current">Patients of the window who have it.</param>
/// <param name="Distance">Wasserstein distance, in units of the feature; null where either has too few.</param>
/// <param name="Effect">Standardised difference of means, window minus reference; null as above or where both are constant.</param>
/// <param name="P">Permutation p-value; null as above.</param>
/// <param name="AdjustedP">The same, adjusted for all features and centres whose look ends with the window (false discovery rate).</param>
/// <param name="ReferenceMissing">Patients of the reference who lack it.</param>
/// <param name="CurrentMissing">Patients of the window who lack it.</param>
/// <param name="MissingP">Fisher's exact p-value of more or less missing; null without patients on both sides.</param>
/// <param name="AdjustedMissingP">The same, adjusted.</param>
/// <param name="FirstWindow">First window of the look; null in layout 1.</param>
/// <param name="Window">Last window of the look; null in layout 1.</param>
public sealed record FeatureDriftDocument(
    string? Center, string Name, int Reference, int Current, double? Distance, double? Effect, double? P, double? AdjustedP,
    int ReferenceMissing, int CurrentMissing, double? MissingP, double? AdjustedMissingP, string? FirstWindow = null, string? Window = null);

/// <summary>Patients of a window and the scanner of their last study.</summary>
/// <param name="Center">Centre.</param>
/// <param name="Window">Window.</param>
/// <param name="Name">Manufacturer and model.</param>
/// <param name="Patients">Patients.</param>
/// <param name="IsNew">Neither the reference nor an earlier window of the centre has it.</param>
public sealed record ScannerDocument(string Center, string Window, string Name, int Patients, bool IsNew);

/// <summary>Something that somebody should know.</summary>
/// <param name="Level">A name of <see cref="AlertLevels"/>.</param>
/// <param name="Kind">What was found, the same word for the same thing: with version, centre and level it tells one finding from another.</param>
/// <param name="Center">Centre; null for all together.</param>
/// <param name="Window">Window in which.</param>
/// <param name="Summary">A sentence for people, without patients.</param>
public sealed record FindingDocument(string Level, string Kind, string? Center, string Window, string Summary);
