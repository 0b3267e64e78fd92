namespace HccPipeline.Reporting.Dashboard;

/// <summary>Takes up again what is in quarantine; done by the rooms that own the work.</summary>
public interface IQuarantineCommands
{
    /// <summary>Puts bricks back to work.</summary>
    /// <param name="runId">Their run.</param>
    /// <param name="brickIndex">One of them; null for all.</param>
    /// <param name="actor">Who asks.</param>
    /// <param name="ct">Cancels.</param>
    /// <returns>What became of it, in a sentence.</returns>
    Task<string> RetryBricksAsync(string runId, int? brickIndex, string actor, CancellationToken ct);

    /// <summary>Reads a file, series or record again.</summary>
    /// <param name="centerCode">Its centre.</param>
    /// <param name="subject">As it is named in quarantine.</param>
    /// <param name="actor">Who asks.</param>
    /// <param name="ct">Cancels.</param>
    /// <returns>What became of it, in a sentence.</returns>
    Task<string> RetryFileAsync(string centerCode, string subject, string actor, CancellationToken ct);
}
