namespace HccPipeline.Hosting.Bus;

/// <summary>Names of the queues of every room, whichever process has them: who watches the broker plays one role and sees all. A test compares
/// them with what the rooms register.</summary>
public static class BusQueues
{
    /// <summary>Where messages end that no process could take.</summary>
    public const string Dead = "hcc.dead";

    /// <summary>In the order of the way of a study.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        "ingest-clinical-record-updated",
        "feature-plan-study", "feature-plan-run", "feature-brick", "feature-brick-interactive", "feature-collect", "feature-announced",
        "model-cohort-growth", "model-train", "model-compare", "model-promoted", "model-score", "model-drift", "model-drift-retrain",
        "report-validation",
    ];
}
