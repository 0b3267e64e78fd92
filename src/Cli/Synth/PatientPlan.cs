namespace HccPipeline.Cli.Synth;

/// <summary>All that is true of one synthetic patient.</summary>
public sealed record PatientPlan
{
    /// <summary>Position in the registry, from 0.</summary>
    public required int Index { get; init; }

    /// <summary>Identifier, unique in the registry and plainly synthetic.</summary>
    public required string PatientId { get; init; }

    /// <summary>Position of the centre, from 0.</summary>
    public required int CenterIndex { get; init; }

    /// <summary>Code of the centre.</summary>
    public required string Center { get; init; }

    /// <summary>First day of treatment.</summary>
    public required DateOnly TreatmentStart { get; init; }

    /// <summary>Day of birth.</summary>
    public required DateOnly BirthDate { get; init; }

    /// <summary>Age at the start of treatment, completed years.</summary>
    public required int AgeYears { get; init; }

    /// <summary>Whether the patient is male.</summary>
    public required bool IsMale { get; init; }

    /// <summary>Blood values before treatment.</summary>
    public required Laboratory Laboratory { get; init; }

    /// <summary>Child–Pugh score, 5 to 15.</summary>
    public required int ChildPughScore { get; init; }

    /// <summary>ECOG performance status.</summary>
    public required int Ecog { get; init; }

    /// <summary>Portal vein tumour thrombus.</summary>
    public required bool HasPortalVeinThrombus { get; init; }

    /// <summary>Chronic hepatitis B.</summary>
    public required bool HasHepatitisB { get; init; }

    /// <summary>Response by mRECIST: CR, PR, SD or PD.</summary>
    public required string Response { get; init; }

    /// <summary>Whether the response is progression (PD).</summary>
    public bool Progressed => Response == "PD";

    /// <summary>Progression-free survival, months.</summary>
    public required double PfsMonths { get; init; }

    /// <summary>Whether progression or death was observed; otherwise the time is censored.</summary>
    public required bool PfsEvent { get; init; }

    /// <summary>The examination before treatment.</summary>
    public required VisitPlan Pre { get; init; }

    /// <summary>The examination about eight weeks after the start of treatment.</summary>
    public required VisitPlan Post { get; init; }
}
