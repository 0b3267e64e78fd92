using System.Data.Common;
using DbUp;
using DbUp.Builder;
using DbUp.Engine;
using Microsoft.Extensions.Options;

namespace HccPipeline.Persistence.Database;

/// <summary>Brings a database to the schema of this program; running it again changes nothing.</summary>
public sealed class DatabaseMigrator(IOptions<DatabaseOptions> options, DbDataSource database)
{
    // Two processes that start together must not run the same script twice: PostgreSQL holds this advisory lock meanwhile,
    // SQLite a lock file beside the database.
    private const long AdvisoryLock = 0x4843_4350;

    /// <summary>Runs the scripts that have not run yet, in order, each in a transaction.</summary>
    /// <exception cref="InvalidOperationException">A script failed; the message names it.</exception>
    public async Task MigrateAsync(CancellationToken ct)
    {
        if (options.Value.Provider == DatabaseProvider.PostgreSql)
        {
            await using DbConnection connection = await database.OpenConnectionAsync(ct);
            await using DbCommand lockCommand = connection.CreateCommand();
            lockCommand.CommandText = $"SELECT pg_advisory_lock({AdvisoryLock})";
            await lockCommand.ExecuteNonQueryAsync(ct);
            Upgrade(DeployChanges.To.PostgresqlDatabase(options.Value.ReadConnectionString()), "sqlite");   // closing the session frees the lock
        }
        else
        {
            string path = new Microsoft.Data.Sqlite.SqliteConnectionStringBuilder(options.Value.ConnectionString).DataSource;
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
            await using FileStream guard = await AcquireAsync(path + ".migrating", ct);
            Upgrade(DeployChanges.To.SqliteDatabase(options.Value.ConnectionString), "postgresql");
        }
    }

    private static async Task<FileStream> AcquireAsync(string path, CancellationToken ct)
    {
        while (true)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose);
            }
            catch (IOException)   // another process is migrating; it takes well under a second
            {
                await Task.Delay(TimeSpan.FromMilliseconds(50), ct);
            }
        }
    }

    // One SQL serves both engines but for triggers, whose bodies have no common language: those scripts end with the name of their engine.
    private static void Upgrade(UpgradeEngineBuilder builder, string otherEngine)
    {
        DatabaseUpgradeResult result = builder
            .WithScriptsEmbeddedInAssembly(
                typeof(DatabaseMigrator).Assembly,
                script => script.EndsWith(".sql", StringComparison.Ordinal) && !script.EndsWith($".{otherEngine}.sql", StringComparison.Ordinal))
            .WithTransactionPerScript()
            .LogToNowhere()
            .Build()
            .PerformUpgrade();
        if (!result.Successful)
            throw new InvalidOperationException($"The database schema could not be brought up to date at script {result.ErrorScript?.Name}.", result.Error);
    }
}
