using Microsoft.Extensions.Hosting;

namespace HccPipeline.FeatureWorker.Profiles;

/// <summary>Stores the profile in force before the first study is planned: runs refer to it.</summary>
internal sealed class ProfileStartup(ProfileCatalog profiles) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => profiles.StoreCurrentAsync(cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
