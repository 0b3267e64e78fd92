using System.Diagnostics;
using HccPipeline.Ingest.Bus;
using HccPipeline.Ingest.Clinical;
using HccPipeline.Ingest.Files;
using HccPipeline.Ingest.Identity;
using HccPipeline.Ingest.Studies;
using Microsoft.Extensions.Logging;

namespace HccPipeline.Ingest;

/// <summary>
/// Takes files and folders into the registry: clinical tables first, then images, then each patient concerned is judged and what is ready
/// announced. Every step can be done again: killed at any moment and run again, it ends in the same rows.
/// </summary>
public sealed partial class IngestService
{
    private const long LargestTable = 64L << 20;
    private readonly ClinicalImporter _importer;
    private readonly FilePipeline _pipeline;
    private readonly PatientJudge _judge;
    private readonly Announcer _announcer;
    private readonly TimeProvider _clock;
    private readonly ILogger<IngestService> _logger;

    internal IngestService(
        ClinicalImporter importer, FilePipeline pipeline, PatientJudge judge, Announcer announcer, TimeProvider clock, ILogger<IngestService> logger)
    {
        _importer = importer;
        _pipeline = pipeline;
        _judge = judge;
        _announcer = announcer;
        _clock = clock;
        _logger = logger;
    }

    /// <summary>Ingests files and folders.</summary>
    /// <param name="paths">Files and folders of any shape; clinical tables are known by their header.</param>
    /// <param name="centerCode">Centre that all of it belongs to. Null: each row of the clinical tables says its own, and the images follow
    /// the patient ID in these tables.</param>
    /// <param name="progress">Told after each batch of files.</param>
    /// <param name="ct">Cancels; what was committed stays and is completed by the next ingest.</param>
    /// <exception cref="FileNotFoundException">A path is neither file nor folder.</exception>
    /// <exception cref="ArgumentException">The centre code can't be used.</exception>
    public async Task<IngestSummary> IngestAsync(
        IReadOnlyList<string> paths, string? centerCode, IProgress<IngestProgress>? progress, CancellationToken ct)
    {
        string? center = centerCode is null ? null : CenterCode.Parse(centerCode);
        using Activity? span = IngestTelemetry.Source.StartActivity("ingest");
        long started = _clock.GetTimestamp();
        (List<(FoundFile File, byte[] Content)> tables, List<FoundFile> files) = await SortOutTablesAsync(FileWalker.Find(paths), ct);

        List<ClinicalImport> imports = [];
        List<string> remarks = [];
        foreach ((FoundFile file, byte[] content) in tables)
        {
            ClinicalImport import = await _importer.ImportAsync(content, file.Name, center, ct);
            imports.Add(import);
            if (import.ColumnsNotThere.Count > 0)
                remarks.Add($"{file.Name} has no column {string.Join(", ", import.ColumnsNotThere)}; what follows from them is not known.");
        }

        IngestTally tally = new(center, files.Count, progress);
        CenterLookup centers = new(center, imports);
        await _pipeline.RunAsync(files, center, centers.Of, tally, ct);

        JudgedPatients judged = await _judge.JudgeAsync([.. tally.Patients, .. imports.SelectMany(i => i.Changed)], ct);
        await _announcer.AnnounceAllAsync(long.MaxValue, ct);
        IngestSummary summary = Summarise(tally, imports, judged, remarks);
        IngestTelemetry.Duration.Record(_clock.GetElapsedTime(started).TotalSeconds);
        LogDone(summary.FilesRead, summary.Stored, summary.Unchanged, summary.Duplicates, summary.Quarantined.Count, summary.Studies.Count);
        return summary;
    }

    private static async Task<(List<(FoundFile, byte[])> Tables, List<FoundFile> Files)> SortOutTablesAsync(IReadOnlyList<FoundFile> found, CancellationToken ct)
    {
        List<(FoundFile, byte[])> tables = [];
        List<FoundFile> files = [];
        foreach (FoundFile file in found)
        {
            bool candidate = Path.GetExtension(file.Path).ToUpperInvariant() is ".CSV" or ".TSV" or ".TXT" && file.Length <= LargestTable;
            byte[]? content = candidate ? await TryReadAsync(file.Path, ct) : null;
            if (content is not null && ClinicalTable.IsClinicalTable(content))
                tables.Add((file, content));
            else
                files.Add(file);
        }
        return (tables, files);
    }

    // What can't be read is met again among the files, and quarantined there.
    private static async Task<byte[]?> TryReadAsync(string path, CancellationToken ct)
    {
        try
        {
            return await File.ReadAllBytesAsync(path, ct);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static IngestSummary Summarise(IngestTally tally, List<ClinicalImport> imports, JudgedPatients judged, List<string> remarks) => new()
    {
        FilesRead = tally.FilesRead,
        Stored = tally.Stored,
        Unchanged = tally.Unchanged,
        Duplicates = tally.Duplicates,
        Quarantined =
        [
            .. tally.Quarantined,
            .. judged.RejectedSeries,
            .. imports.SelectMany(i => i.Rejected.Select(r => new QuarantinedItem(r.SubjectKind, r.Subject, r.Rejection, i.RejectedBefore.Contains(r.Subject)))),
        ],
        Studies = judged.Studies,
        Clinical = new(imports.Sum(i => i.New), imports.Sum(i => i.Revised), imports.Sum(i => i.Unchanged), imports.Sum(i => i.Rejected.Count)),
        Remarks = remarks,
    };

    [LoggerMessage(1001, LogLevel.Information,
        "Ingested {Files} files: {Stored} stored, {Unchanged} unchanged, {Duplicates} duplicates, {Quarantined} in quarantine; {Studies} studies judged")]
    private partial void LogDone(int files, int stored, int unchanged, int duplicates, int quarantined, int studies);
}
