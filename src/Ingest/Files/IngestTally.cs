using HccPipeline.Ingest.Clinical;
using HccPipeline.Persistence.Registry;

namespace HccPipeline.Ingest.Files;

/// <summary>Counts of one ingest while it runs. One batch at a time writes to it.</summary>
internal sealed class IngestTally(string? centerCode, int filesTotal, IProgress<IngestProgress>? progress)
{
    private readonly HashSet<string> _storedNow = new(StringComparer.Ordinal);

    /// <summary>Centre of the quarantine; empty when none was given.</summary>
    public string QuarantineCenter { get; } = centerCode ?? "";

    /// <summary>Files that were in quarantine before.</summary>
    public IReadOnlySet<string> QuarantinedBefore { get; set; } = new HashSet<string>(StringComparer.Ordinal);

    public int FilesRead { get; private set; }

    public int Stored { get; private set; }

    public int Unchanged { get; private set; }

    public int Duplicates { get; private set; }

    public List<QuarantinedItem> Quarantined { get; } = [];

    /// <summary>Patients of whom something is new.</summary>
    public SortedSet<string> Patients { get; } = new(StringComparer.Ordinal);

    /// <summary>Counts a file whose bytes are known: a duplicate when they came in with this ingest, else unchanged.</summary>
    public void CountKnown(string sourceSha256)
    {
        if (_storedNow.Contains(sourceSha256))
            Duplicates++;
        else
            Unchanged++;
    }

    public void CountDuplicate() => Duplicates++;

    public void CountStored(ReceivedInstance instance)
    {
        Stored++;
        _storedNow.Add(instance.SourceSha256);
        Patients.Add(instance.Pseudonym);
    }

    public void BatchDone(int files)
    {
        FilesRead += files;
        progress?.Report(new(FilesRead, filesTotal));
    }
}

/// <summary>Tells the centre of a patient ID from what was given or from the clinical tables of this run.</summary>
internal sealed class CenterLookup
{
    private readonly string? _given;
    private readonly Dictionary<string, string?> _byPatient = new(StringComparer.Ordinal);

    public CenterLookup(string? given, IEnumerable<ClinicalImport> imports)
    {
        _given = given;
        // An ID that two centres use can't tell which is meant.
        foreach ((string patient, string center) in imports.SelectMany(i => i.Centers))
            _byPatient[patient] = _byPatient.TryGetValue(patient, out string? other) && other != center ? null : center;
    }

    public string? Of(string patientId) => _given ?? _byPatient.GetValueOrDefault(patientId);
}
