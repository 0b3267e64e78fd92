using System.Globalization;

namespace HccPipeline.Cli.Stats;

/// <summary>Tells a terminal how many replicates are done, at most once a percent; silent where errors go to a file.</summary>
internal sealed class ReplicateCounter(int total) : IProgress<int>, IDisposable
{
    private readonly bool _shown = !Console.IsErrorRedirected;
    private int _percent = -1;

    public void Report(int value)
    {
        int percent = (int)(100L * value / total), before = Volatile.Read(ref _percent);
        if (_shown && percent > before && Interlocked.CompareExchange(ref _percent, percent, before) == before)
            Console.Error.Write(string.Create(CultureInfo.InvariantCulture, $"\r{value} of {total} replicates"));
    }

    public void Dispose()
    {
        if (_shown && _percent >= 0)
            Console.Error.Write("\r" + new string(' ', 40) + "\r");
    }
}
