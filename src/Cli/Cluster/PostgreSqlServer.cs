using System.Globalization;
using HccPipeline.Cli.Output;
using Npgsql;

namespace HccPipeline.Cli.Cluster;

/// <summary>A PostgreSQL server of Debian's package with data folder and port of its own; the system's server is not touched.</summary>
/// <param name="folder">Where it keeps its data.</param>
/// <param name="port">Its port on the loopback interface.</param>
internal sealed class PostgreSqlServer(ClusterFolder folder, int port)
{
    public const string User = "hcc";
    public const string Database = "hcc";
    private const string SystemUser = "postgres";   // the server refuses to run as root
    private const string Installed = "/usr/lib/postgresql";

    public static bool IsInstalled => ProgramFolder is not null;

    /// <summary>Without a password: that comes from a file.</summary>
    public string ConnectionString => $"Host=127.0.0.1;Port={port};Database={Database};Username={User};Maximum Pool Size=12";

    public ProcessPlan Server => new()
    {
        Name = "postgres",
        Command =
        [
            .. AsServerUser(Path.Combine(ProgramFolder!, "postgres")),
            "-D", Data, "-p", $"{port}", "-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories=", "-c", "max_connections=400",
        ],
        Environment = new Dictionary<string, string?>(StringComparer.Ordinal),
        LogFile = folder.LogOf("postgres"),
        StopSignal = PosixStopSignal.Interrupt,
    };

    /// <summary>Makes the data folder and its user at the first start.</summary>
    public async Task PrepareAsync(CancellationToken ct)
    {
        string password = Secrets.ReadOrCreate(folder.DatabasePasswordFile);
        Directory.CreateDirectory(folder.PostgreSql);
        if (Environment.IsPrivilegedProcess)
        {
            await ProgramRun.ExecuteAsync(["chown", SystemUser, folder.PostgreSql], "Giving the database its folder", ct);
            if (!await ProgramRun.SucceedsAsync([.. AsServerUser("test"), "-w", folder.PostgreSql], ct))
                throw new CliException($"Started by root, the database runs as user {SystemUser}, who can't enter {folder.PostgreSql}. Choose a --data folder that everybody may pass through, as /srv/hcc.");
        }
        if (File.Exists(Path.Combine(Data, "PG_VERSION")))
            return;
        string given = Path.Combine(folder.PostgreSql, "password");
        Secrets.Write(given, password);
        if (Environment.IsPrivilegedProcess)
            await ProgramRun.ExecuteAsync(["chown", SystemUser, given], "Giving the database its password", ct);
        try
        {
            await ProgramRun.ExecuteAsync(
                [.. AsServerUser(Path.Combine(ProgramFolder!, "initdb")), "-D", Data, "-U", User, "-A", "scram-sha-256", "--pwfile", given, "-E", "UTF8", "--locale=C", "--data-checksums"],
                "Making the database", ct);
        }
        finally
        {
            File.Delete(given);
        }
    }

    /// <summary>Makes the database of the registry where it is not there.</summary>
    public async Task CreateDatabaseAsync(CancellationToken ct)
    {
        NpgsqlConnectionStringBuilder administration = new(ConnectionString)
        {
            Database = "postgres", Pooling = false, Password = Secrets.ReadOrCreate(folder.DatabasePasswordFile),
        };
        await using NpgsqlConnection connection = new(administration.ConnectionString);
        await connection.OpenAsync(ct);
        await using NpgsqlCommand look = new("SELECT 1 FROM pg_database WHERE datname = @name", connection) { Parameters = { new("name", Database) } };
        if (await look.ExecuteScalarAsync(ct) is not null)
            return;
        await using NpgsqlCommand create = new($"CREATE DATABASE {Database}", connection);
        await create.ExecuteNonQueryAsync(ct);
    }

    private string Data => Path.Combine(folder.PostgreSql, "data");

    private static string? ProgramFolder => !Directory.Exists(Installed) ? null : Directory.EnumerateDirectories(Installed)
        .Where(d => File.Exists(Path.Combine(d, "bin", "initdb")))
        .MaxBy(d => int.TryParse(Path.GetFileName(d), CultureInfo.InvariantCulture, out int version) ? version : 0) is { } newest
            ? Path.Combine(newest, "bin")
            : null;

    private static string[] AsServerUser(string program) => Environment.IsPrivilegedProcess
        ? ["setpriv", "--reuid", SystemUser, "--regid", SystemUser, "--init-groups", program]
        : [program];
}
