using System.Globalization;

namespace HccPipeline.Benchmarks.Cluster;

/// <summary>Processor time of a process and all that it started, from <c>/proc</c>.</summary>
internal static class ProcessorTime
{
    private const double TicksPerSecond = 100;   // USER_HZ, the same on all of Linux

    /// <summary>Seconds, user and system; of children that have ended what their parent was told of them.</summary>
    public static double Of(int pid)
    {
        List<(int Pid, int Parent, double Own, double Ended)> all = [];
        foreach (string folder in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out int id) && TryRead(id) is { } found)
                all.Add(found);
        }
        double seconds = 0;
        HashSet<int> family = [pid];
        for (int before = 0; before != family.Count;)
        {
            before = family.Count;
            family.UnionWith(all.Where(p => family.Contains(p.Parent)).Select(p => p.Pid));
        }
        foreach ((int _, int _, double own, double ended) in all.Where(p => family.Contains(p.Pid)))
            seconds += own + ended;
        return seconds;
    }

    private static (int Pid, int Parent, double Own, double Ended)? TryRead(int pid)
    {
        string stat;
        try
        {
            stat = File.ReadAllText($"/proc/{pid}/stat");
        }
        catch (IOException)   // it has ended in between
        {
            return null;
        }
        // After the name, which may hold anything: state, parent, …, utime and stime, those of ended children.
        string[] field = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        double Ticks(int at) => double.Parse(field[at], CultureInfo.InvariantCulture) / TicksPerSecond;
        return (pid, int.Parse(field[1], CultureInfo.InvariantCulture), Ticks(11) + Ticks(12), Ticks(13) + Ticks(14));
    }
}
