namespace HccPipeline.Radiomics;

/// <summary>Features of one co-occurrence matrix (IBSI manual 3.6; the maximal correlation coefficient as PyRadiomics has it).</summary>
internal sealed class GlcmFeatures(LevelGrid grid, Convention convention)
{
    private readonly int _size = grid.RankCount + 1;
    private readonly double[] _difference = new double[grid.HighestLevel + 1];
    private readonly double[] _sum = new double[2 * grid.HighestLevel + 1];
    private readonly double[] _marginal = new double[grid.RankCount + 1];

    /// <param name="counts">Pairs counted one way by rank; column 0 is ignored.</param>
    /// <returns>Values in the catalogue's order; null when there is no pair. The correlation of a flat region is 1.</returns>
    internal double[]? Of(int[] counts)
    {
        long pairs = 0;
        Array.Clear(_marginal);
        for (int i = 1; i < _size; i++)
        {
            for (int j = 1; j < _size; j++)
            {
                int c = counts[i * _size + j];
                pairs += c;
                _marginal[i] += c;
                _marginal[j] += c;
            }
        }
        if (pairs == 0)
            return null;
        double mean = 0, variance = 0, entropyX = 0;
        for (int i = 1; i < _size; i++)
        {
            _marginal[i] /= 2 * pairs;
            mean += _marginal[i] * grid.LevelOfRank[i];
        }
        for (int i = 1; i < _size; i++)
        {
            double d = grid.LevelOfRank[i] - mean;
            variance += _marginal[i] * d * d;
            entropyX += Bits(_marginal[i]);
        }
        (double max, double entropy, double energy, double product) = Joint(counts, pairs);
        double[] d1 = DifferenceFeatures(_difference, grid.HighestLevel);
        double[] s1 = SumFeatures(_sum, 2 * mean);
        double information = 2 * entropyX - entropy;
        return
        [
            max, mean, variance, entropy,
            d1[0], d1[1], d1[2], s1[0], s1[1], s1[2],
            energy, d1[3], d1[0], d1[4], d1[5], d1[6], d1[7], d1[8],
            variance > 0 ? (product - mean * mean) / variance : 1, product,
            s1[1], s1[3], s1[4],
            entropyX > 0 ? -information / entropyX : 0,
            information > 0 ? Math.Sqrt(1 - PortableMath.Exp(-2 * information)) : 0,
            convention == Convention.PyRadiomics ? MaximalCorrelation(counts, pairs) : 0,
        ];
    }

    internal static double Bits(double p) => p > 0 ? -p * PortableMath.Log2(p) : 0;

    /// <summary>Sums over the joint distribution; fills the distributions of |i − j| and i + j.</summary>
    private (double Max, double Entropy, double Energy, double Product) Joint(int[] counts, long pairs)
    {
        Array.Clear(_difference);
        Array.Clear(_sum);
        double max = 0, entropy = 0, energy = 0, product = 0;
        for (int i = 1; i < _size; i++)
        {
            if (_marginal[i] == 0)
                continue;
            int levelI = grid.LevelOfRank[i];
            for (int j = i; j < _size; j++)
            {
                int both = counts[i * _size + j] + counts[j * _size + i];
                if (both == 0)
                    continue;
                double p = both / (2.0 * pairs);
                int levelJ = grid.LevelOfRank[j], times = i == j ? 1 : 2;
                max = Math.Max(max, p);
                entropy += times * Bits(p);
                energy += times * p * p;
                product += times * p * levelI * levelJ;
                _difference[levelJ - levelI] += times * p;
                _sum[levelI + levelJ] += times * p;
            }
        }
        return (max, entropy, energy, product);
    }

    /// <summary>Average, variance, entropy, contrast, inverse difference, normalised, its moment, normalised, inverse variance.</summary>
    /// <param name="difference">Distribution of |i − j|, from 0 on.</param>
    /// <param name="ng">Highest level.</param>
    internal static double[] DifferenceFeatures(double[] difference, double ng)
    {
        double average = 0, variance = 0, entropy = 0, contrast = 0, id = 0, idn = 0, idm = 0, idmn = 0, inverseVariance = 0;
        for (int k = 0; k < difference.Length; k++)
            average += k * difference[k];
        for (int k = 0; k < difference.Length; k++)
        {
            double p = difference[k], square = (double)k * k;
            if (p == 0)
                continue;
            variance += p * (k - average) * (k - average);
            entropy += Bits(p);
            contrast += p * square;
            id += p / (1 + k);
            idn += p / (1 + k / ng);
            idm += p / (1 + square);
            idmn += p / (1 + square / (ng * ng));
            if (k > 0)
                inverseVariance += p / square;
        }
        return [average, variance, entropy, contrast, id, idn, idm, idmn, inverseVariance];
    }

    /// <summary>Average, variance (which is the cluster tendency), entropy, cluster shade, cluster prominence.</summary>
    /// <param name="sum">Distribution of i + j, from 0 on.</param>
    /// <param name="centre">Mean of i plus mean of j.</param>
    internal static double[] SumFeatures(double[] sum, double centre)
    {
        double average = 0, entropy = 0, second = 0, third = 0, fourth = 0;
        for (int k = 2; k < sum.Length; k++)
        {
            double p = sum[k];
            if (p == 0)
                continue;
            double d = k - centre;
            average += k * p;
            entropy += Bits(p);
            second += p * d * d;
            third += p * d * d * d;
            fourth += p * d * d * d * d;
        }
        return [average, second, entropy, third, fourth];
    }

    /// <summary>Square root of the second largest eigenvalue of Q(i, j) = Σ_k p(i,k) p(j,k) / (p_x(i) p_y(k)). Q is similar to the square of
    /// the symmetric p(i,j)/√(p(i) p(j)), whose largest eigenvalue is 1.</summary>
    private double MaximalCorrelation(int[] counts, long pairs)
    {
        int[] present = [.. Enumerable.Range(1, _size - 1).Where(i => _marginal[i] > 0)];
        // As PyRadiomics: a direction whose pairs are all of one level has no second eigenvalue but 0, unless the whole region is flat.
        if (present.Length < 2)
            return grid.RankCount < 2 ? 1 : 0;
        double[] root = [.. present.Select(i => Math.Sqrt(_marginal[i]))];
        double[,] s = new double[present.Length, present.Length];
        for (int a = 0; a < present.Length; a++)
        {
            for (int b = 0; b < present.Length; b++)
            {
                int both = counts[present[a] * _size + present[b]] + counts[present[b] * _size + present[a]];
                s[a, b] = both / (2.0 * pairs) / (root[a] * root[b]);
            }
        }
        double[] eigenvalues = SymmetricMatrix.Eigenvalues(s);
        return Math.Min(1, Math.Max(Math.Abs(eigenvalues[0]), Math.Abs(eigenvalues[^2])));
    }
}
