using System.Text.Json.Serialization;

namespace HccPipeline.Reporting.Validation;

/// <summary>A nomogram: points per predictor, total points to probability.</summary>
public sealed record NomogramResult
{
    /// <summary>One axis per predictor.</summary>
    public required IReadOnlyList<NomogramAxisRow> Predictors { get; init; }

    /// <summary>Ticks of the total-points axis.</summary>
    public required IReadOnlyList<double> TotalPoints { get; init; }

    /// <summary>Probability of progression at places on the total-points axis.</summary>
    public required IReadOnlyList<NomogramTick> Probability { get; init; }
}

/// <summary>A predictor's axis.</summary>
/// <param name="Name">Feature name.</param>
/// <param name="Ticks">Values and the points they give.</param>
public sealed record NomogramAxisRow(string Name, IReadOnlyList<NomogramTick> Ticks);

/// <summary>A labelled place on a nomogram's axis.</summary>
/// <param name="Value">Value of the predictor, or probability.</param>
/// <param name="Points">Points, or total points.</param>
public sealed record NomogramTick(double Value, double Points);

/// <summary>Progression-free survival of the low- and high-risk group of the combined model.</summary>
public sealed record SurvivalResult
{
    /// <summary>Probability of progression from which a patient counts as high risk.</summary>
    public required double RiskThreshold { get; init; }

    /// <summary>Low risk, then high risk.</summary>
    public required IReadOnlyList<SurvivalGroup> Groups { get; init; }

    /// <summary>Times of the risk table, months.</summary>
    public required IReadOnlyList<double> RiskTableMonths { get; init; }

    /// <summary>Log-rank χ², one degree of freedom.</summary>
    public required double LogRankChiSquared { get; init; }

    /// <summary>Log-rank p-value.</summary>
    public required double LogRankP { get; init; }
}

/// <summary>Kaplan–Meier estimate of one group.</summary>
public sealed record SurvivalGroup
{
    /// <summary><c>low</c> or <c>high</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Patients.</summary>
    public required int Patients { get; init; }

    /// <summary>Progressions or deaths.</summary>
    public required int Events { get; init; }

    /// <summary>Median, months; null when not reached.</summary>
    public required double? Median { get; init; }

    /// <summary>Lower limit of the median; null when not reached.</summary>
    public required double? MedianLower { get; init; }

    /// <summary>Upper limit of the median; null when not reached.</summary>
    public required double? MedianUpper { get; init; }

    /// <summary>The curve at each distinct time.</summary>
    public required IReadOnlyList<SurvivalPoint> Steps { get; init; }

    /// <summary>Patients at risk at the times of the risk table.</summary>
    public required IReadOnlyList<int> AtRisk { get; init; }
}

/// <summary>Kaplan–Meier at a distinct time.</summary>
/// <param name="Months">Time.</param>
/// <param name="Events">Events then.</param>
/// <param name="Censored">Patients censored then.</param>
/// <param name="Survival">Survival just after.</param>
/// <param name="Lower">Lower 95% limit (log); null where undefined.</param>
/// <param name="Upper">Upper 95% limit; null where undefined.</param>
public sealed record SurvivalPoint(double Months, int Events, int Censored, double Survival, double? Lower, double? Upper);

/// <summary>Discrimination of the combined model in parts of the cohort.</summary>
public sealed record StabilityResult
{
    /// <summary>Smallest number of progressions, and of disease controls, from which an AUC is shown.</summary>
    public required int MinimumPerClass { get; init; }

    /// <summary>Fall of the AUC that the power is given for.</summary>
    public required double Drop { get; init; }

    /// <summary>All patients.</summary>
    public required StratumResult All { get; init; }

    /// <summary>By calendar year of the treatment start.</summary>
    public required IReadOnlyList<StratumResult> Periods { get; init; }

    /// <summary>By centre.</summary>
    public required IReadOnlyList<StratumResult> Centers { get; init; }
}

/// <summary>The combined model in one part of the cohort.</summary>
public sealed record StratumResult
{
    /// <summary>Year, centre code, or <c>All patients</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Patients.</summary>
    public required int Patients { get; init; }

    /// <summary>Patients with progression.</summary>
    public required int Progression { get; init; }

    /// <summary>Apparent AUC with its 95% DeLong interval; null when there are too few patients to say anything.</summary>
    public required Estimate? Auc { get; init; }

    /// <summary>The same by models that had not seen the patients; absent as above, and where such scores were not kept.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Estimate? LeftOut { get; init; }

    /// <summary>What a reader should look at first.</summary>
    [JsonIgnore]
    public Estimate? Leading => LeftOut ?? Auc;

    /// <summary>Why there is no AUC; empty when there is one.</summary>
    public required string Insufficient { get; init; }

    /// <summary>
    /// Chance that a part of this size would show a fall of the AUC by <see cref="StabilityResult.Drop"/> against all patients (one-sided
    /// unpaired DeLong test at 5%); null for all patients, and where it is not defined.
    /// </summary>
    public required double? Power { get; init; }
}

/// <summary>A published study that a version is compared with.</summary>
public sealed record ReferenceStudy
{
    /// <summary>Authors, title, journal.</summary>
    public required string Citation { get; init; }

    /// <summary>Digital object identifier.</summary>
    public required string Doi { get; init; }

    /// <summary>Results that are numbers, in the order of the report.</summary>
    public required IReadOnlyList<ReferenceRow> Rows { get; init; }

    /// <summary>Results that are choices, curves and charts.</summary>
    public required IReadOnlyList<ReferencePart> Parts { get; init; }
}

/// <summary>A published result that is no single number, beside ours.</summary>
/// <param name="Name">What.</param>
/// <param name="Published">What the abstract says of it.</param>
/// <param name="Ours">What this version has.</param>
/// <param name="Section">Section of the report that shows it.</param>
public sealed record ReferencePart(string Name, string Published, string Ours, string Section);

/// <summary>A published result beside ours.</summary>
/// <param name="Name">What.</param>
/// <param name="Kind"><c>auc</c>, <c>months</c>, <c>count</c> or <c>p</c>: how the numbers are written.</param>
/// <param name="Published">Published value, with its interval where given.</param>
/// <param name="PublishedLower">Lower limit; null when not published.</param>
/// <param name="PublishedUpper">Upper limit; null when not published.</param>
/// <param name="Ours">Value of this version; null when there is none.</param>
/// <param name="OursLower">Lower limit; null when there is none.</param>
/// <param name="OursUpper">Upper limit; null when there is none.</param>
public sealed record ReferenceRow(
    string Name,
    string Kind,
    double Published,
    double? PublishedLower,
    double? PublishedUpper,
    double? Ours,
    double? OursLower,
    double? OursUpper)
{
    /// <summary>Ours minus published; null when there is none of ours.</summary>
    public double? Difference => Ours - Published;
}
