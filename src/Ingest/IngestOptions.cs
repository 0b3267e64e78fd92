using System.ComponentModel.DataAnnotations;

namespace HccPipeline.Ingest;

/// <summary>Section <c>Ingest</c>.</summary>
public sealed class IngestOptions
{
    /// <summary>Name of the section.</summary>
    public const string Section = "Ingest";

    /// <summary>
    /// Secret of the pseudonyms: at least 32 random bytes in hexadecimal or base64. Whoever has it can tell which pseudonym is whose;
    /// another key makes other pseudonyms, so a registry keeps one key for life.
    /// </summary>
    [Required]
    public string PseudonymKey { get; set; } = "";

    /// <summary>Largest number of days by which a patient's dates are moved, either way.</summary>
    [Range(1, 1825)]
    public int MaximumDateShiftDays { get; set; } = 180;

    /// <summary>A pre-treatment study lies at most so many days before the treatment start (the day itself counts).</summary>
    [Range(0, 365)]
    public int PreVisitMaximumDays { get; set; } = 28;

    /// <summary>A post-treatment study lies at least so many days after the treatment start.</summary>
    [Range(1, 365)]
    public int PostVisitMinimumDays { get; set; } = 14;

    /// <summary>A post-treatment study lies at most so many days after the treatment start.</summary>
    [Range(1, 730)]
    public int PostVisitMaximumDays { get; set; } = 183;

    /// <summary>Files read at the same time; 0 takes one per processor.</summary>
    [Range(0, 64)]
    public int Parallelism { get; set; }

    /// <summary>
    /// Keep the path of a quarantined file out of the database (folder names may name patients): the first digits of its hash stand
    /// there instead.
    /// </summary>
    public bool HidePaths { get; set; }

    /// <summary>Folder that <c>serve</c> watches, one subfolder per centre; empty for none. Absolute.</summary>
    public string DropFolder { get; set; } = "";

    /// <summary>Seconds between two looks into the drop folder; what did not change from one look to the next is taken.</summary>
    [Range(1, 3600)]
    public int DropFolderPollSeconds { get; set; } = 10;

    /// <summary>Seconds between two sweeps for studies and clinical records that were committed and never announced.</summary>
    [Range(1, 3600)]
    public int SweepSeconds { get; set; } = 30;
}
