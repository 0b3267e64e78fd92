namespace HccPipeline.Persistence.Cohort;

/// <summary>Whether a patient can be in a snapshot, and if not, why.</summary>
public sealed record PatientReadiness
{
    /// <summary>Pseudonym.</summary>
    public required string Pseudonym { get; init; }

    /// <summary>Code of the centre.</summary>
    public required string CenterCode { get; init; }

    /// <summary>True quarter of the treatment start; null without a clinical record.</summary>
    public string? EntryQuarter { get; init; }

    /// <summary>Response that counts; null while not known.</summary>
    public string? Response { get; init; }

    /// <summary>Where the label stands.</summary>
    public required OutcomeLabel Label { get; init; }

    /// <summary>Revision of the outcome; 0 where none was ever known.</summary>
    public int OutcomeRevision { get; init; }

    /// <summary>The scan that stands for the pre-treatment visit; null where none has features.</summary>
    public VisitScan? Pre { get; init; }

    /// <summary>The scan that stands for the post-treatment visit; null where none has features.</summary>
    public VisitScan? Post { get; init; }

    /// <summary>What keeps the patient out, the first thing first; empty for a patient who is ready.</summary>
    public required IReadOnlyList<WaitingReason> Reasons { get; init; }

    /// <summary>Whether a snapshot taken now would hold the patient.</summary>
    public bool IsReady => Reasons.Count == 0;

    /// <summary>The first thing that is missing, in words; null when nothing is.</summary>
    public string? WaitingFor => IsReady ? null : Reasons[0].Need;
}

/// <summary>The scan that stands for a visit.</summary>
/// <param name="RunId">Run with its features.</param>
/// <param name="Day">Day counted from the start of treatment, negative before it; null when the study has no date.</param>
public sealed record VisitScan(string RunId, int? Day);

/// <summary>Something that keeps a patient out of a snapshot.</summary>
/// <param name="Code">For programs: kebab case, as <c>pre-mri-window</c>.</param>
/// <param name="Need">What is missing, in words that are the same for every patient who lacks it.</param>
/// <param name="Detail">How it is with this patient; null when there is no more to say.</param>
public sealed record WaitingReason(string Code, string Need, string? Detail = null);
