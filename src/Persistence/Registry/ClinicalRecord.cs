namespace HccPipeline.Persistence.Registry;

/// <summary>The clinical record of a patient, pseudonymous, dates shifted.</summary>
public sealed record ClinicalRecord
{
    /// <summary>Pseudonym.</summary>
    public required string Pseudonym { get; init; }

    /// <summary>Code of the centre.</summary>
    public required string CenterCode { get; init; }

    /// <summary>First day of treatment, shifted.</summary>
    public required DateOnly TreatmentStart { get; init; }

    /// <summary>True calendar quarter of the treatment start, as <c>2023Q2</c>.</summary>
    public required string EntryQuarter { get; init; }

    /// <summary>CR, PR, SD or PD; null while not known.</summary>
    public string? Response { get; init; }

    /// <summary>Progression-free survival, months; null while not known.</summary>
    public double? PfsMonths { get; init; }

    /// <summary>Whether progression or death was seen at <see cref="PfsMonths"/>; null while not known.</summary>
    public bool? PfsEvent { get; init; }

    /// <summary>Feature values by name.</summary>
    public required IReadOnlyDictionary<string, double> Values { get; init; }
}

/// <summary>What became of a clinical record that was offered.</summary>
public enum ClinicalOutcome
{
    /// <summary>The patient had none.</summary>
    New,

    /// <summary>It differs from the one stored, and took its place as the next revision.</summary>
    Changed,

    /// <summary>The same record is stored already.</summary>
    Unchanged,

    /// <summary>The patient withdrew; nothing was written.</summary>
    Withdrawn,
}

/// <summary>A clinical record that was stored and not announced.</summary>
public sealed record ClinicalAnnouncement
{
    /// <summary>Pseudonym.</summary>
    public required string Pseudonym { get; init; }

    /// <summary>Revision that was read.</summary>
    public required long Revision { get; init; }

    /// <summary>Whether it holds a response or a survival time.</summary>
    public required bool HasOutcome { get; init; }
}
