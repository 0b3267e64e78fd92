namespace HccPipeline.Benchmarks.Scaling;

/// <summary>Something that all nodes share and that does one thing after another, or a few at a time. Asked in the order of time.</summary>
/// <param name="servers">Things that it does at the same time.</param>
internal sealed class Station(int servers)
{
    private readonly PriorityQueue<int, double> _free = new(Enumerable.Range(0, servers).Select(i => (i, 0.0)));

    /// <summary>Time that it was at work, over all servers.</summary>
    public double Busy { get; private set; }

    /// <summary>Share of a span of time in which it was at work.</summary>
    public double Load(double span) => Busy / servers / span;

    /// <returns>When what comes now and takes so long is done.</returns>
    public double Serve(double now, double takes)
    {
        _free.TryDequeue(out int server, out double since);
        double done = Math.Max(now, since) + takes;
        Busy += takes;
        _free.Enqueue(server, done);
        return done;
    }
}
