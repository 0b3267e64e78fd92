using HccPipeline.Testing;
using Xunit;

namespace HccPipeline.EndToEnd.Maps;

/// <summary>A broker and a database server for the tests of maps, the case, and what one process makes of it: the truth that all others must meet.</summary>
public sealed class MapServers : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private readonly Dictionary<(string, int), IReadOnlyDictionary<string, string>> _truths = [];

    internal PrivateRabbitMq Rabbit { get; } = new();

    internal PostgreSqlServer Postgres { get; } = new();

    internal MapCase Case { get; private set; } = null!;

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        Case = new(_folder["case"]);
        await Rabbit.InitializeAsync();
        await Postgres.InitializeAsync();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Rabbit.DisposeAsync();
        await Postgres.DisposeAsync();
        _folder.Dispose();
    }

    /// <summary>Hashes of the maps that one process without a database and a bus makes, on two threads and with boxes as large as memory allows.</summary>
    internal async Task<IReadOnlyDictionary<string, string>> TruthAsync(MapWork work)
    {
        (string, int) asked = (work.Features, work.KernelRadius);   // the size of bricks must not matter
        if (_truths.TryGetValue(asked, out IReadOnlyDictionary<string, string>? known))
            return known;
        string maps = _folder[$"truth-{_truths.Count}"];
        (int code, string output) = await HccProcess.RunAsync(null, Case.Arguments(work, maps, "--threads", "2"));
        Assert.True(code == 0, output);
        return _truths[asked] = MapCase.Hashes(maps);
    }

    /// <summary>A folder for maps.</summary>
    internal string NewFolder(string name) => _folder[name];
}
