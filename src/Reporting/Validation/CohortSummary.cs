namespace HccPipeline.Reporting.Validation;

/// <summary>Who is in the snapshot.</summary>
public sealed record CohortSummary
{
    /// <summary>All patients.</summary>
    public required GroupCount All { get; init; }

    /// <summary>Patients per mRECIST category, in the order CR, PR, SD, PD; categories that do not occur are left out.</summary>
    public required IReadOnlyList<CategoryCount> Responses { get; init; }

    /// <summary>Patients per centre, in ordinal order of the code.</summary>
    public required IReadOnlyList<GroupCount> Centers { get; init; }

    /// <summary>Patients per calendar year of the treatment start, ascending.</summary>
    public required IReadOnlyList<GroupCount> Periods { get; init; }

    /// <summary>First calendar quarter of a treatment start, as <c>2021Q1</c>.</summary>
    public required string FirstQuarter { get; init; }

    /// <summary>Last calendar quarter of a treatment start.</summary>
    public required string LastQuarter { get; init; }

    /// <summary>Baseline table: candidates by response group. Predictors of a model first, then clinical, then imaging candidates.</summary>
    public required IReadOnlyList<CharacteristicRow> Characteristics { get; init; }
}

/// <summary>Patients of a group by outcome.</summary>
/// <param name="Name">Centre code, year, or <c>All patients</c>.</param>
/// <param name="Patients">Patients.</param>
/// <param name="Control">Patients with disease control (CR, PR, SD).</param>
/// <param name="Progression">Patients with progression (PD).</param>
public sealed record GroupCount(string Name, int Patients, int Control, int Progression);

/// <summary>Patients in a category.</summary>
/// <param name="Name">Category.</param>
/// <param name="Patients">Patients.</param>
public sealed record CategoryCount(string Name, int Patients);

/// <summary>One candidate predictor by response group.</summary>
public sealed record CharacteristicRow
{
    /// <summary>Feature name.</summary>
    public required string Name { get; init; }

    /// <summary><c>clinical</c> or <c>imaging</c>.</summary>
    public required string Domain { get; init; }

    /// <summary>True when a model of this version uses it.</summary>
    public required bool Selected { get; init; }

    /// <summary><c>mean-sd</c>, <c>median-iqr</c> or <c>count</c>: how the groups are described.</summary>
    public required string Summary { get; init; }

    /// <summary>Patients with disease control.</summary>
    public required GroupDescription Control { get; init; }

    /// <summary>Patients with progression.</summary>
    public required GroupDescription Progression { get; init; }

    /// <summary>Two-sided p-value; null when the test is undefined.</summary>
    public required double? PValue { get; init; }

    /// <summary>Name of the test.</summary>
    public required string Test { get; init; }
}

/// <summary>A candidate predictor in one response group.</summary>
/// <param name="Present">Patients with a value.</param>
/// <param name="Missing">Patients without.</param>
/// <param name="Center">Mean, median, or number of patients with 1, as the row's summary says; null without values.</param>
/// <param name="Spread">Standard deviation, lower quartile, or share of patients with 1.</param>
/// <param name="SpreadUpper">Upper quartile; null unless the summary is <c>median-iqr</c>.</param>
public sealed record GroupDescription(int Present, int Missing, double? Center, double? Spread, double? SpreadUpper);
