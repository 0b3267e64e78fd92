namespace HccPipeline.Persistence.Cohort;

/// <summary>Which patients a table holds.</summary>
public enum CohortScope
{
    /// <summary>Those that can be learned from: clinical record, response, features of both visits.</summary>
    Ready,

    /// <summary>Every patient with a clinical record and features of at least one visit.</summary>
    Extracted,
}
