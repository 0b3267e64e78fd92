using System.Security.Cryptography;
using System.Text.Json;
using HccPipeline.Testing;
using Xunit;

namespace HccPipeline.EndToEnd;

/// <summary><c>kill -9</c> in the middle of trainings, promotions and reports: one of each, nothing half-written; and two trainers at once.</summary>
public sealed class KilledTrainingTests(PostgreSqlServer postgres) : IClassFixture<PostgreSqlServer>
{
    private const int Kills = 6;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task TrainPromoteAndReport_KilledAtManyMoments_GiveOneOfEach()
    {
        using TemporaryFolder folder = new();
        string data = folder["demo/data"];
        (int code, string output) = await HccProcess.RunAsync(null, SmallDemo.Arguments(folder["demo"]));
        Assert.True(code == 0, output);

        string[] train = ["train", "--seed", "7", "--override", "small on purpose", "--by", "Ada", "--data", data];
        // Another seed is another training of the same length.
        double length = await TimeAsync("train", "--seed", "6", "--override", "small on purpose", "--data", data);
        await KillAsync(train, length);
        // Two at once where the killed ones stopped: one stores the version, the other finds it.
        (int ExitCode, string Output)[] both = await Task.WhenAll(HccProcess.RunAsync(null, train), HccProcess.RunAsync(null, train)).WaitAsync(Ct);
        Assert.All(both, run => Assert.True(run.ExitCode == 0, run.Output));

        Assert.Equal([1, 2, 3], (await ListAsync(data, "models", "list")).Select(v => v.GetProperty("modelVersion").GetInt32()));
        JsonElement[] trainings = [.. (await ListAsync(data, "models", "runs")).Where(r => r.GetProperty("seed").GetInt64() == 7)];
        Assert.Single(trainings, r => r.GetProperty("outcome").GetString() == "trained");
        Assert.All(trainings, r => Assert.Contains(r.GetProperty("outcome").GetString(), (string[])["trained", "unchanged", "abandoned"]));

        string[] promote = ["models", "promote", "3", "--override", "--reason", "test", "--by", "Ada", "--data", data];
        await KillAsync(promote, length);
        await HccProcess.RunAsync(null, promote);   // a killed one may have been through: then version 3 is the champion already

        JsonElement[] history = [.. await ListAsync(data, "audit", "list")];
        Assert.Equal(2, history.Count(a => a.GetProperty("action").GetString() == "promote"));
        Assert.Single(history, a => a.GetProperty("action").GetString() == "promote" && a.GetProperty("subject").GetString() == "model 3");
        Assert.Equal(3, history.Count(a => a.GetProperty("action").GetString() == "override-guards"));
        (code, output) = await HccProcess.RunAsync(null, "audit", "verify", "--data", data);
        Assert.True(code == 0, output);

        IReadOnlyList<string> reports = await SmallDemo.ReportHashesAsync(folder["demo"]);
        await KillAsync(["report", "--model", "1", "--rebuild", "--data", data], length);
        (code, output) = await HccProcess.RunAsync(null, "report", "--model", "1", "--rebuild", "--out", folder["out"], "--data", data);
        Assert.True(code == 0, output);
        Assert.Equal(reports, await SmallDemo.ReportHashesAsync(folder["demo"]));
        Assert.Equal(reports[0], Convert.ToHexStringLower(SHA256.HashData(await File.ReadAllBytesAsync(Path.Combine(folder["out"], "report-v1.html"), Ct))));
    }

    [Fact]
    public async Task Train_TwoProcessesOnPostgreSql_StoreOneVersion()
    {
        using TemporaryFolder folder = new();
        Dictionary<string, string> environment = new(StringComparer.Ordinal)
        {
            ["HCC__Database__Provider"] = "PostgreSql", ["HCC__Database__ConnectionString"] = await postgres.CreateDatabaseAsync(),
        };
        (int code, string output) = await HccProcess.RunAsync(environment, SmallDemo.Arguments(folder["demo"]));
        Assert.True(code == 0, output);
        string data = folder["demo/data"];

        string[] train = ["train", "--seed", "7", "--override", "small on purpose", "--data", data];
        (int ExitCode, string Output)[] both = await Task.WhenAll(HccProcess.RunAsync(environment, train), HccProcess.RunAsync(environment, train)).WaitAsync(Ct);

        Assert.All(both, run => Assert.True(run.ExitCode == 0, run.Output));
        Assert.Equal([1, 2], (await ListAsync(environment, data, "models", "list")).Select(v => v.GetProperty("modelVersion").GetInt32()));
        Assert.Equal(["trained", "unchanged"], (await ListAsync(environment, data, "models", "runs"))
            .Where(r => r.GetProperty("seed").GetInt64() == 7).Select(r => r.GetProperty("outcome").GetString()!).Order(StringComparer.Ordinal));
        (code, output) = await HccProcess.RunAsync(environment, "audit", "verify", "--data", data);
        Assert.True(code == 0, output);
    }

    /// <summary>Moments spread over the whole length, the same in every test run.</summary>
    private static async Task KillAsync(string[] arguments, double length)
    {
        for (int kill = 0; kill < Kills; kill++)
        {
            await using HccProcess process = HccProcess.Start(null, arguments);
            await Task.Delay(TimeSpan.FromMilliseconds(length * (kill + 1) / (Kills + 1)), Ct);
            await process.KillAsync();
        }
    }

    private static async Task<double> TimeAsync(params string[] arguments)
    {
        long started = Environment.TickCount64;
        (int code, string output) = await HccProcess.RunAsync(null, arguments);
        Assert.True(code == 0, output);
        return Environment.TickCount64 - started;
    }

    private static Task<IReadOnlyList<JsonElement>> ListAsync(string data, params string[] command) => ListAsync(null, data, command);

    private static async Task<IReadOnlyList<JsonElement>> ListAsync(IReadOnlyDictionary<string, string>? environment, string data, params string[] command)
    {
        (int code, string output) = await HccProcess.RunAsync(environment, [.. command, "--json", "--data", data]);
        Assert.True(code == 0, output);
        using JsonDocument json = JsonDocument.Parse(output);
        return [.. json.RootElement.EnumerateArray().Select(e => e.Clone())];
    }
}
