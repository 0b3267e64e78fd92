namespace HccPipeline.Radiomics.Voxelwise;

/// <summary>An axis of the voxel grid.</summary>
public enum GridAxis
{
    /// <summary>Along a row; PyRadiomics' <c>force2Ddimension</c> 2.</summary>
    X,

    /// <summary>Down the columns; 1.</summary>
    Y,

    /// <summary>From slice to slice; 0.</summary>
    Z,
}
