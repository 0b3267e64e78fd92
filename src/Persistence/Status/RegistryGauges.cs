using System.Data.Common;
using System.Diagnostics.Metrics;
using Dapper;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace HccPipeline.Persistence.Status;

/// <summary>
/// Gauges of what the registry holds and what is left to do. They come from SQL, not from what this process did: restarts and other
/// processes change nothing. A database that is away leaves a gap.
/// </summary>
internal sealed partial class RegistryGauges : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(10);
    private readonly DbDataSource _database;
    private readonly TimeProvider _clock;
    private readonly ILogger<RegistryGauges> _logger;
    private readonly Meter _meter = new("HccPipeline.Persistence");
    private volatile Counts? _counts;

    public RegistryGauges(DbDataSource database, TimeProvider clock, ILogger<RegistryGauges> logger)
    {
        (_database, _clock, _logger) = (database, clock, logger);
        _meter.CreateObservableGauge("hcc.registry.bricks", () => Tagged(_counts?.Bricks, "state"), "{brick}", "Bricks in the database by state");
        _meter.CreateObservableGauge("hcc.registry.runs.open", () => One(_counts?.OpenRuns), "{run}", "Runs that are planned and not complete");
        _meter.CreateObservableGauge("hcc.registry.studies", () => Tagged(_counts?.Studies, "state"), "{study}", "Studies in the database by state");
        _meter.CreateObservableGauge("hcc.registry.quarantine", () => Tagged(_counts?.Quarantine, "reason"), "{item}", "Files, series and records in quarantine by reason");
        _meter.CreateObservableGauge("hcc.registry.patients", () => One(_counts?.Patients), "{patient}", "Patients with a study or a clinical record");
    }

    public override void Dispose()
    {
        _meter.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using PeriodicTimer timer = new(Period, _clock);
        do
        {
            try
            {
                _counts = await ReadAsync(stoppingToken);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                _counts = null;
                LogFailed(_logger, e.GetBaseException().Message);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task<Counts> ReadAsync(CancellationToken ct)
    {
        await using DbConnection db = await _database.OpenConnectionAsync(ct);
        return new(
            await GroupAsync("SELECT state, COUNT(*) FROM brick GROUP BY state", "pending", "done"),
            await CountAsync("SELECT COUNT(*) FROM extraction_run WHERE completed_ms IS NULL"),
            await GroupAsync("SELECT state, COUNT(*) FROM study GROUP BY state", "ready"),
            await GroupAsync("SELECT reason_code, COUNT(*) FROM quarantine GROUP BY reason_code"),
            await CountAsync("SELECT COUNT(*) FROM patient"));

        async Task<long> CountAsync(string sql) => await db.ExecuteScalarAsync<long>(new CommandDefinition(sql, cancellationToken: ct));

        // A state that no row has counts zero: a panel shows a line at the bottom, not a hole.
        async Task<IReadOnlyList<(string Name, long Count)>> GroupAsync(string sql, params string[] always)
        {
            List<(string Name, long Count)> found = [.. await db.QueryAsync<(string, long)>(new CommandDefinition(sql, cancellationToken: ct))];
            return [.. found, .. always.Where(a => found.TrueForAll(f => f.Name != a)).Select(a => (a, 0L))];
        }
    }

    private static IEnumerable<Measurement<long>> Tagged(IReadOnlyList<(string Name, long Count)>? counts, string tag) =>
        counts is null ? [] : counts.Select(c => new Measurement<long>(c.Count, new KeyValuePair<string, object?>(tag, c.Name)));

    private static IEnumerable<Measurement<long>> One(long? count) => count is { } value ? [new(value)] : [];

    [LoggerMessage(2101, LogLevel.Warning, "The gauges of the registry could not be read: {Problem}")]
    private static partial void LogFailed(ILogger logger, string problem);

    private sealed record Counts(
        IReadOnlyList<(string Name, long Count)> Bricks, long OpenRuns, IReadOnlyList<(string Name, long Count)> Studies,
        IReadOnlyList<(string Name, long Count)> Quarantine, long Patients);
}
