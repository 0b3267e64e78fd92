using System.Diagnostics;
using System.Text.RegularExpressions;
using Xunit;

namespace HccPipeline.Testing;

/// <summary>
/// An S3 store of this test run alone (s3rver): its own folder and port, on the loopback interface, stopped at the end. A test that needs it fails when it
/// can't start.
/// </summary>
public sealed partial class PrivateS3 : IAsyncLifetime
{
    /// <summary>Its bucket.</summary>
    public const string Bucket = "hcc-test";

    /// <summary>Access key and secret key alike: the ones that s3rver knows.</summary>
    public const string Key = "S3RVER";

    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(90);
    private readonly string _folder = Directory.CreateTempSubdirectory("hcc-s3-").FullName;
    private readonly ProcessOutput _output = new();
    private Process? _server;

    /// <summary>Its address.</summary>
    public string ServiceUrl { get; private set; } = "";

    /// <summary>Settings of section <c>Blobs</c> that lead to a folder of this store.</summary>
    public Dictionary<string, string?> Settings(string prefix) => new(StringComparer.Ordinal)
    {
        ["Blobs:Provider"] = "S3",
        ["Blobs:ServiceUrl"] = ServiceUrl,
        ["Blobs:Bucket"] = Bucket,
        ["Blobs:Prefix"] = prefix,
        ["Blobs:AccessKey"] = Key,
        ["Blobs:SecretKey"] = Key,
    };

    /// <summary>Starts the store and returns when it accepts connections.</summary>
    public async ValueTask InitializeAsync()
    {
        string script = NodeTools.PathOf("s3rver", "bin", "s3rver.js");
        TaskCompletionSource<string> address = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Process server = new()
        {
            StartInfo = new("node", [script, "--directory", _folder, "--address", "127.0.0.1", "--port", "0", "--no-vhost-buckets", "--configure-bucket", Bucket])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                UseShellExecute = false,
                WorkingDirectory = _folder,
            },
            EnableRaisingEvents = true,
        };
        server.OutputDataReceived += (_, line) =>
        {
            if (Listening().Match(line.Data ?? "") is { Success: true } match)
                address.TrySetResult(match.Groups["address"].Value);
        };
        server.Exited += (_, _) => address.TrySetException(new InvalidOperationException($"The private S3 store ended. Last lines:\n{_output.Tail()}"));
        server.Start();
        _server = server;
        try
        {
            _output.Follow(server);
            ServiceUrl = $"http://{await address.Task.WaitAsync(StartTimeout)}";
        }
        catch
        {
            await DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_server is { } server)
        {
            _server = null;
            if (!server.HasExited)
                server.Kill(entireProcessTree: true);
            await server.WaitForExitAsync().WaitAsync(StartTimeout).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            server.Dispose();
        }
        if (Directory.Exists(_folder))
            Directory.Delete(_folder, recursive: true);
    }

    [GeneratedRegex("listening on (?<address>127\\.0\\.0\\.1:[0-9]+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Listening();
}
