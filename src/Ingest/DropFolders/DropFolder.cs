using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using HccPipeline.Ingest.Identity;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace HccPipeline.Ingest.DropFolders;

/// <summary>
/// The drop folder: <c>DROP/CENTER/anything</c>. A delivery is one entry of a centre's folder, a file or a folder with all below it. It is
/// taken when two looks one after the other find it the same (names, lengths, times of change), ingested for that centre, and moved to
/// <c>DROP/CENTER/.done/INSTANT/</c>, beside <c>outcome.json</c> that says what became of it. Nothing is ever deleted.
/// </summary>
/// <remarks>A process that dies in between leaves the delivery where it is; the next look ingests it again, which changes nothing, and moves
/// it. Names that begin with a dot are left alone, so that senders may write under such a name and rename. One process watches a folder.</remarks>
internal sealed partial class DropFolder(IngestService ingest, TimeProvider clock, IOptions<IngestOptions> options, ILogger<DropFolder> logger)
{
    private const string Done = ".done";
    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true, Converters = { new JsonStringEnumConverter() } };
    private readonly Dictionary<string, string> _lastSeen = new(StringComparer.Ordinal);
    private readonly HashSet<string> _strangers = new(StringComparer.Ordinal);

    /// <summary>Looks once, and takes what is complete.</summary>
    /// <returns>Number of deliveries taken.</returns>
    public async Task<int> LookAsync(CancellationToken ct)
    {
        int taken = 0;
        Dictionary<string, string> seen = new(StringComparer.Ordinal);
        foreach (DirectoryInfo folder in new DirectoryInfo(options.Value.DropFolder).EnumerateDirectories().OrderBy(d => d.Name, StringComparer.Ordinal))
        {
            if (folder.Name.StartsWith('.'))
                continue;
            if (!CenterCode.TryParse(folder.Name, out string center))
            {
                if (_strangers.Add(folder.FullName))
                    LogStranger(logger, CenterCode.Rule);
                continue;
            }
            List<FileSystemInfo> complete = [];
            foreach (FileSystemInfo delivery in folder.EnumerateFileSystemInfos().Where(e => !e.Name.StartsWith('.')).OrderBy(e => e.Name, StringComparer.Ordinal))
            {
                string state = StateOf(delivery);
                seen[delivery.FullName] = state;
                if (state.Length > 0 && _lastSeen.GetValueOrDefault(delivery.FullName) == state)
                    complete.Add(delivery);
            }
            if (complete.Count > 0 && await TakeAsync(folder, center, complete, ct))
                taken += complete.Count;
        }
        _lastSeen.Clear();
        foreach ((string path, string state) in seen)
            _lastSeen[path] = state;
        return taken;
    }

    /// <summary>Everything about a delivery that changes while it is being written; empty for a folder without files.</summary>
    private static string StateOf(FileSystemInfo delivery)
    {
        IEnumerable<FileInfo> files = delivery is DirectoryInfo folder ? folder.EnumerateFiles("*", SearchOption.AllDirectories) : [(FileInfo)delivery];
        return string.Join('\n', files.OrderBy(f => f.FullName, StringComparer.Ordinal)
            .Select(f => string.Create(CultureInfo.InvariantCulture, $"{f.FullName}|{f.Length}|{f.LastWriteTimeUtc.Ticks}")));
    }

    private async Task<bool> TakeAsync(DirectoryInfo folder, string center, List<FileSystemInfo> deliveries, CancellationToken ct)
    {
        IngestSummary summary;
        try
        {
            summary = await ingest.IngestAsync([.. deliveries.Select(d => d.FullName)], center, progress: null, ct);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            LogFailed(logger, e, center);   // it stays, and the next look tries again
            return false;
        }
        string target = NewDoneFolder(folder);
        await File.WriteAllTextAsync(Path.Combine(target, "outcome.json"), JsonSerializer.Serialize(summary, Json), ct);
        foreach (FileSystemInfo delivery in deliveries)
            Directory.Move(delivery.FullName, Path.Combine(target, delivery.Name));   // moves files too
        LogTaken(logger, deliveries.Count, center, summary.Quarantined.Count);
        return true;
    }

    private string NewDoneFolder(DirectoryInfo folder)
    {
        string name = clock.GetUtcNow().ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        for (int i = 1; ; i++)
        {
            string path = Path.Combine(folder.FullName, Done, i == 1 ? name : $"{name}-{i}");
            if (!Path.Exists(path))
                return Directory.CreateDirectory(path).FullName;
        }
    }

    [LoggerMessage(1301, LogLevel.Information, "Took {Deliveries} deliveries of centre {Center}; {Quarantined} items in quarantine")]
    private static partial void LogTaken(ILogger logger, int deliveries, string center, int quarantined);

    [LoggerMessage(1302, LogLevel.Error, "A delivery of centre {Center} could not be ingested; it stays and will be tried again")]
    private static partial void LogFailed(ILogger logger, Exception exception, string center);

    [LoggerMessage(1303, LogLevel.Warning, "A folder of the drop folder is not named after a centre and is left alone: {Rule}")]
    private static partial void LogStranger(ILogger logger, string rule);
}
