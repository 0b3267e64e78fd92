using System.Globalization;
using System.Net;
using System.Net.Sockets;
using HccPipeline.Testing;
using Npgsql;
using Xunit;

namespace HccPipeline.EndToEnd;

/// <summary>The same registry on one process and on a cluster of processes, broker and server database.</summary>
public sealed class ClusterDemoTests(PrivateRabbitMq rabbit, PostgreSqlServer postgres) : IClassFixture<PrivateRabbitMq>, IClassFixture<PostgreSqlServer>
{
    /// <summary>One thread without vector instructions, which stands for another machine, against all threads of several processes.</summary>
    [Fact]
    public async Task Demo_OnRabbitMqAndPostgreSqlWithTwoFeatureWorkers_GivesTheModelAndReportBytesOfOneThread()
    {
        CancellationToken ct = TestContext.Current.CancellationToken;
        using TemporaryFolder folder = new();
        string embedded = folder["embedded"], cluster = folder["cluster"];
        Dictionary<string, string> plain = new(StringComparer.Ordinal) { ["DOTNET_PROCESSOR_COUNT"] = "1", ["DOTNET_EnableHWIntrinsic"] = "0" };
        (int code, string output) = await HccProcess.RunAsync(plain, SmallDemo.Arguments(embedded));
        Assert.True(code == 0, output);

        string database = await postgres.CreateDatabaseAsync();
        Dictionary<string, string> environment = rabbit.Settings.ToDictionary(s => $"HCC__{s.Key.Replace(":", "__", StringComparison.Ordinal)}", s => s.Value!);
        environment["HCC__Database__Provider"] = "PostgreSql";
        environment["HCC__Database__ConnectionString"] = database;
        environment["HCC__Blobs__Root"] = Path.Combine(cluster, "blobs");
        environment["HCC__ModelWorker__MinimumPatients"] = SmallDemo.Patients.ToString(CultureInfo.InvariantCulture);
        environment["HCC__Guards__Override"] = "a synthetic registry shows the pipeline and decides about nobody";   // as the demo says: the report repeats it
        environment["HCC__ModelWorker__Seed"] = SmallDemo.Seed.ToString(CultureInfo.InvariantCulture);

        await using HccProcess first = Serve(folder["worker-1"], environment, "features");
        await using HccProcess second = Serve(folder["worker-2"], environment, "features");
        await using HccProcess others = Serve(folder["others"], environment, "models", "reporting");
        (code, output) = await HccProcess.RunAsync(environment, [.. SmallDemo.Arguments(cluster), "--no-workers"]);
        Assert.True(code == 0, $"{output}\n{first.Output}\n{second.Output}\n{others.Output}");

        await using NpgsqlDataSource source = NpgsqlDataSource.Create(database);
        Assert.Equal(await SmallDemo.ModelHashesAsync(embedded), await ColumnAsync("SELECT model_sha256 FROM model_version ORDER BY model_version"));
        Assert.Equal(await SmallDemo.ReportHashesAsync(embedded), await ColumnAsync("SELECT html_sha256 FROM report ORDER BY model_version"));
        Assert.Equal(2, (await ColumnAsync("SELECT DISTINCT worker FROM brick")).Count);   // both took part

        async Task<IReadOnlyList<string>> ColumnAsync(string sql)
        {
            await using NpgsqlCommand command = source.CreateCommand(sql);
            await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(ct);
            List<string> values = [];
            while (await reader.ReadAsync(ct))
                values.Add(reader.GetString(0));
            return values;
        }
    }

    private static HccProcess Serve(string data, IReadOnlyDictionary<string, string> environment, params string[] roles)
    {
        using TcpListener probe = new(IPAddress.Loopback, 0);
        probe.Start();
        string url = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{((IPEndPoint)probe.LocalEndpoint).Port}");
        probe.Stop();
        return HccProcess.Start(environment, ["serve", "--data", data, "--urls", url, .. roles.SelectMany(r => new[] { "--role", r })]);
    }
}
