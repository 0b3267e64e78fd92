namespace HccPipeline.Radiomics.Voxelwise;

/// <summary>Features of one class, kernel by kernel; holds scratch space, so each thread has its own.</summary>
/// <remarks>Its loops are compiled optimised at once: a lesion is done before the runtime would find out by counting that they are hot.</remarks>
internal interface IKernelFeatures
{
    /// <summary>Computes the class's features of the kernel in the window.</summary>
    /// <param name="kernel">A kernel that holds at least its own voxel.</param>
    /// <param name="values">Values in the catalogue's order, PyRadiomics' features only.</param>
    void Compute(KernelWindow kernel, Span<double> values);
}
