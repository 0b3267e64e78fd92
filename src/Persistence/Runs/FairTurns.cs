namespace HccPipeline.Persistence.Runs;

/// <summary>A run in the order of planning, as far as taking turns goes.</summary>
/// <param name="Superseded">A later content of its study has a run of its own: nobody waits for this one.</param>
/// <param name="InFlight">Bricks requested and not ended.</param>
/// <param name="Waiting">Bricks that could be requested.</param>
internal readonly record struct RunInTurn(bool Superseded, int InFlight, int Waiting);

/// <summary>Whose brick comes next: each time the run with fewest bricks in flight, so that a study of a million voxels does not starve the
/// small ones behind it. Pure.</summary>
internal static class FairTurns
{
    /// <param name="runs">Runs in the order of planning.</param>
    /// <param name="free">Bricks that may be requested.</param>
    /// <returns>Index of the run for each brick, in order; at most <paramref name="free"/>, at most as many of a run as wait.</returns>
    public static IReadOnlyList<int> Of(IReadOnlyList<RunInTurn> runs, int free)
    {
        PriorityQueue<(int Run, int Taken), (bool Superseded, int InFlight, int Run)> next = new();
        for (int i = 0; i < runs.Count; i++)
        {
            if (runs[i].Waiting > 0)
                next.Enqueue((i, 0), (runs[i].Superseded, runs[i].InFlight, i));
        }
        List<int> turns = [];
        while (turns.Count < free && next.TryDequeue(out var turn, out var order))
        {
            turns.Add(turn.Run);
            if (turn.Taken + 1 < runs[turn.Run].Waiting)
                next.Enqueue((turn.Run, turn.Taken + 1), order with { InFlight = order.InFlight + 1 });
        }
        return turns;
    }
}
