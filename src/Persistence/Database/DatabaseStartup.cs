using HccPipeline.Persistence.Audit;
using Microsoft.Extensions.Hosting;

namespace HccPipeline.Persistence.Database;

/// <summary>Brings the schema up to date before anything else of the process starts.</summary>
internal sealed class DatabaseStartup(DatabaseMigrator migrator, HistorySeal seal) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await migrator.MigrateAsync(cancellationToken);
        await seal.SealAsync(cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
