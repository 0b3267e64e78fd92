namespace HccPipeline.ModelWorker.Promotion;

/// <summary>A new version against the champion on the same patients, none of whom was scored by a model that learned from them.</summary>
public sealed record VersionComparison
{
    /// <summary>The new version.</summary>
    public required int Challenger { get; init; }

    /// <summary>The version in use.</summary>
    public required int Champion { get; init; }

    /// <summary>The model that is compared.</summary>
    public required string Model { get; init; }

    /// <summary>Patients scored by both.</summary>
    public required int Patients { get; init; }

    /// <summary>Of these, with progression.</summary>
    public required int Events { get; init; }

    /// <summary>Of these, patients of both versions' cohorts: each is scored by folds that left them out.</summary>
    public required int InBothCohorts { get; init; }

    /// <summary>Patients of the new version's cohort whom the champion can't score, as with a missing input.</summary>
    public required int NotScored { get; init; }

    /// <summary>Whether both have the same predictors with the same coefficients: then they are one model, and nothing differs.</summary>
    public bool IsSameModel { get; init; }

    /// <summary>Draws of the folds whose mean the held-out scores are; 0 for the one draw that is stored with each version.</summary>
    public int FoldDraws { get; init; }

    /// <summary>Standard deviation of the gain in AUC from draw to draw; null where there were not several.</summary>
    public double? FoldDeviation { get; init; }

    /// <summary>How the patients were scored, in sentences; empty for a comparison from before that was said.</summary>
    public string Method { get; init; } = "";

    /// <summary>The new version's figures; null where there are too few patients to compute any.</summary>
    public VersionFigures? ChallengerFigures { get; init; }

    /// <summary>The champion's.</summary>
    public VersionFigures? ChampionFigures { get; init; }

    /// <summary>Gain in AUC.</summary>
    public double? AucGain { get; init; }

    /// <summary>Lower confidence limit of the gain (paired DeLong, and what is left of the variance between draws).</summary>
    public double? AucGainLower { get; init; }

    /// <summary>Upper confidence limit.</summary>
    public double? AucGainUpper { get; init; }

    /// <summary>p-value of no gain, two-sided.</summary>
    public double? AucGainP { get; init; }

    /// <summary>How patients move between risks.</summary>
    public Reclassification? Reclassification { get; init; }

    /// <summary>What the policy asks, one by one.</summary>
    public required IReadOnlyList<PolicyCheck> Checks { get; init; }

    /// <summary>Whether all of it holds.</summary>
    public bool Holds => Checks.All(c => c.Holds);
}

/// <summary>Figures of one version.</summary>
/// <param name="Auc">AUC.</param>
/// <param name="AucLower">Lower confidence limit.</param>
/// <param name="AucUpper">Upper confidence limit.</param>
/// <param name="Brier">Brier score.</param>
/// <param name="CalibrationInTheLarge">Log odds; null where it has no maximum.</param>
/// <param name="CalibrationSlope">Slope; null where it has no maximum, as when every patient has the same score.</param>
/// <param name="NetBenefit">Net benefit at the policy's thresholds.</param>
public sealed record VersionFigures(
    double Auc, double AucLower, double AucUpper, double Brier, double? CalibrationInTheLarge, double? CalibrationSlope, IReadOnlyList<double> NetBenefit);

/// <summary>Something that a policy asks.</summary>
/// <param name="Name">As in the policy.</param>
/// <param name="Holds">Whether it holds.</param>
/// <param name="Detail">A sentence with the figures.</param>
public sealed record PolicyCheck(string Name, bool Holds, string Detail);
