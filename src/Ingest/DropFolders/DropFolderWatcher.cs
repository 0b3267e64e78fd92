using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace HccPipeline.Ingest.DropFolders;

/// <summary>Looks into the drop folder from time to time. Polling, because network shares do not tell of changes.</summary>
internal sealed partial class DropFolderWatcher(
    DropFolder folder, TimeProvider clock, IOptions<IngestOptions> options, ILogger<DropFolderWatcher> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (options.Value.DropFolder.Length == 0)
            return;
        Directory.CreateDirectory(options.Value.DropFolder);
        using PeriodicTimer timer = new(TimeSpan.FromSeconds(options.Value.DropFolderPollSeconds), clock);
        do
        {
            try
            {
                await folder.LookAsync(stoppingToken);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                LogUnreadable(logger, e);   // a share may be away for a while
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    [LoggerMessage(1311, LogLevel.Warning, "The drop folder can't be read and will be tried again")]
    private static partial void LogUnreadable(ILogger logger, Exception exception);
}
