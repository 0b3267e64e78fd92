using System.Globalization;
using HccPipeline.EndToEnd.Cluster;
using HccPipeline.Testing;
using Npgsql;
using Xunit;

namespace HccPipeline.EndToEnd.Maps;

/// <summary>Feature workers on a broker and a database, with an object store of their own, and what a test does to them.</summary>
internal sealed class MapCluster : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);
    private static int s_started;
    private readonly TemporaryFolder _folder = new();
    private readonly string _database;
    private readonly List<HccProcess> _workers = [];
    private readonly List<HccProcess> _ended = [];

    private MapCluster(PrivateRabbitMq rabbit, string database)
    {
        _database = database;
        Environment = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["HCC__Bus__Transport"] = "RabbitMq",
            ["HCC__Bus__Host"] = PrivateRabbitMq.Host,
            ["HCC__Bus__Port"] = rabbit.Port.ToString(CultureInfo.InvariantCulture),
            ["HCC__Database__Provider"] = "PostgreSql",
            ["HCC__Database__ConnectionString"] = database,
            ["HCC__Blobs__Root"] = _folder["blobs"],
            ["HCC__FeatureWorker__Concurrency"] = "1",
            ["HCC__FeatureWorker__SweepInterval"] = "00:00:01",
            ["HCC__FeatureWorker__ResendAfter"] = "00:00:10",
        };
    }

    /// <summary>Settings that lead to this cluster.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; }

    /// <summary>Workers that run.</summary>
    public IReadOnlyList<HccProcess> Workers => _workers;

    /// <summary>Starts workers on a new database, where what is committed survives a crash of the server.</summary>
    public static async Task<MapCluster> StartAsync(PrivateRabbitMq rabbit, PostgreSqlServer postgres, int workers)
    {
        MapCluster cluster = new(rabbit, await postgres.CreateDatabaseAsync() + ";Options=-c synchronous_commit=on");
        for (int i = 0; i < workers; i++)
            cluster.StartWorker();
        return cluster;
    }

    /// <summary>Starts one more worker.</summary>
    public void StartWorker()
    {
        string url = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{LoopbackPort.Free()}");
        string data = _folder[$"worker-{Interlocked.Increment(ref s_started)}"];
        _workers.Add(HccProcess.Start(Environment, "serve", "--role", "features", "--urls", url, "--data", data));
    }

    /// <summary>Asks for maps as a user of the cluster does, and goes on.</summary>
    public HccProcess Request(MapCase one, MapWork work, string maps) =>
        HccProcess.Start(new Dictionary<string, string>(Environment.Concat(work.Environment)), one.Arguments(work, maps, "--cluster", "--data", _folder["client"]));

    /// <summary>Kills a worker in the middle of a brick, and starts another.</summary>
    /// <param name="random">Chooses the worker.</param>
    public async Task KillWorkerAsync(Random random)
    {
        long deadline = System.Environment.TickCount64 + (long)Limit.TotalMilliseconds;
        while (true)
        {
            Assert.True(System.Environment.TickCount64 < deadline, $"No worker was ever seen in the middle of a brick.\n{Output}");
            HccProcess worker = _workers[random.Next(_workers.Count)];
            await worker.SuspendAsync();
            if (await CountAsync($"SELECT COUNT(*) FROM brick WHERE state = 'pending' AND started_ms IS NOT NULL AND worker LIKE '%/{worker.Id}'") > 0)
            {
                await worker.KillAsync();
                _workers.Remove(worker);
                _ended.Add(worker);
                StartWorker();
                return;
            }
            await worker.ResumeAsync();
        }
    }

    /// <summary>Waits until so many of all bricks are done.</summary>
    public async Task UntilDoneAsync(double share, HccProcess client)
    {
        long deadline = System.Environment.TickCount64 + (long)Limit.TotalMilliseconds;
        while (true)
        {
            Assert.False(client.HasExited, $"The run ended before {share:P0} of its bricks were seen done:\n{client.Output}\n{Output}");
            Assert.True(System.Environment.TickCount64 < deadline, $"Less than {share:P0} of the bricks were ever done.\n{client.Output}\n{Output}");
            if (await CountAsync(Done(share)) > 0)
                return;
            await Task.Delay(20);
        }

        static string Done(double share) => string.Create(CultureInfo.InvariantCulture,
            $"SELECT COUNT(*) FROM (SELECT SUM(CASE WHEN state = 'done' THEN 1 ELSE 0 END) AS done, COUNT(*) AS bricks FROM brick) b WHERE bricks > 0 AND done >= {share} * bricks");
    }

    /// <summary>A number from the database; 0 while its tables are not there.</summary>
    public async Task<long> CountAsync(string sql)
    {
        try
        {
            await using NpgsqlConnection db = new(_database + ";Pooling=false");
            await db.OpenAsync();
            await using NpgsqlCommand command = new(sql, db);
            return Convert.ToInt64(await command.ExecuteScalarAsync(), CultureInfo.InvariantCulture);
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.UndefinedTable)
        {
            return 0;
        }
    }

    /// <summary>What the workers wrote.</summary>
    public string Output => string.Join('\n', _ended.Concat(_workers).Select(w => $"--- worker {w.Id}\n{w.Output[^Math.Min(6000, w.Output.Length)..]}"));

    public async ValueTask DisposeAsync()
    {
        foreach (HccProcess worker in _workers.Concat(_ended))
            await worker.DisposeAsync();
        _folder.Dispose();
    }
}
