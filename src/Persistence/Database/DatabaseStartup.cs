using Microsoft.Extensions.Hosting;

namespace HccPipeline.Persistence.Database;

/// <summary>Brings the schema up to date before anything else of the process starts.</summary>
internal sealed class DatabaseStartup(DatabaseMigrator migrator) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => migrator.MigrateAsync(cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
