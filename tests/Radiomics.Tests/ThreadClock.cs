using System.Diagnostics;
using System.Globalization;

namespace HccPipeline.Radiomics.Tests;

/// <summary>Processor time of the calling thread: other programs on the machine do not count.</summary>
internal static class ThreadClock
{
    /// <summary>Time of this thread on a processor, where the system tells it; else the clock's.</summary>
    internal static TimeSpan Now()
    {
        const string path = "/proc/thread-self/schedstat";
        if (!File.Exists(path))
            return Stopwatch.GetElapsedTime(0);
        string nanoseconds = File.ReadAllText(path).Split(' ')[0];
        return TimeSpan.FromMicroseconds(long.Parse(nanoseconds, CultureInfo.InvariantCulture) / 1000.0);
    }
}
