using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace HccPipeline.Cli.Hosting;

/// <summary>A started process for the length of one command: schema up to date, bus running with the roles that the command needs.</summary>
internal sealed class RegistrySession : IAsyncDisposable
{
    private readonly IHost _host;

    private RegistrySession(IHost host) => _host = host;

    public IServiceProvider Services => _host.Services;

    public static async Task<RegistrySession> OpenAsync(
        DataDirectory data, Roles roles, CancellationToken ct, IReadOnlyDictionary<string, string?>? overrides = null)
    {
        IHost host = HccHost.Build(data, roles, overrides);
        try
        {
            await host.StartAsync(ct);
        }
        catch
        {
            host.Dispose();
            throw;
        }
        return new RegistrySession(host);
    }

    public T Get<T>() where T : notnull => Services.GetRequiredService<T>();

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        if (_host is IAsyncDisposable asynchronous)
            await asynchronous.DisposeAsync();
        else
            _host.Dispose();
    }
}
