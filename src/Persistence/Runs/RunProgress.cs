namespace HccPipeline.Persistence.Runs;

/// <summary>How far a run is.</summary>
/// <param name="Done">Bricks with an outcome.</param>
/// <param name="InWork">Bricks that wait for a worker or are with one.</param>
/// <param name="Total">Bricks known so far; a brick that is done may have planned more.</param>
/// <param name="Quarantined">Bricks in quarantine.</param>
/// <param name="IsClosed">Whether every brick has an outcome.</param>
public sealed record RunProgress(int Done, int InWork, int Total, int Quarantined, bool IsClosed)
{
    /// <summary>Whether nothing goes on until somebody puts bricks back from quarantine.</summary>
    public bool IsHeld => !IsClosed && Quarantined > 0 && InWork == 0;
}
