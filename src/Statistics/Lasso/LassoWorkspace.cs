namespace HccPipeline.Statistics.Lasso;

/// <summary>The arrays of one cross-validation, for who runs many of about the same size one after the other; for one thread at a time.</summary>
/// <remarks>Left to the garbage collector, the arrays of many large cross-validations would pile up to a multiple of the data.</remarks>
public sealed class LassoWorkspace
{
    private readonly List<FitBuffers> _buffers = [];

    /// <summary>Buffers for so many problems, which nobody else uses.</summary>
    internal FitBuffers[] Take(int count)
    {
        while (_buffers.Count < count) _buffers.Add(new FitBuffers());
        foreach (FitBuffers buffers in _buffers) buffers.Reclaim();
        return [.. _buffers[..count]];
    }
}
