using System.Data.Common;
using Dapper;
using HccPipeline.Persistence.Database;
using HccPipeline.Testing;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;
using Npgsql;
using Xunit;

namespace HccPipeline.Persistence.Tests.Database;

/// <summary>A registry that an earlier program filled keeps what it holds.</summary>
public sealed class BrickMigrationTests(PostgreSqlServer server)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Migrate_SqliteRegistryOfTheTimeBeforeBricksHadKinds_KeepsItsRuns()
    {
        string folder = Directory.CreateTempSubdirectory("hcc-test-").FullName;
        try
        {
            string connection = $"Data Source={Path.Combine(folder, "old.db")}";
            await using (DbDataSource source = SqliteFactory.Instance.CreateDataSource(connection))
                await CheckAsync(source, new DatabaseOptions { Provider = DatabaseProvider.Sqlite, ConnectionString = connection });
            SqliteConnection.ClearAllPools();
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task Migrate_PostgreSqlRegistryOfTheTimeBeforeBricksHadKinds_KeepsItsRuns()
    {
        string connection = await server.CreateDatabaseAsync();
        await using NpgsqlDataSource source = NpgsqlDataSource.Create(connection);
        await CheckAsync(source, new DatabaseOptions { Provider = DatabaseProvider.PostgreSql, ConnectionString = connection });
    }

    private static async Task CheckAsync(DbDataSource source, DatabaseOptions options)
    {
        DatabaseMigrator migrator = new(Options.Create(options), source);
        await using (DbConnection old = await source.OpenConnectionAsync(Ct))
        {
            foreach (string script in new[] { "0001_registry", "0002_runs", "0003_models" })
                await old.ExecuteAsync(Script(script));
            await old.ExecuteAsync("""
                INSERT INTO patient VALUES ('P', 'C01', 1);
                INSERT INTO study (study_uid, pseudonym, center_code, state, updated_ms) VALUES ('1.1', 'P', 'C01', 'ready', 1);
                INSERT INTO profile VALUES ('profile', '{}', 1);
                INSERT INTO extraction_run VALUES ('run', '1.1', 'content', 'profile', 3, 1, 10, 20, 30);
                INSERT INTO brick VALUES ('run', 0, 'work 0', 'done', NULL, 'node/1', 11, 12);
                INSERT INTO brick VALUES ('run', 1, 'work 1', 'rejected', 'no muscle', 'node/2', 11, 13);
                INSERT INTO brick VALUES ('run', 2, 'work 2', 'pending', NULL, NULL, 11, NULL);
                INSERT INTO feature_value VALUES ('run', 'a', 0.1, 0);
                INSERT INTO cohort_snapshot VALUES ('snapshot', 'profile', 1, 1, 1, 1);
                INSERT INTO model_version VALUES (1, 'snapshot', 1, 'v', 'sha', 'why', 5, 6);
                """);
            await JournalAsync(old, options.Provider);
        }

        await migrator.MigrateAsync(Ct);
        await migrator.MigrateAsync(Ct);   // again changes nothing

        await using DbConnection db = await source.OpenConnectionAsync(Ct);
        Assert.Equal(
            ("run", "study", "1.1", "content", "profile", "0 3 1 10 20 30"),
            await db.QuerySingleAsync<(string, string, string, string, string, string)>("""
                SELECT run_id, kind, study_uid, study_content_sha256, profile_sha256,
                       priority || ' ' || expected_bricks || ' ' || superseded || ' ' || planned_ms || ' ' || completed_ms || ' ' || announced_ms
                FROM extraction_run
                """));
        Assert.Equal(
            ["0 region work 0 done - node/1 11 12", "1 region work 1 rejected no muscle node/2 11 13", "2 region work 2 pending - - 11 -"],
            await db.QueryAsync<string>("""
                SELECT brick_index || ' ' || kind || ' ' || work || ' ' || state || ' ' || COALESCE(detail, '-') || ' ' || COALESCE(worker, '-') || ' '
                       || requested_ms || ' ' || COALESCE(CAST(finished_ms AS TEXT), '-')
                FROM brick ORDER BY brick_index
                """));
        Assert.Equal(0.1, await db.ExecuteScalarAsync<double>("SELECT value FROM feature_value WHERE run_id = 'run' AND name = 'a' AND brick_index = 0"));
        Assert.Equal(1, await db.ExecuteScalarAsync<int>("SELECT COUNT(*) FROM model_version"));
        // What referred to the old tables refers to the new ones.
        await Assert.ThrowsAnyAsync<DbException>(() => ExecuteWithKeysAsync(db, options.Provider, "INSERT INTO brick (run_id, brick_index, kind, work, state) VALUES ('nobody', 0, 'region', 'w', 'waiting')"));
        await Assert.ThrowsAnyAsync<DbException>(() => ExecuteWithKeysAsync(db, options.Provider, "INSERT INTO feature_value VALUES ('nobody', 'a', 1, 0)"));
    }

    private static async Task ExecuteWithKeysAsync(DbConnection db, DatabaseProvider provider, string sql)
    {
        if (provider == DatabaseProvider.Sqlite)
            await db.ExecuteAsync("PRAGMA foreign_keys = ON");
        await db.ExecuteAsync(sql);
    }

    private static string Script(string name)
    {
        using Stream stream = typeof(DatabaseMigrator).Assembly.GetManifestResourceStream(Resource(name)) ?? throw new InvalidOperationException($"No script {name}.");
        using StreamReader reader = new(stream);
        return reader.ReadToEnd();
    }

    private static string Resource(string name) =>
        typeof(DatabaseMigrator).Assembly.GetManifestResourceNames().Single(n => n.EndsWith($".{name}.sql", StringComparison.Ordinal));

    /// <summary>Writes down, as the migrator does, that the three scripts have run.</summary>
    private static async Task JournalAsync(DbConnection db, DatabaseProvider provider)
    {
        await db.ExecuteAsync(provider == DatabaseProvider.Sqlite
            ? "CREATE TABLE SchemaVersions (SchemaVersionID INTEGER CONSTRAINT 'PK_SchemaVersions_SchemaVersionID' PRIMARY KEY AUTOINCREMENT NOT NULL, ScriptName TEXT NOT NULL, Applied DATETIME NOT NULL)"
            : "CREATE TABLE schemaversions (schemaversionsid serial PRIMARY KEY, scriptname character varying(255) NOT NULL, applied timestamp without time zone NOT NULL)");
        foreach (string script in new[] { "0001_registry", "0002_runs", "0003_models" })
            await db.ExecuteAsync("INSERT INTO SchemaVersions (ScriptName, Applied) VALUES (@Name, CURRENT_TIMESTAMP)", new { Name = Resource(script) });
    }
}
