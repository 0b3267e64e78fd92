using HccPipeline.Dicom;
using HccPipeline.Persistence.Registry;

namespace HccPipeline.Ingest.Files;

/// <summary>What became of reading one file: known before, received, or rejected.</summary>
internal sealed record FileVerdict(FoundFile File, string Sha256)
{
    /// <summary>The instance that it holds; its file is in the blob store.</summary>
    public ReceivedInstance? Received { get; init; }

    /// <summary>Why it can't be used.</summary>
    public Rejection? Rejection { get; init; }

    /// <summary>Whether its bytes went into the registry before.</summary>
    public bool Known => Received is null && Rejection is null;
}

/// <summary>Names of faults in quarantine.</summary>
internal static class RejectionCodes
{
    /// <summary>Something of a patient who withdrew.</summary>
    public static Rejection Withdrawn(string pseudonym) => new(
        "withdrawn-patient", $"Its patient ({pseudonym}) withdrew, and nothing of the patient is taken in; leave the patient out of the export.");

    /// <summary>A fault of the DICOM room as a rejection: its name in kebab case, as <c>not-dicom</c>.</summary>
    public static Rejection Of(DicomFileException error) =>
        new(string.Concat(error.Fault.ToString().Select((c, i) => char.IsAsciiLetterUpper(c) ? (i > 0 ? "-" : "") + char.ToLowerInvariant(c) : c.ToString())), error.Message);
}
