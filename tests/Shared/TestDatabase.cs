using HccPipeline.Persistence;
using HccPipeline.Persistence.Database;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace HccPipeline.Testing;

/// <summary>A migrated database of one test, with an empty blob store, and the settings that lead to them.</summary>
public sealed class TestDatabase : IAsyncDisposable
{
    private const string Template = "hcc_template";
    private static readonly SemaphoreSlim TemplateOnce = new(1, 1);
    private static bool s_templateMade;
    private readonly string _folder;

    private TestDatabase(string folder, DatabaseProvider provider, string connectionString)
    {
        _folder = folder;
        Settings = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["Database:Provider"] = provider.ToString(),
            ["Database:ConnectionString"] = connectionString,
            ["Blobs:Root"] = Path.Combine(folder, "blobs"),
        };
    }

    /// <summary>Configuration of the sections <c>Database</c> and <c>Blobs</c>.</summary>
    public Dictionary<string, string?> Settings { get; }

    /// <summary>A folder of this test.</summary>
    public string Folder => _folder;

    /// <summary>A new SQLite file.</summary>
    public static async Task<TestDatabase> SqliteAsync(CancellationToken ct)
    {
        string folder = Directory.CreateTempSubdirectory("hcc-test-").FullName;
        TestDatabase database = new(folder, DatabaseProvider.Sqlite, $"Data Source={Path.Combine(folder, "hcc.db")}");
        await database.MigrateAsync(ct);
        return database;
    }

    /// <summary>A new database of a server; the schema is made once and copied.</summary>
    public static async Task<TestDatabase> PostgreSqlAsync(PostgreSqlServer server, CancellationToken ct)
    {
        await TemplateOnce.WaitAsync(ct);
        try
        {
            if (!s_templateMade)
            {
                await using TestDatabase template = new(
                    Directory.CreateTempSubdirectory("hcc-test-").FullName, DatabaseProvider.PostgreSql, await server.CreateDatabaseAsync(name: Template));
                await template.MigrateAsync(ct);
                s_templateMade = true;
            }
            return new(Directory.CreateTempSubdirectory("hcc-test-").FullName, DatabaseProvider.PostgreSql, await server.CreateDatabaseAsync(Template));
        }
        finally
        {
            TemplateOnce.Release();
        }
    }

    /// <summary>Services over this database; more settings and services may be added.</summary>
    public ServiceCollection Services(TimeProvider clock, IEnumerable<KeyValuePair<string, string?>>? more = null)
    {
        ServiceCollection services = new();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(Settings).AddInMemoryCollection(more ?? []).Build());
        services.AddSingleton(clock);
        services.AddLogging();
        services.AddPersistence();
        return services;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        SqliteConnection.ClearAllPools();   // the file can't be deleted on every system while a pooled connection has it open
        Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    private async Task MigrateAsync(CancellationToken ct)
    {
        await using ServiceProvider services = Services(TimeProvider.System).BuildServiceProvider();
        await services.GetRequiredService<DatabaseMigrator>().MigrateAsync(ct);
    }
}
