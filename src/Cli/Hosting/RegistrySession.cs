using HccPipeline.Hosting.Bus;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace HccPipeline.Cli.Hosting;

/// <summary>A started process for the length of one command: schema up to date, bus running with the roles that the command needs.</summary>
internal sealed class RegistrySession : IAsyncDisposable
{
    private readonly IHost _host;
    private readonly CancellationToken _stopped;
    private readonly CancellationTokenRegistration _promptly;

    private RegistrySession(IHost host, Roles roles, CancellationToken stopped)
    {
        (_host, Roles, _stopped) = (host, roles, stopped);
        _promptly = stopped.Register(host.Services.GetRequiredService<PromptStop>().Begin);
    }

    /// <summary>Workers that this process plays.</summary>
    public Roles Roles { get; }

    public IServiceProvider Services => _host.Services;

    /// <summary>Builds and starts it.</summary>
    /// <param name="data">The registry.</param>
    /// <param name="roles">Workers to play.</param>
    /// <param name="ct">Cancels the start, and later makes the workers hand back what they have in hand.</param>
    /// <param name="overrides">Settings above all others.</param>
    /// <param name="onBroker">Workers to play instead where the bus is a broker: others listen there.</param>
    public static async Task<RegistrySession> OpenAsync(
        DataDirectory data, Roles roles, CancellationToken ct, IReadOnlyDictionary<string, string?>? overrides = null, Roles? onBroker = null)
    {
        (IHost host, Roles played) = HccHost.Build(data, roles, overrides, onBroker);
        try
        {
            await host.StartAsync(ct);
        }
        catch
        {
            host.Dispose();
            throw;
        }
        return new RegistrySession(host, played, ct);
    }

    public T Get<T>() where T : notnull => Services.GetRequiredService<T>();

    public async ValueTask DisposeAsync()
    {
        await _promptly.DisposeAsync();
        using CancellationTokenSource limit = new();
        if (_stopped.IsCancellationRequested)
        {
            Get<PromptStop>().Begin();   // the command may have been told first, and come here before the workers were
            limit.CancelAfter(StopLimits.Workers);
        }
        try
        {
            await _host.StopAsync(limit.Token);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            return;   // what still runs does not look at its cancellation: it ends with the process
        }
        if (_host is IAsyncDisposable asynchronous)
            await asynchronous.DisposeAsync();
        else
            _host.Dispose();
    }
}
