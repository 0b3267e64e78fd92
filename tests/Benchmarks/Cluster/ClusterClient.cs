using HccPipeline.FeatureWorker;
using HccPipeline.Hosting.Bus;
using HccPipeline.Persistence;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace HccPipeline.Benchmarks.Cluster;

/// <summary>This process on a cluster's bus, database and object store, without any of the workers' consumers.</summary>
internal sealed class ClusterClient : IAsyncDisposable
{
    private readonly IHost _host;

    private ClusterClient(IHost host) => _host = host;

    /// <param name="settings">The cluster's <c>hcc.json</c>.</param>
    public static async Task<ClusterClient> OpenAsync(string settings)
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { ApplicationName = "benchmark" });
        builder.Configuration.AddJsonFile(settings);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddPersistence();
        builder.Services.AddFeatureWorker();
        builder.Services.AddBus(builder.Configuration, bus => bus.AddConsumer<Echo>().Endpoint(e => e.Name = Echo.Queue));
        IHost host = builder.Build();
        await host.StartAsync();
        return new(host);
    }

    public T Get<T>() where T : notnull => _host.Services.GetRequiredService<T>();

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        await ((IAsyncDisposable)_host).DisposeAsync();
    }
}
