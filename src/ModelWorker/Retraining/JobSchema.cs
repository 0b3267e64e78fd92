using Hangfire.PostgreSql;
using HccPipeline.Persistence.Database;
using Microsoft.Extensions.Hosting;
using Npgsql;

namespace HccPipeline.ModelWorker.Retraining;

/// <summary>Brings Hangfire's tables in PostgreSQL to the schema of its package, before anything reads them.</summary>
internal sealed class JobSchema(DatabaseOptions database) : IHostedService
{
    // The package's own installation fails when two processes start together on an empty database.
    private const long AdvisoryLock = 0x4843_434A;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await using NpgsqlConnection connection = new(database.ReadConnectionString());
        await connection.OpenAsync(cancellationToken);
        await using NpgsqlCommand hold = new($"SELECT pg_advisory_lock({AdvisoryLock})", connection);
        await hold.ExecuteNonQueryAsync(cancellationToken);
        try
        {
            PostgreSqlObjectsInstaller.Install(connection);
        }
        finally
        {
            await using NpgsqlCommand release = new($"SELECT pg_advisory_unlock({AdvisoryLock})", connection);
            await release.ExecuteNonQueryAsync(CancellationToken.None);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
