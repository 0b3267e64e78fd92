namespace HccPipeline.Contracts;

/// <summary>The place of an MR study in a patient's treatment.</summary>
public enum Visit
{
    /// <summary>Before the first dose.</summary>
    PreTreatment,

    /// <summary>After the start of treatment, about eight weeks.</summary>
    PostTreatment,
}
