using HccPipeline.Persistence.Registry;

namespace HccPipeline.Ingest;

/// <summary>How far an ingest is.</summary>
/// <param name="FilesRead">Files with an outcome.</param>
/// <param name="FilesFound">Files to be read.</param>
public readonly record struct IngestProgress(int FilesRead, int FilesFound);

/// <summary>What an ingest did.</summary>
public sealed record IngestSummary
{
    /// <summary>Image files that were read; clinical tables are counted by their rows.</summary>
    public required int FilesRead { get; init; }

    /// <summary>Instances that are new in the registry.</summary>
    public required int Stored { get; init; }

    /// <summary>Files whose bytes went into the registry before.</summary>
    public required int Unchanged { get; init; }

    /// <summary>Files that hold an instance which another file brought.</summary>
    public required int Duplicates { get; init; }

    /// <summary>What can't be used, with the reason; files, then series, then rows of clinical tables.</summary>
    public required IReadOnlyList<QuarantinedItem> Quarantined { get; init; }

    /// <summary>Studies of the patients of whom something is new, as they stand now.</summary>
    public required IReadOnlyList<StudyStanding> Studies { get; init; }

    /// <summary>Clinical records.</summary>
    public required ClinicalCounts Clinical { get; init; }

    /// <summary>Remarks that are no errors, as columns that a clinical table has not.</summary>
    public required IReadOnlyList<string> Remarks { get; init; }

    /// <summary>Studies that are ready for extraction.</summary>
    public IEnumerable<StudyStanding> Ready => Studies.Where(s => s.State == StudyState.Ready);

    /// <summary>Studies that wait, each with what it waits for.</summary>
    public IEnumerable<StudyStanding> Waiting => Studies.Where(s => s.State == StudyState.Waiting);

    /// <summary>Whether the registry is as it was before.</summary>
    public bool ChangedNothing =>
        Stored == 0 && Duplicates == 0 && Clinical.New == 0 && Clinical.Changed == 0 && Studies.Count == 0 && Quarantined.All(q => q.Before);
}

/// <summary>Something that can't be used.</summary>
/// <param name="Kind">What kind of thing.</param>
/// <param name="Subject">Which: path below what was given, de-identified series UID, or file and line of a clinical table.</param>
/// <param name="Reason">Why, and what to do.</param>
/// <param name="Before">Whether it was in quarantine before this ingest.</param>
public sealed record QuarantinedItem(QuarantineSubject Kind, string Subject, Rejection Reason, bool Before);

/// <summary>What became of the rows of clinical tables.</summary>
/// <param name="New">Patients who had no record.</param>
/// <param name="Changed">Records that differ from the one stored before.</param>
/// <param name="Unchanged">Records that are the same as the one stored.</param>
/// <param name="Rejected">Rows, or whole tables, that can't be used.</param>
public readonly record struct ClinicalCounts(int New, int Changed, int Unchanged, int Rejected);
