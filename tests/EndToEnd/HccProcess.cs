using System.Diagnostics;
using System.Text;
using Xunit;

namespace HccPipeline.EndToEnd;

/// <summary>The program as a user runs it: its own process, its own output.</summary>
internal sealed class HccProcess : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(4);
    private readonly Process _process;
    private readonly StringBuilder _output = new();

    private HccProcess(IReadOnlyDictionary<string, string>? environment, string[] arguments)
    {
        ProcessStartInfo start = new("dotnet", [Path.Combine(AppContext.BaseDirectory, "hcc.dll"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach ((string name, string value) in environment ?? new Dictionary<string, string>())
            start.Environment[name] = value;
        _process = Process.Start(start) ?? throw new InvalidOperationException("hcc did not start.");
        _process.OutputDataReceived += (_, e) => Keep(e.Data);
        _process.ErrorDataReceived += (_, e) => Keep(e.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public string Output
    {
        get
        {
            lock (_output)
                return _output.ToString();
        }
    }

    public bool HasExited => _process.HasExited;

    public int Id => _process.Id;

    /// <summary>Starts it and goes on.</summary>
    public static HccProcess Start(IReadOnlyDictionary<string, string>? environment, params string[] arguments) => new(environment, arguments);

    /// <summary>Runs it to its end.</summary>
    /// <returns>Exit code, and standard output with standard error.</returns>
    public static async Task<(int ExitCode, string Output)> RunAsync(IReadOnlyDictionary<string, string>? environment, params string[] arguments)
    {
        await using HccProcess process = new(environment, arguments);
        return (await process.WaitAsync(), process.Output);
    }

    public async Task<int> WaitAsync()
    {
        using CancellationTokenSource deadline = new(Limit);
        await _process.WaitForExitAsync(deadline.Token);
        return _process.ExitCode;
    }

    /// <summary>Waits until it has printed something.</summary>
    public async Task PrintedAsync(string text)
    {
        long deadline = Environment.TickCount64 + (long)Limit.TotalMilliseconds;
        while (!Output.Contains(text, StringComparison.Ordinal))
        {
            Assert.False(_process.HasExited, $"hcc ended before it printed '{text}':\n{Output}");
            Assert.True(Environment.TickCount64 < deadline, $"hcc did not print '{text}':\n{Output}");
            await Task.Delay(50);
        }
    }

    /// <summary>Asks it to end, as Ctrl-C does. SIGTERM: a test run in the background may have SIGINT ignored, and hands that on.</summary>
    public Task TerminateAsync() => SignalAsync("TERM");

    /// <summary>Stands still until <see cref="ResumeAsync"/>: nothing that it does is lost, and nothing happens in it.</summary>
    public Task SuspendAsync() => SignalAsync("STOP");

    /// <summary>Goes on after <see cref="SuspendAsync"/>.</summary>
    public Task ResumeAsync() => SignalAsync("CONT");

    /// <summary>Ends it as a power cut would: no handler runs.</summary>
    public async Task KillAsync()
    {
        if (!_process.HasExited)
            _process.Kill();
        await _process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _process.Dispose();
    }

    private async Task SignalAsync(string signal)
    {
        using Process kill = Process.Start("/bin/sh", ["-c", $"kill -{signal} {_process.Id}"]);
        await kill.WaitForExitAsync();
    }

    private void Keep(string? line)
    {
        if (line is null)
            return;
        lock (_output)
            _output.AppendLine(line);
    }
}
