using HccPipeline.Statistics.Linear;

namespace HccPipeline.Statistics.Lasso;

/// <summary>How often each column is selected when the path is fitted to random halves of the rows.</summary>
public sealed class StabilitySelection
{
    /// <summary>λ of the fit to all rows, at which every half is solved.</summary>
    public required double[] Lambda { get; init; }

    /// <summary>Share of the halves in which column j has a nonzero coefficient, [λ][column].</summary>
    public required double[][] Probability { get; init; }

    /// <summary>Largest share over all λ, per column.</summary>
    public required double[] MaximumProbability { get; init; }

    /// <summary>Mean over the halves of the number q of columns selected at one λ or more.</summary>
    public required double MeanSelectedPerHalf { get; init; }

    /// <summary>0-based columns selected in at least <paramref name="threshold"/> of the halves at some λ, increasing.</summary>
    public int[] Selected(double threshold) =>
        [.. Enumerable.Range(0, MaximumProbability.Length).Where(j => MaximumProbability[j] >= threshold)];

    /// <summary>Bound on the expected number of falsely selected columns, q² / ((2·threshold − 1)·p).</summary>
    /// <param name="threshold">Selection threshold in (0.5, 1].</param>
    /// <exception cref="UnusableDataException">The threshold is outside (0.5, 1]: there is no bound.</exception>
    public double FalseSelectionBound(double threshold) => threshold is > 0.5 and <= 1
        ? MeanSelectedPerHalf * MeanSelectedPerHalf / (((2 * threshold) - 1) * MaximumProbability.Length)
        : throw new UnusableDataException($"The threshold is {threshold}: the bound holds from 0.5 (excluded) to 1.");

    /// <summary>Fits the path to complementary halves, stratified by outcome.</summary>
    /// <param name="x">n×p predictors.</param>
    /// <param name="y">n outcomes, 0 or 1, at least two of each.</param>
    /// <param name="pairs">Number of random splits into two halves; 50 give the customary 100 halves.</param>
    /// <param name="seed">Seed; split s has its own stream.</param>
    /// <param name="options">How to fit; null: defaults. Without λ, those of the fit to all rows are used.</param>
    /// <param name="threads">Most threads used at once; the results are the same bits for any number.</param>
    /// <param name="progress">Told the number of halves done so far, from several threads.</param>
    /// <param name="cancellationToken">Stops between fits.</param>
    /// <remarks>Meinshausen and Bühlmann (2010), J R Stat Soc B 72:417; complementary pairs after Shah and Samworth (2013),
    /// J R Stat Soc B 75:55.</remarks>
    public static StabilitySelection Run(DesignMatrix x, ReadOnlySpan<double> y, int pairs, ulong seed, LassoOptions? options = null,
        int threads = 1, IProgress<int>? progress = null, CancellationToken cancellationToken = default)
    {
        options ??= LassoOptions.Default;
        LassoValidation.Require(x, y, options);
        if (pairs < 1) throw new UnusableDataException($"{pairs} splits: at least one is needed.");
        double[] outcome = y.ToArray();
        double[] lambda = options.Lambda ?? LassoPathSolver.Fit(LassoProblem.Create(x, outcome, options)).Lambda;
        LassoOptions fixedLambda = options with { Lambda = lambda };
        int[][] halves = new int[pairs][];
        for (int s = 0; s < pairs; s++) halves[s] = StratifiedFolds.Create(outcome, 2, SplitMix64.Stream(seed, s).Next());

        int done = 0;
        LassoPath[] paths = LassoPaths.Fit(2 * pairs,
            k => LassoProblem.Create(x, outcome, fixedLambda, halves[k / 2], heldOut: (k % 2) + 1), threads, cancellationToken,
            fitted: () => progress?.Report(Interlocked.Increment(ref done)));
        return Count(paths, x.ColumnCount);
    }

    private static StabilitySelection Count(LassoPath[] paths, int columns)
    {
        // A half that cannot be fitted down to the last λ ends early: shares are taken where every half has a model.
        int points = paths.Min(path => path.Lambda.Length);
        double[][] probability = new double[points][];
        double[] largest = new double[columns];
        for (int k = 0; k < points; k++)
        {
            int[] times = new int[columns];
            foreach (LassoPath path in paths)
                foreach (int j in path.Coefficients[k].Columns) times[j]++;
            probability[k] = Array.ConvertAll(times, t => (double)t / paths.Length);
            for (int j = 0; j < columns; j++) largest[j] = Math.Max(largest[j], probability[k][j]);
        }
        return new StabilitySelection
        {
            Lambda = paths[0].Lambda[..points], Probability = probability, MaximumProbability = largest,
            MeanSelectedPerHalf = paths.Average(path => path.Coefficients.Take(points).SelectMany(c => c.Columns).Distinct().Count()),
        };
    }
}
