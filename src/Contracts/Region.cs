namespace HccPipeline.Contracts;

/// <summary>What a labelled mask encloses.</summary>
public enum Region
{
    /// <summary>The target lesion.</summary>
    Lesion,

    /// <summary>Paraspinal muscle, reference tissue of the T2 ratio.</summary>
    MuscleReference,

    /// <summary>Spleen, reference tissue of the T2 ratio.</summary>
    SpleenReference,

    /// <summary>Liver parenchyma away from the lesion, reference tissue of the T2 ratio.</summary>
    LiverReference,
}
