using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Npgsql;
using Xunit;

namespace HccPipeline.Testing;

/// <summary>
/// A PostgreSQL server of this test run alone: data in a temporary folder, its own port on the loopback interface, stopped at the end.
/// A test that needs it fails when it can't start.
/// </summary>
public sealed class PostgreSqlServer : IAsyncLifetime
{
    private const string User = "postgres";
    private readonly SemaphoreSlim _once = new(1, 1);
    private string? _folder;
    private int _port;

    /// <summary>Nothing yet: the server starts with the first database that is asked for.</summary>
    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    /// <summary>Connection string of a new database.</summary>
    /// <param name="template">Database to copy; <c>template0</c> for an empty one.</param>
    /// <param name="name">Name; null for one of its own.</param>
    public async Task<string> CreateDatabaseAsync(string template = "template0", string? name = null)
    {
        await StartAsync();
        name ??= "t_" + Guid.NewGuid().ToString("N");
        await using NpgsqlDataSource server = NpgsqlDataSource.Create(ConnectionString("postgres"));
        await using NpgsqlCommand create = server.CreateCommand($"CREATE DATABASE {name} TEMPLATE {template}");
        await create.ExecuteNonQueryAsync();
        return ConnectionString(name);
    }

    /// <summary>Ends the server as a crash would and starts it again on the same folder and port. What was committed by a connection with
    /// <c>synchronous_commit=on</c> is there again; other connections may lose their last moments.</summary>
    public async Task RestartAsync()
    {
        await RunAsync("pg_ctl", "-D", Data, "-m", "immediate", "-w", "stop");
        await LaunchAsync();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_folder is not null)
        {
            await RunAsync("pg_ctl", "-D", Data, "-m", "immediate", "-w", "stop");
            Directory.Delete(_folder, recursive: true);
        }
        _once.Dispose();
    }

    private string Data => Path.Combine(_folder!, "data");

    // No pool: an idle connection would keep a template from being copied.
    private string ConnectionString(string database) =>
        $"Host=127.0.0.1;Port={_port};Database={database};Username={User};Pooling={(database.StartsWith("t_", StringComparison.Ordinal) ? "true;Maximum Pool Size=10" : "false")}";

    private async Task StartAsync()
    {
        await _once.WaitAsync();
        try
        {
            if (_folder is not null)
                return;
            string folder = Directory.CreateTempSubdirectory("hcc-postgres-").FullName;
            if (Environment.IsPrivilegedProcess)
                await ExecuteAsync("chown", User, folder);   // the server refuses to run as root
            _folder = folder;
            _port = FreePort();
            await RunAsync("initdb", "-D", Data, "-U", User, "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync");
            await LaunchAsync();
        }
        finally
        {
            _once.Release();
        }
    }

    private Task LaunchAsync()
    {
        string settings = string.Create(CultureInfo.InvariantCulture,
            $"-p {_port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={_folder} -c fsync=off -c synchronous_commit=off -c full_page_writes=off");
        return RunAsync("pg_ctl", "-D", Data, "-l", Path.Combine(_folder!, "log"), "-o", settings, "-w", "start");
    }

    private static Task RunAsync(string program, params string[] arguments)
    {
        string path = Path.Combine(ProgramFolder(), program);
        return Environment.IsPrivilegedProcess
            ? ExecuteAsync("runuser", ["-u", User, "--", path, .. arguments])
            : ExecuteAsync(path, arguments);
    }

    private static string ProgramFolder()
    {
        const string root = "/usr/lib/postgresql";
        string? newest = Directory.Exists(root)
            ? Directory.GetDirectories(root).Where(d => File.Exists(Path.Combine(d, "bin", "initdb"))).MaxBy(d => int.TryParse(Path.GetFileName(d), CultureInfo.InvariantCulture, out int v) ? v : 0)
            : null;
        return newest is null
            ? throw new InvalidOperationException("PostgreSQL is needed by this test and is not installed: apt-get install postgresql")
            : Path.Combine(newest, "bin");
    }

    private static async Task ExecuteAsync(string program, params string[] arguments)
    {
        ProcessStartInfo start = new(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false, WorkingDirectory = "/" };
        using Process process = Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start.");
        // The server inherits these pipes and keeps them open: the program's end counts, not the end of its output.
        List<string> output = [];
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
        process.EnableRaisingEvents = true;
        process.Exited += (_, _) => ended.TrySetResult();
        if (process.HasExited)
            ended.TrySetResult();
        await ended.Task.WaitAsync(TimeSpan.FromSeconds(60));
        if (process.ExitCode != 0)
        {
            lock (output)
                throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}: {string.Join('\n', output)}");
        }

        void Keep(string? line)
        {
            lock (output)
                output.Add(line ?? "");
        }
    }

    private static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
