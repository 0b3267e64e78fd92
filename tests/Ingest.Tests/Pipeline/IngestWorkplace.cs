using System.Data.Common;
using Dapper;
using HccPipeline.Persistence.Registry;
using HccPipeline.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace HccPipeline.Ingest.Tests.Pipeline;

/// <summary>A database, a blob store and the services of the room over them, for one test.</summary>
internal sealed class IngestWorkplace : IAsyncDisposable
{
    public const string Key = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";
    private static readonly string[] RegistryTables = ["patient", "clinical_record", "clinical_value", "study", "series", "instance", "segment", "source_file", "quarantine"];
    private readonly TestDatabase _database;
    private ServiceProvider _services;

    public IngestWorkplace(TestDatabase database, Action<IServiceCollection>? more = null)
    {
        _database = database;
        _services = Build(more);
    }

    public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));

    public IngestService Ingest => Get<IngestService>();

    /// <summary>A folder for input.</summary>
    public string Input => Path.Combine(_database.Folder, "input");

    public string BlobFolder => Path.Combine(_database.Folder, "blobs");

    public T Get<T>() where T : notnull => _services.GetRequiredService<T>();

    public IEnumerable<T> GetAll<T>() where T : notnull => _services.GetServices<T>();

    /// <summary>Ends the services as a killed process would and starts others over the same database.</summary>
    public async Task RestartAsync(Action<IServiceCollection>? more = null)
    {
        await _services.DisposeAsync();
        _services = Build(more);
    }

    public Task<IngestSummary> RunAsync(string? center = "C01", params string[] paths) =>
        Ingest.IngestAsync(paths.Length == 0 ? [Input] : [.. paths.Select(p => Path.Combine(Input, p))], center, null, CancellationToken.None);

    /// <summary>Every row of the registry as text, but for instants.</summary>
    public async Task<string[]> DumpAsync()
    {
        List<string> rows = [];
        await using DbConnection db = await Get<DbDataSource>().OpenConnectionAsync();
        foreach (string table in RegistryTables)
        {
            foreach (IDictionary<string, object?> row in (await db.QueryAsync($"SELECT * FROM {table}")).Cast<IDictionary<string, object?>>())
                rows.Add(table + " " + string.Join('|', row.Where(c => !c.Key.EndsWith("_ms", StringComparison.Ordinal) || c.Key == "acquired_ms").OrderBy(c => c.Key, StringComparer.Ordinal).Select(c => $"{c.Key}={c.Value}")));
        }
        return [.. rows.Order(StringComparer.Ordinal)];
    }

    public async Task<IReadOnlyList<QuarantineEntry>> QuarantineAsync() => await Get<QuarantineRepository>().ListAsync(CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await _database.DisposeAsync();
    }

    private ServiceProvider Build(Action<IServiceCollection>? more)
    {
        Dictionary<string, string?> settings = new(StringComparer.Ordinal)
        {
            ["Ingest:PseudonymKey"] = Key,
            ["Ingest:DropFolder"] = Path.Combine(_database.Folder, "drop"),
        };
        IServiceCollection services = _database.Services(Clock, settings).AddIngest();
        more?.Invoke(services);
        return services.BuildServiceProvider();
    }
}
