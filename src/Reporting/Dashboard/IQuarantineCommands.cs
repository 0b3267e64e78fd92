namespace HccPipeline.Reporting.Dashboard;

/// <summary>Decides on what is in quarantine; done by the rooms that own the work.</summary>
public interface IQuarantineCommands
{
    /// <summary>Puts a brick back to work.</summary>
    /// <param name="runId">Its run.</param>
    /// <param name="brickIndex">Its index in the run.</param>
    /// <param name="actor">Who asks.</param>
    /// <param name="ct">Cancels.</param>
    /// <returns>What became of it, in a sentence.</returns>
    Task<string> RetryBrickAsync(string runId, int brickIndex, string actor, CancellationToken ct);

    /// <summary>Gives a brick up: its run goes on with what the others give.</summary>
    /// <param name="runId">Its run.</param>
    /// <param name="brickIndex">Its index in the run.</param>
    /// <param name="actor">Who asks.</param>
    /// <param name="reason">Why.</param>
    /// <param name="ct">Cancels.</param>
    /// <returns>What became of it, in a sentence.</returns>
    Task<string> DismissBrickAsync(string runId, int brickIndex, string actor, string reason, CancellationToken ct);

    /// <summary>Reads a file, series or record again.</summary>
    /// <param name="centerCode">Its centre.</param>
    /// <param name="subject">As it is named in quarantine.</param>
    /// <param name="actor">Who asks.</param>
    /// <param name="ct">Cancels.</param>
    /// <returns>What became of it, in a sentence.</returns>
    Task<string> RetryFileAsync(string centerCode, string subject, string actor, CancellationToken ct);
}
