using System.Data.Common;
using Dapper;

namespace HccPipeline.Persistence.Workers;

/// <summary>Who is there to do the work.</summary>
public sealed class WorkerRepository(DbDataSource database, TimeProvider clock)
{
    /// <summary>A worker is taken for alive so long after it was last seen.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan Memory = TimeSpan.FromHours(1);

    private const string Upsert = """
        INSERT INTO worker (worker_id, roles, slots, version, started_ms, seen_ms)
        VALUES (@WorkerId, @Roles, @Slots, @Version, @StartedMs, @SeenMs)
        ON CONFLICT (worker_id) DO UPDATE SET
            roles = excluded.roles, slots = excluded.slots, version = excluded.version, started_ms = excluded.started_ms, seen_ms = excluded.seen_ms
        """;

    /// <summary>Says that a worker is there, and forgets those who have not been for long.</summary>
    public async Task SeeAsync(WorkerProcess worker, CancellationToken ct)
    {
        await using DbConnection db = await database.OpenConnectionAsync(ct);
        await db.ExecuteAsync(new CommandDefinition(Upsert, worker, cancellationToken: ct));
        await db.ExecuteAsync(new CommandDefinition("DELETE FROM worker WHERE seen_ms < @Since", new { Since = Ago(Memory) }, cancellationToken: ct));
    }

    /// <summary>Takes a worker off the list: it stopped as it should.</summary>
    public async Task RemoveAsync(string workerId, CancellationToken ct)
    {
        await using DbConnection db = await database.OpenConnectionAsync(ct);
        await db.ExecuteAsync(new CommandDefinition("DELETE FROM worker WHERE worker_id = @WorkerId", new { WorkerId = workerId }, cancellationToken: ct));
    }

    /// <summary>Workers that are alive, by name.</summary>
    public async Task<IReadOnlyList<WorkerProcess>> ListAliveAsync(CancellationToken ct)
    {
        await using DbConnection db = await database.OpenConnectionAsync(ct);
        return [.. await db.QueryAsync<WorkerProcess>(new CommandDefinition(
            "SELECT worker_id, roles, slots, version, started_ms, seen_ms FROM worker WHERE seen_ms > @Since ORDER BY worker_id",
            new { Since = Ago(Patience) }, cancellationToken: ct))];
    }

    private long Ago(TimeSpan time) => (clock.GetUtcNow() - time).ToUnixTimeMilliseconds();
}
