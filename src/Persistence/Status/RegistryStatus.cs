namespace HccPipeline.Persistence.Status;

/// <summary>What the registry holds and what is in work, in numbers.</summary>
public sealed record RegistryStatus
{
    /// <summary>Patients with a study or a clinical record.</summary>
    public required int Patients { get; init; }

    /// <summary>Clinical records.</summary>
    public required int ClinicalRecords { get; init; }

    /// <summary>Studies.</summary>
    public required int Studies { get; init; }

    /// <summary>Studies ready for extraction, extracted or not.</summary>
    public required int StudiesReady { get; init; }

    /// <summary>Ready studies whose features are complete under the profile.</summary>
    public required int StudiesExtracted { get; init; }

    /// <summary>Studies that wait, by what they wait for.</summary>
    public required IReadOnlyList<CountOf> StudiesWaiting { get; init; }

    /// <summary>Studies without a visit, by what is missing.</summary>
    public required IReadOnlyList<CountOf> StudiesWithoutVisit { get; init; }

    /// <summary>Ready studies that nothing goes on with, because bricks of theirs are in quarantine.</summary>
    public required int StudiesHeld { get; init; }

    /// <summary>Runs, bricks, pace and workers.</summary>
    public required ExtractionStatus Extraction { get; init; }

    /// <summary>Bricks without values, by reason.</summary>
    public required IReadOnlyList<CountOf> BricksRejected { get; init; }

    /// <summary>Files, series and records in quarantine, by reason code.</summary>
    public required IReadOnlyList<CountOf> Quarantine { get; init; }

    /// <summary>Patients that can be in a snapshot.</summary>
    public required int PatientsReady { get; init; }

    /// <summary>Patients that can't yet, by what they wait for.</summary>
    public required IReadOnlyList<CountOf> PatientsWaiting { get; init; }

    /// <summary>Stored model versions.</summary>
    public required int ModelVersions { get; init; }

    /// <summary>Number of the champion; null before the first.</summary>
    public required int? Champion { get; init; }
}

/// <summary>A count under a name.</summary>
/// <param name="Name">What is counted.</param>
/// <param name="Count">How many.</param>
public sealed record CountOf(string Name, int Count);
