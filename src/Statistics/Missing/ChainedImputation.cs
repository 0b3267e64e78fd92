using HccPipeline.Statistics.Linear;
using MathNet.Numerics.Distributions;

namespace HccPipeline.Statistics.Missing;

/// <summary>Multiple imputation by chained equations: each incomplete column is regressed on others, and a missing value is
/// taken from an observed patient with a similar prediction (predictive mean matching).</summary>
/// <remarks>
/// van Buuren and Groothuis-Oudshoorn (2011), J Stat Softw 45(3). The regression coefficients are drawn from their
/// posterior, with a small ridge so that it exists for any p. The outcome is never a predictor: held-out outcomes must stay
/// unseen. The draws of a completed data set depend on the seed and its index only.
/// </remarks>
/// <param name="count">Number of completed data sets, ≥ 1; 5 to 20 are customary.</param>
/// <param name="seed">Seed of the draws.</param>
/// <param name="cycles">Rounds over the incomplete columns.</param>
/// <param name="predictors">Most columns in one regression: those most correlated with the column to fill.</param>
/// <param name="donors">Observed patients among whom one is drawn.</param>
public sealed class ChainedImputation(int count, ulong seed, int cycles = 5, int predictors = 15, int donors = 5) : IImputation
{
    private const double Ridge = 1e-5;

    /// <inheritdoc/>
    public int Count { get; } = count >= 1 ? count : throw new UnusableDataException($"{count} completed data sets: at least one is needed.");

    /// <inheritdoc/>
    public DesignMatrix Complete(DesignMatrix x, ReadOnlySpan<bool> learnFrom, int index)
    {
        DesignMatrix start = new MedianImputation().Complete(x, learnFrom, index: 0);
        double[][] filled = new double[x.ColumnCount][];
        for (int j = 0; j < filled.Length; j++) filled[j] = start.Column(j).ToArray();
        int[] incomplete = [.. Enumerable.Range(0, x.ColumnCount).Where(j => HasMissing(x.Column(j)))];
        List<int> learning = [];
        for (int i = 0; i < learnFrom.Length; i++)
            if (learnFrom[i]) learning.Add(i);
        int[][] helpers = Array.ConvertAll(incomplete, j => MostCorrelated(filled, j, learning));
        SplitMix64 random = SplitMix64.Stream(seed, index);
        for (int cycle = 0; cycle < cycles; cycle++)
            for (int c = 0; c < incomplete.Length; c++) Fill(x.Column(incomplete[c]), filled, incomplete[c], helpers[c], learnFrom, ref random);
        return DesignMatrix.FromColumns(filled, x.ColumnNames);
    }

    private void Fill(ReadOnlySpan<double> observed, double[][] filled, int target, int[] helpers, ReadOnlySpan<bool> learnFrom, ref SplitMix64 random)
    {
        List<int> known = [];
        for (int i = 0; i < observed.Length; i++)
            if (learnFrom[i] && !double.IsNaN(observed[i])) known.Add(i);
        (double[] fitted, double[] drawn) = Regress(filled, target, helpers, known, ref random);
        // Matching needs the donors in order of their prediction.
        int[] order = [.. known];
        double[] keys = Array.ConvertAll(order, i => fitted[i]);
        Array.Sort(keys, order);
        for (int i = 0; i < observed.Length; i++)
            if (double.IsNaN(observed[i])) filled[target][i] = observed[Donor(keys, order, drawn[i], ref random)];
    }

    private int Donor(double[] keys, int[] order, double prediction, ref SplitMix64 random)
    {
        int wanted = Math.Min(donors, keys.Length), low = Array.BinarySearch(keys, prediction);
        if (low < 0) low = ~low;
        int high = low;
        while (high - low < wanted)
        {
            bool takeLow = high == keys.Length || (low > 0 && prediction - keys[low - 1] <= keys[high] - prediction);
            if (takeLow) low--;
            else high++;
        }
        return order[low + random.NextBelow(wanted)];
    }

