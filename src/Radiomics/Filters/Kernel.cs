namespace HccPipeline.Radiomics;

/// <summary>A one-dimensional filter kernel for correlation: response(i) = Σ weights[k] · image(i + k − origin).</summary>
/// <param name="Weights">Weights.</param>
/// <param name="Origin">Index of the weight at the voxel itself.</param>
internal sealed record Kernel(double[] Weights, int Origin)
{
    /// <summary>The kernel that changes nothing.</summary>
    internal static Kernel Identity { get; } = new([1], 0);

    /// <summary>A kernel with its origin in the middle (of an even number, the right one of the two).</summary>
    internal static Kernel Centred(double[] weights) => new(weights, weights.Length / 2);

    /// <summary>The mirrored kernel.</summary>
    internal Kernel Reversed() => new([.. Weights.Reverse()], Weights.Length - 1 - Origin);

    /// <summary>The kernel of decomposition level n: 2^(n−1) − 1 zeros between weights (à trous).</summary>
    internal Kernel Dilated(int level)
    {
        int step = 1 << (level - 1);
        double[] wide = new double[(Weights.Length - 1) * step + 1];
        for (int k = 0; k < Weights.Length; k++)
            wide[k * step] = Weights[k];
        return new(wide, Origin * step);
    }
}
