namespace HccPipeline.Radiomics;

/// <summary>A neighbourhood grey tone difference matrix and its five features (IBSI manual 3.10).</summary>
/// <param name="Levels">Grey level of each rank; index 0 unused.</param>
/// <param name="Voxels">Voxels of each rank.</param>
/// <param name="Differences">Sum of |level − mean of neighbours| of each rank.</param>
internal sealed record ToneDifference(int[] Levels, long[] Voxels, double[] Differences)
{
    /// <summary>Coarseness where there is no difference at all.</summary>
    internal const double MaxCoarseness = 1e6;

    /// <summary>Coarseness, contrast, busyness, complexity, strength; a flat region has 10⁶, 0, 0, 0, 0.</summary>
    /// <returns>Null when no voxel counts.</returns>
    internal double[]? Features()
    {
        int[] ranks = [.. Enumerable.Range(1, Levels.Length - 1).Where(r => Voxels[r] > 0)];
        double n = ranks.Sum(r => Voxels[r]);
        if (n == 0)
            return null;
        double weighted = 0, differences = 0;
        foreach (int r in ranks)
        {
            weighted += Voxels[r] / n * Differences[r];
            differences += Differences[r];
        }
        double contrast = 0, busyness = 0, complexity = 0, strength = 0;
        foreach (int a in ranks)
        {
            double pa = Voxels[a] / n, i = Levels[a];
            foreach (int b in ranks)
            {
                double pb = Voxels[b] / n, j = Levels[b], square = (i - j) * (i - j);
                contrast += pa * pb * square;
                // Equal products may differ by rounding alone, and busyness is divided by their sum.
                busyness += Levels[a] * Voxels[a] == Levels[b] * Voxels[b] ? 0 : Math.Abs(i * pa - j * pb);
                complexity += Math.Abs(i - j) * (pa * Differences[a] + pb * Differences[b]) / (pa + pb);
                strength += (pa + pb) * square;
            }
        }
        return
        [
            weighted > 0 ? Math.Min(MaxCoarseness, 1 / weighted) : MaxCoarseness,
            ranks.Length > 1 ? contrast / (ranks.Length * (ranks.Length - 1.0)) * (differences / n) : 0,
            busyness > 0 ? weighted / busyness : 0,
            complexity / n,
            differences > 0 ? strength / differences : 0,
        ];
    }
}
