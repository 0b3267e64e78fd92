using HccPipeline.Hosting.Bus;
using MassTransit;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace HccPipeline.Hosting.Tests.Bus;

/// <summary>A started process with nothing but the bus.</summary>
internal sealed class RunningBus : IAsyncDisposable
{
    private readonly IHost _host;

    private RunningBus(IHost host) => _host = host;

    public IBus Bus => _host.Services.GetRequiredService<IBus>();

    public static async Task<RunningBus> StartAsync(
        IEnumerable<KeyValuePair<string, string?>> settings, Action<IBusRegistrationConfigurator> addConsumers, CancellationToken ct, params object[] singletons)
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection(settings);
        foreach (object singleton in singletons)
            builder.Services.AddSingleton(singleton.GetType(), singleton);
        builder.Services.AddBus(builder.Configuration, addConsumers);
        IHost host = builder.Build();
        await host.StartAsync(ct);
        return new(host);
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
    }
}