    /// <summary>Linear predictions of every row by the estimated and by the drawn coefficients.</summary>
    private static (double[] Fitted, double[] Drawn) Regress(double[][] filled, int target, int[] helpers, List<int> known, ref SplitMix64 random)
    {
        int n = filled[target].Length, k = helpers.Length, m = known.Count;
        double[][] z = Array.ConvertAll(helpers, j => Standardised(filled[j], known));
        double mean = 0;
        foreach (int i in known) mean += filled[target][i] / m;
        double[] gram = new double[k * k], slopes = new double[k];
        for (int a = 0; a < k; a++)
        {
            foreach (int i in known) slopes[a] += z[a][i] * (filled[target][i] - mean);
            for (int b = 0; b <= a; b++)
                foreach (int i in known) gram[(a * k) + b] += z[a][i] * z[b][i];
            gram[(a * k) + a] += Ridge * m;
        }
        double[] fitted = new double[n], drawn = new double[n];
        Array.Fill(fitted, mean);
        // With the ridge the matrix is positive definite; without helpers there is nothing to factorise.
        SymmetricSolver.Factorise(gram, k, rankTolerance: 0);
        SymmetricSolver.Solve(gram, k, slopes);
        for (int a = 0; a < k; a++) ColumnKernels.AddCentred(z[a], shift: 0, slopes[a], fitted);

        double squares = 0;
        foreach (int i in known) squares += (filled[target][i] - fitted[i]) * (filled[target][i] - fitted[i]);
        double chi = ChiSquared.InvCDF(Math.Max(1, m - k - 1), Uniform(ref random));
        double sigma = Math.Sqrt(squares / chi);
        double[] noise = new double[k];
        for (int a = 0; a < k; a++) noise[a] = Normal.InvCDF(0, sigma, Uniform(ref random));
        BackSubstitute(gram, k, noise);
        double level = mean + (sigma / Math.Sqrt(m) * Normal.InvCDF(0, 1, Uniform(ref random)));
        Array.Fill(drawn, level);
        for (int a = 0; a < k; a++) ColumnKernels.AddCentred(z[a], shift: 0, slopes[a] + noise[a], drawn);
        return (fitted, drawn);
    }

    /// <summary>L'x = b in place: turns independent noise into noise with covariance (LL')⁻¹.</summary>
    private static void BackSubstitute(double[] factor, int n, double[] b)
    {
        for (int i = n - 1; i >= 0; i--)
        {
            b[i] /= factor[(i * n) + i];
            for (int j = 0; j < i; j++) b[j] -= factor[(i * n) + j] * b[i];
        }
    }

    private static double[] Standardised(double[] column, List<int> known)
    {
        double mean = 0, squares = 0;
        foreach (int i in known) mean += column[i] / known.Count;
        foreach (int i in known) squares += (column[i] - mean) * (column[i] - mean);
        double deviation = Math.Sqrt(squares / known.Count);
        return deviation == 0 ? new double[column.Length] : Array.ConvertAll(column, v => (v - mean) / deviation);
    }

    private int[] MostCorrelated(double[][] columns, int target, List<int> rows)
    {
        double[] t = Standardised(columns[target], rows);
        int[] others = [.. Enumerable.Range(0, columns.Length).Where(j => j != target)];
        double[] strength = Array.ConvertAll(others, j =>
        {
            double[] other = Standardised(columns[j], rows);
            double sum = 0;
            foreach (int i in rows) sum += t[i] * other[i];
            return -Math.Abs(sum);
        });
        return [.. others.Zip(strength).OrderBy(pair => pair.Second).Take(predictors).Select(pair => pair.First)];
    }

    private static bool HasMissing(ReadOnlySpan<double> column)
    {
        foreach (double v in column)
            if (double.IsNaN(v)) return true;
        return false;
    }

    // Never 0 or 1, where quantiles are infinite.
    private static double Uniform(ref SplitMix64 random) => ((random.Next() >> 12) + 0.5) / (1UL << 52);
}
