namespace HccPipeline.ModelWorker;

/// <summary>What training does about candidates that some patients lack.</summary>
public enum MissingValues
{
    /// <summary>Leaves the candidate out, by name.</summary>
    Refuse,

    /// <summary>Fills with the median of the patients that a fold trains on.</summary>
    Median,

    /// <summary>Fills several times by chained equations, learned inside each fold, and pools the models by Rubin's rules.</summary>
    Multiple,
}
