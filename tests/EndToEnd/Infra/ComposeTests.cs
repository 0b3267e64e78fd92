using HccPipeline.EndToEnd.Cluster;
using HccPipeline.Testing;
using Npgsql;
using Xunit;
using YamlDotNet.RepresentationModel;

namespace HccPipeline.EndToEnd.Infra;

/// <summary>docker-compose.yml without Docker: what it says is started as plain processes, with the same commands and settings.</summary>
public sealed class ComposeTests(PrivateRabbitMq rabbit, PostgreSqlServer postgres, PrivateS3 objects)
    : IClassFixture<PrivateRabbitMq>, IClassFixture<PostgreSqlServer>, IClassFixture<PrivateS3>
{
    private static readonly string[] Roles = ["features", "ingest", "models", "reporting"];

    // The image of the roles asks for itself; bucket ends; the images of the others hold nothing that could ask.
    private static readonly string[] UncheckedServices = [.. Roles, "bucket", "collector", "jaeger", "orthanc"];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Workers_StartedAsTheFileSays_BecomeReady()
    {
        using TemporaryFolder folder = new();
        IReadOnlyDictionary<string, string> substitutes = await StandInsAsync(folder);
        List<(string Role, string Url, HccProcess Process)> running = [];
        try
        {
            foreach ((string role, YamlNode service) in ComposeFile.Workers(ComposeFile.Load()))
            {
                string url = $"http://127.0.0.1:{LoopbackPort.Free()}";
                Dictionary<string, string> environment = service.Map("environment").ToDictionary(v => v.Key, v => Substitute(v.Value), StringComparer.Ordinal);
                environment["HCC__Bus__Port"] = $"{rabbit.Port}";   // left at its default there
                environment["HCC__Blobs__Bucket"] = PrivateS3.Bucket;
                string[] command = [.. service.List("command").Select(c => c.ToString().Replace("http://0.0.0.0:5080", url, StringComparison.Ordinal))];
                environment["HCC_DATA"] = folder["var"];   // set by the image
                running.Add((role, url, HccProcess.Start(environment, command)));
            }
            Assert.Equal(Roles, running.Select(r => r.Role).Order(StringComparer.Ordinal));
            using HttpClient http = new();
            foreach ((string role, string url, HccProcess process) in running)
            {
                await MonitoredCluster.EventuallyAsync(async () => await IsReadyAsync(http, url), ready => ready || process.HasExited, _ => $"{role} is not ready:\n{process.Output}");
                Assert.False(process.HasExited, $"{role} ended:\n{process.Output}");
                Assert.Contains("{\"Timestamp\"", process.Output, StringComparison.Ordinal);   // Logging:Format
                Assert.Contains("hcc-" + role, await http.GetStringAsync($"{url}/metrics", Ct), StringComparison.Ordinal);
            }
        }
        finally
        {
            foreach ((_, _, HccProcess process) in running)
                await process.DisposeAsync();
        }

        string Substitute(string value) => substitutes.Aggregate(value, (text, s) => text.Replace(s.Key, s.Value, StringComparison.Ordinal));
    }

    [Fact]
    public void Services_EveryOne_IsBoundedKeepsItsDataAndReadsItsSecretsFromFiles()
    {
        YamlNode compose = ComposeFile.Load();
        HashSet<string> volumes = [.. compose.Map("volumes").Keys];
        using TemporaryFolder folder = new();
        ComposeFile.MakeSecrets(folder.Path);
        Assert.All(((YamlMappingNode)compose.At("secrets")!).Children, s => Assert.True(File.Exists(Path.Combine(folder.Path, Path.GetFileName(s.Value.Text("file")))), s.Key.ToString()));
        foreach ((YamlNode key, YamlNode service) in ((YamlMappingNode)compose.At("services")!).Children)
        {
            string name = key.ToString();
            Assert.DoesNotContain(":latest", service.Text("image").Replace("hccpipeline:latest", "", StringComparison.Ordinal), StringComparison.Ordinal);
            Assert.True(service.At("deploy", "resources", "limits", "memory") is not null, $"{name} has no memory limit");
            Assert.True(service.At("healthcheck", "test") is not null || UncheckedServices.Contains(name), $"{name} has no health check");
            foreach (string mount in service.List("volumes").Select(v => v.ToString()))
            {
                string source = mount.Split(':')[0];
                Assert.True(volumes.Contains(source) || Path.Exists(source) || mount.Contains("/srv/drop", StringComparison.Ordinal), $"{name} mounts {source}, which is not there");
            }
            Assert.DoesNotContain(service.Map("environment"), v => v.Key.EndsWith("Password", StringComparison.OrdinalIgnoreCase) || v.Key.EndsWith("SecretKey", StringComparison.Ordinal));
        }
        Assert.All(ComposeFile.Workers(compose).Values, w =>
        {
            Assert.Equal("true", w.Text("read_only"));
            Assert.Equal("ALL", w.Text("cap_drop", "0"));
            Assert.Equal("no-new-privileges:true", w.Text("security_opt", "0"));
        });
        Assert.Contains("HEALTHCHECK", File.ReadAllText(Path.Combine(ConformanceData.Repository!, "infra", "Dockerfile")), StringComparison.Ordinal);
        Assert.Equal("3", ComposeFile.Workers(compose)["features"].Text("deploy", "replicas"));
    }

    [Fact]
    public void MakeSecrets_RunAgain_SucceedsAndKeepsWhatIsThere()
    {
        using TemporaryFolder folder = new();
        ComposeFile.MakeSecrets(folder.Path);
        Dictionary<string, string> made = Directory.EnumerateFiles(folder.Path).ToDictionary(f => f, File.ReadAllText);
        File.Delete(folder["grafana_password"]);

        ComposeFile.MakeSecrets(folder.Path);

        Assert.Equal(made.Keys.Order(StringComparer.Ordinal), Directory.EnumerateFiles(folder.Path).Order(StringComparer.Ordinal));
        Assert.Equal([folder["grafana_password"]], made.Where(f => File.ReadAllText(f.Key) != f.Value).Select(f => f.Key));
    }

    [Fact]
    public void PseudonymKey_OfAllWorkers_IsGivenToIngestAlone() => Assert.Equal(
        ["ingest"], ComposeFile.Workers(ComposeFile.Load()).Where(w => w.Value.List("secrets").Any(s => s.Text("source") == "pseudonym_key")).Select(w => w.Key));

    [Fact]
    public void PostgreSqlConfiguration_ThatIsMounted_IsAcceptedByTheServer()
    {
        using TemporaryFolder folder = TemporaryFolder.ForServers();
        File.Copy(Path.Combine(ConformanceData.Repository!, "infra", "postgres", "postgresql.conf"), folder["postgresql.conf"]);
        Assert.Equal((0, "400"), Ask());
        File.AppendAllText(folder["postgresql.conf"], "max_conections = 7\n");
        Assert.NotEqual(0, Ask().Code);

        (int Code, string Value) Ask()
        {
            string server = Directory.GetDirectories("/usr/lib/postgresql").Select(d => Path.Combine(d, "bin", "postgres")).Last(File.Exists);
            string[] ask = [server, "-C", "max_connections", "-D", folder.Path, "-c", $"config_file={folder["postgresql.conf"]}"];
            (int code, string output) = Environment.IsPrivilegedProcess ? OtherTools.Run("runuser", ["-u", "postgres", "--", .. ask]) : OtherTools.Run(ask[0], ask[1..]);
            return (code, output.Split('\n')[0]);
        }
    }

    /// <summary>What the names of the file's network mean on this machine.</summary>
    private async Task<IReadOnlyDictionary<string, string>> StandInsAsync(TemporaryFolder folder)
    {
        ComposeFile.MakeSecrets(folder["secrets"]);
        File.Delete(Path.Combine(folder["secrets"], "object_access_key"));
        File.Delete(Path.Combine(folder["secrets"], "object_secret_key"));
        await File.WriteAllTextAsync(Path.Combine(folder["secrets"], "object_access_key"), PrivateS3.Key, Ct);
        await File.WriteAllTextAsync(Path.Combine(folder["secrets"], "object_secret_key"), PrivateS3.Key, Ct);
        string password = await File.ReadAllTextAsync(Path.Combine(folder["secrets"], "bus_password"), Ct);
        await rabbit.ControlAsync("add_user", "hcc", password);
        await rabbit.ControlAsync("set_permissions", "hcc", ".*", ".*", ".*");
        NpgsqlConnectionStringBuilder database = new(await postgres.CreateDatabaseAsync());
        await using (NpgsqlDataSource source = NpgsqlDataSource.Create(database.ConnectionString))
        await using (NpgsqlCommand command = source.CreateCommand($"CREATE ROLE hcc LOGIN; ALTER DATABASE {database.Database} OWNER TO hcc"))
            await command.ExecuteNonQueryAsync(Ct);
        Directory.CreateDirectory(folder["drop"]);
        return new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["Host=postgres;Database=hcc;"] = $"Host=127.0.0.1;Port={database.Port};Database={database.Database};",
            ["http://objects:8333"] = objects.ServiceUrl,
            ["http://collector:4317"] = $"http://127.0.0.1:{LoopbackPort.Free()}",   // no collector: workers live without
            ["rabbitmq"] = PrivateRabbitMq.Host,
            ["/run/secrets"] = folder["secrets"],
            ["/var/lib/hcc"] = folder["var"],
            ["/srv/drop"] = folder["drop"],
        };
    }

    private static async Task<bool> IsReadyAsync(HttpClient http, string url)
    {
        try
        {
            using HttpResponseMessage answer = await http.GetAsync($"{url}/health/ready", Ct);
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
