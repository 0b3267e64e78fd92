using Microsoft.Extensions.Hosting;

namespace HccPipeline.Persistence.Blobs;

/// <summary>Asks the store for an answer before work is taken: a wrong bucket or key stops the process with one sentence.</summary>
internal sealed class BlobStartup(IObjectStore objects) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => objects.CheckAsync(cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
