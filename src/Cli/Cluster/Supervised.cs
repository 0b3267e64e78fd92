using System.Diagnostics;
using HccPipeline.Cli.Output;

namespace HccPipeline.Cli.Cluster;

/// <summary>A process of a running cluster: started again when it dies, until it is stopped.</summary>
internal sealed class Supervised(ProcessPlan plan) : IDisposable
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1), LongestPause = TimeSpan.FromSeconds(30), LongLife = TimeSpan.FromMinutes(1);
    private Process? _process;

    public ProcessPlan Plan => plan;

    public ProcessIdentity? Identity { get; private set; }

    public void Start()
    {
        _process?.Dispose();
        _process = plan.Start();
        Identity = ProcessIdentity.Of(_process.Id);
    }

    /// <summary>Waits until a check succeeds.</summary>
    /// <exception cref="CliException">The process ended, or the time is over.</exception>
    public async Task ReadyAsync(Func<CancellationToken, Task<bool>> check, TimeSpan limit, ClusterFolder folder, CancellationToken ct)
    {
        using PeriodicTimer look = new(TimeSpan.FromMilliseconds(100));
        long started = Stopwatch.GetTimestamp();
        while (!await check(ct))
        {
            if (_process!.HasExited)
                throw new CliException($"{plan.Name} ended with {_process.ExitCode} while starting. The end of {plan.LogFile}:\n{folder.TailOf(plan.Name)}");
            if (Stopwatch.GetElapsedTime(started) > limit)
                throw new CliException($"{plan.Name} was not ready after {limit.TotalSeconds:F0} s. The end of {plan.LogFile}:\n{folder.TailOf(plan.Name)}");
            await look.WaitForNextTickAsync(ct);
        }
    }

    /// <summary>Starts it again whenever it ends, with longer pauses when it does not live long.</summary>
    /// <param name="started">Told after each start.</param>
    /// <param name="ct">Ends the watch; the process lives on.</param>
    public async Task WatchAsync(Action<string> started, CancellationToken ct)
    {
        TimeSpan pause = FirstPause;
        long since = Stopwatch.GetTimestamp();
        while (true)
        {
            await _process!.WaitForExitAsync(ct);
            pause = Stopwatch.GetElapsedTime(since) > LongLife ? FirstPause : pause;
            int code = _process.ExitCode;
            await Task.Delay(pause, ct);
            Start();
            started($"{plan.Name} ended with {code} and was started again");
            since = Stopwatch.GetTimestamp();
            pause = pause * 2 > LongestPause ? LongestPause : pause * 2;
        }
    }

    public void Dispose() => _process?.Dispose();
}
