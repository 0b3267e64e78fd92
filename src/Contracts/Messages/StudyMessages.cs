namespace HccPipeline.Contracts.Messages;

/// <summary>Event: all that has arrived of a study is stored, de-identified and classified. Comes again when more of it arrives.</summary>
public sealed record StudyIngested
{
    /// <summary>Study Instance UID (0020,000D) after de-identification.</summary>
    public required string StudyInstanceUid { get; init; }

    /// <summary>Pseudonym of the patient.</summary>
    public required string Pseudonym { get; init; }

    /// <summary>Code of the centre that sent the study.</summary>
    public required string CenterCode { get; init; }
}

/// <summary>Event: the clinical record of a patient was stored or changed.</summary>
public sealed record ClinicalRecordUpdated
{
    /// <summary>Pseudonym of the patient.</summary>
    public required string Pseudonym { get; init; }
}

/// <summary>Event: a response or a progression-free survival time of a patient was stored or changed.</summary>
public sealed record OutcomeRecorded
{
    /// <summary>Pseudonym of the patient.</summary>
    public required string Pseudonym { get; init; }
}
