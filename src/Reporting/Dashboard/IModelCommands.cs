namespace HccPipeline.Reporting.Dashboard;

/// <summary>Changes what models there are and which is in use; done by the rooms that own the work.</summary>
/// <remarks>Each returns what became of it in a sentence, and fails with an <see cref="InvalidOperationException"/> whose message is for a person.</remarks>
public interface IModelCommands
{
    /// <summary>Approves a version whose comparison with the champion holds; with enough approvals it becomes the champion.</summary>
    Task<string> ApproveAsync(int modelVersion, string actor, string reason, CancellationToken ct);

    /// <summary>Makes the version the champion again that the champion took the place of.</summary>
    Task<string> RollBackAsync(string actor, string reason, CancellationToken ct);

    /// <summary>Asks for training on the cohort as it stands.</summary>
    Task<string> RequestTrainingAsync(string actor, string reason, CancellationToken ct);

    /// <summary>Asks for a report of a version to be made again: the validation report, or, for a period, the drift report.</summary>
    Task<string> RequestReportAsync(int modelVersion, string? period, string actor, string reason, CancellationToken ct);
}
