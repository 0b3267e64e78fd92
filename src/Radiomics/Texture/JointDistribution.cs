namespace HccPipeline.Radiomics;

/// <summary>Features of one co-occurrence matrix that need not be symmetrical nor of whole counts, as PyRadiomics has them.</summary>
internal static class JointDistribution
{
    /// <param name="matrix">Counts or weights by rank [i, j]; row and column 0 unused.</param>
    /// <param name="grid">Levels of the ranks.</param>
    /// <returns>Values in the catalogue's order; null when there is no pair. The correlation of a flat region is 1.</returns>
    internal static double[]? Features(double[] matrix, LevelGrid grid)
    {
        int size = grid.RankCount + 1;
        ReadOnlySpan<int> levels = grid.LevelOfRank;
        double total = matrix.Sum();
        if (total == 0)
            return null;
        double[] p = [.. matrix.Select(w => w / total)], x = new double[size], y = new double[size];
        double[] difference = new double[grid.HighestLevel + 1], sum = new double[2 * grid.HighestLevel + 1];
        double max = 0, entropy = 0, energy = 0, product = 0;
        for (int i = 1; i < size; i++)
        {
            for (int j = 1; j < size; j++)
            {
                double q = p[i * size + j];
                if (q == 0)
                    continue;
                x[i] += q;
                y[j] += q;
                max = Math.Max(max, q);
                entropy += GlcmFeatures.Bits(q);
                energy += q * q;
                product += q * levels[i] * levels[j];
                difference[Math.Abs(levels[i] - levels[j])] += q;
                sum[levels[i] + levels[j]] += q;
            }
        }
        (double meanX, double varianceX, double entropyX) = Marginal(x, levels);
        (double meanY, double varianceY, double entropyY) = Marginal(y, levels);
        double[] d = GlcmFeatures.DifferenceFeatures(difference, grid.HighestLevel), s = GlcmFeatures.SumFeatures(sum, meanX + meanY);
        double spread = Math.Sqrt(varianceX) * Math.Sqrt(varianceY), information = entropyX + entropyY - entropy, most = Math.Max(entropyX, entropyY);
        return
        [
            max, meanX, varianceX, entropy,
            d[0], d[1], d[2], s[0], s[1], s[2],
            energy, d[3], d[0], d[4], d[5], d[6], d[7], d[8],
            spread > 0 ? (product - meanX * meanY) / spread : 1, product,
            s[1], s[3], s[4],
            most > 0 ? -information / most : 0,
            information > 0 ? Math.Sqrt(1 - PortableMath.Exp(-2 * information)) : 0,
            MaximalCorrelation(p, x, y, grid.RankCount),
        ];
    }

    private static (double Mean, double Variance, double Entropy) Marginal(double[] p, ReadOnlySpan<int> levels)
    {
        double mean = 0, variance = 0, entropy = 0;
        for (int i = 1; i < p.Length; i++)
            mean += p[i] * levels[i];
        for (int i = 1; i < p.Length; i++)
        {
            variance += p[i] * (levels[i] - mean) * (levels[i] - mean);
            entropy += GlcmFeatures.Bits(p[i]);
        }
        return (mean, variance, entropy);
    }

    /// <summary>Square root of the second largest eigenvalue of Q(i, j) = Σ_k p(i,k) p(j,k)/(p_x(i) p_y(k)), which is similar to the symmetric
    /// S·Sᵀ with S(i, k) = p(i,k)/√(p_x(i) p_y(k)).</summary>
    private static double MaximalCorrelation(double[] p, double[] x, double[] y, int ranks)
    {
        int[] rows = [.. Enumerable.Range(1, ranks).Where(i => x[i] > 0)], columns = [.. Enumerable.Range(1, ranks).Where(j => y[j] > 0)];
        if (ranks < 2)
            return 1;
        if (rows.Length < 2)
            return 0;
        double[,] q = new double[rows.Length, rows.Length];
        for (int a = 0; a < rows.Length; a++)
        {
            for (int b = 0; b <= a; b++)
            {
                double sum = 0;
                foreach (int k in columns)
                    sum += p[rows[a] * (ranks + 1) + k] * p[rows[b] * (ranks + 1) + k] / y[k];
                q[a, b] = q[b, a] = sum / Math.Sqrt(x[rows[a]] * x[rows[b]]);
            }
        }
        return Math.Sqrt(Math.Clamp(SymmetricMatrix.Eigenvalues(q)[^2], 0, 1));
    }
}
