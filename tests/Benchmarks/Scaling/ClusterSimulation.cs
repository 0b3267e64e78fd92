namespace HccPipeline.Benchmarks.Scaling;

/// <summary>What came of a simulated run. Loads are shares of the run's time in which a shared thing was at work.</summary>
internal sealed record SimulatedRun(int Nodes, int Bricks, double Seconds, double Rate, double Nodeload, double Database, double Broker, double Release, double Store)
{
    /// <summary>The shared thing that is nearest to its limit.</summary>
    public (string Name, double Load) Busiest => new[] { ("database", Database), ("broker", Broker), ("release", Release), ("object store", Store) }.MaxBy(s => s.Item2);
}

/// <summary>
/// Bricks on N nodes of one thread each, event by event: a brick is released under the lock that all share, goes through the broker, is looked up in the
/// database, read, computed, and written and recorded while its node computes the next; when half of what is in flight has ended, who ended last releases the next. Nodes wait where a
/// shared thing is busy. Nothing in it is random.
/// </summary>
internal sealed class ClusterSimulation
{
    private enum Step { Released, Sent, Arrived, Begun, Read, Computed, Written, Recorded }

    private readonly BrickCosts _costs;
    private readonly int _nodes, _bricks;
    private readonly double _bandwidth;
    private readonly Station _database = new(BrickCosts.DatabaseCores), _broker = new(1), _release = new(1), _store = new(1);
    private readonly PriorityQueue<(Step Step, int Count), (double Time, long Turn)> _events = new();
    private readonly List<double> _ended = [];
    private int _waiting, _atHand, _inFlight, _free, _begun, _storing, _held;
    private bool _releasing;
    private long _turns;

    private ClusterSimulation(BrickCosts costs, int nodes, int bricks, double bandwidth) =>
        (_costs, _nodes, _bricks, _bandwidth, _waiting, _free) = (costs, nodes, bricks, bandwidth, bricks, nodes);

    /// <summary>Simulates.</summary>
    /// <param name="costs">What a brick costs on a cluster of this size.</param>
    /// <param name="nodes">Nodes.</param>
    /// <param name="bricks">Bricks of the run.</param>
    /// <param name="bandwidth">Bytes a second of the object store.</param>
    public static SimulatedRun Run(BrickCosts costs, int nodes, int bricks, double bandwidth) => new ClusterSimulation(costs, nodes, bricks, bandwidth).Run();

    private SimulatedRun Run()
    {
        Release(0);
        while (_events.TryDequeue(out (Step Step, int Count) happened, out (double Time, long Turn) at))
            Handle(happened.Step, happened.Count, at.Time);
        double end = _ended[^1];
        // Without the beginning, when nodes are filled, and the end, when some have nothing left.
        int first = _bricks / 5, last = _bricks * 9 / 10;
        double rate = last > first && _ended[last] > _ended[first] ? (last - first) / (_ended[last] - _ended[first]) : _bricks / end;
        return new(
            _nodes, _bricks, end, rate, Enumerable.Range(0, _bricks).Sum(ComputeOf) / _nodes / end,
            _database.Load(end), _broker.Load(end), _release.Load(end), _store.Load(end));
    }

    private void Handle(Step step, int count, double now)
    {
        switch (step)
        {
            case Step.Released:
                (_releasing, _inFlight) = (false, _inFlight + count);
                for (int i = 1; i <= count; i++)
                    After(now + i * _costs.Send, Step.Sent);
                break;
            case Step.Sent:
                After(_broker.Serve(now, _costs.Broker), Step.Arrived);
                break;
            case Step.Arrived:
                _atHand++;
                Take(now);
                break;
            case Step.Begun:
                After(_store.Serve(now, _costs.ReadBytes / _bandwidth), Step.Read);
                break;
            case Step.Read:
                After(now + ComputeOf(_begun++), Step.Computed);
                break;
            case Step.Computed:
                // A node has one brick that is being stored, and computes another meanwhile, no more.
                if (++_storing <= _nodes)
                    _free++;
                else
                    _held++;
                Take(now);
                After(_store.Serve(now, _costs.WrittenBytes / _bandwidth), Step.Written);
                break;
            case Step.Written:
                After(_database.Serve(now, _costs.Database / 2), Step.Recorded);
                break;
            case Step.Recorded:
                _ended.Add(now);
                (_inFlight, _storing) = (_inFlight - 1, _storing - 1);
                if (_held > 0)
                    (_held, _free) = (_held - 1, _free + 1);
                Take(now);
                if (!_releasing && _inFlight < BrickCosts.InFlightPerNode * _nodes / 2)
                    Release(now);
                break;
        }
    }

    private void Take(double now)
    {
        while (_free > 0 && _atHand > 0)
        {
            (_free, _atHand) = (_free - 1, _atHand - 1);
            double waited = Math.Max(0, _costs.Wait - _costs.Database);   // latencies that take nothing from others
            After(_database.Serve(now, _costs.Database / 2) + waited, Step.Begun);
        }
    }

    private void Release(double now)
    {
        int count = Math.Min(_waiting, BrickCosts.InFlightPerNode * _nodes - _inFlight);
        if (count == 0)
            return;
        (_releasing, _waiting) = (true, _waiting - count);
        After(_release.Serve(now, _costs.ReleaseFirst + count * _costs.ReleaseEach), Step.Released, count);
    }

    private double ComputeOf(int brick) => _costs.Compute[brick % _costs.Compute.Count];

    private void After(double time, Step step, int count = 1) => _events.Enqueue((step, count), (time, _turns++));
}
