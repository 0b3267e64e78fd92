namespace HccPipeline.Persistence.Cohort;

/// <summary>What a snapshot holds of a patient besides the features.</summary>
public sealed record CohortPatient
{
    /// <summary>Pseudonym.</summary>
    public required string Pseudonym { get; init; }

    /// <summary>Code of the centre.</summary>
    public required string CenterCode { get; init; }

    /// <summary>Calendar quarter of the treatment start, as <c>2023Q2</c>.</summary>
    public required string EntryQuarter { get; init; }

    /// <summary>mRECIST response: CR, PR, SD or PD; null when not recorded yet.</summary>
    public string? Response { get; init; }

    /// <summary>True for progression (PD), the event of the models; false for disease control (CR, PR, SD).</summary>
    public bool Progression => Response == "PD";

    /// <summary>Progression-free survival, months; null when not recorded.</summary>
    public double? PfsMonths { get; init; }

    /// <summary>True when progression or death was seen at <see cref="PfsMonths"/>, false when censored then; null when not recorded.</summary>
    public bool? PfsEvent { get; init; }
}
