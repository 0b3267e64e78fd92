using System.Diagnostics;
using Spectre.Console;

namespace HccPipeline.Cli.Output;

/// <summary>How far a stage is.</summary>
/// <param name="Done">Finished items.</param>
/// <param name="Total">All items; 0 while not known.</param>
internal readonly record struct StageProgress(long Done, long Total);

/// <summary>Runs long work stage by stage: a progress bar on a terminal, one line a stage in a log, and the time of each either way.</summary>
/// <param name="count">Number of stages.</param>
/// <param name="quiet">Print nothing.</param>
internal sealed class Stages(int count, bool quiet = false)
{
    private int _current;

    /// <summary>Runs a stage.</summary>
    /// <param name="title">What it does.</param>
    /// <param name="work">Does it and returns what there is to say about it.</param>
    public async Task RunAsync(string title, Func<IProgress<StageProgress>, Task<string>> work)
    {
        string label = $"[{++_current}/{count}] {title}";
        long started = Stopwatch.GetTimestamp();
        string outcome = !quiet && AnsiConsole.Profile.Capabilities.Interactive
            ? await AnsiConsole.Progress().AutoClear(true).StartAsync(context => WithBarAsync(context, label, work))
            : await work(new Ignored());
        if (!quiet)
            Console.WriteLine($"{label,-28} {Stopwatch.GetElapsedTime(started).TotalSeconds,6:F1} s   {outcome}");
    }

    private static async Task<string> WithBarAsync(ProgressContext context, string label, Func<IProgress<StageProgress>, Task<string>> work)
    {
        ProgressTask bar = context.AddTask(Markup.Escape(label)).IsIndeterminate();
        return await work(new Bar(bar));
    }

    private sealed class Bar(ProgressTask task) : IProgress<StageProgress>
    {
        public void Report(StageProgress value)
        {
            if (value.Total <= 0)
                return;
            task.IsIndeterminate = false;
            task.MaxValue = value.Total;
            task.Value = value.Done;
        }
    }

    private sealed class Ignored : IProgress<StageProgress>
    {
        public void Report(StageProgress value)
        {
            // A log gets one line when the stage ends.
        }
    }
}
