using HccPipeline.Statistics.Linear;

namespace HccPipeline.Statistics.Lasso;

/// <summary>Assigns rows to cross-validation folds so that every fold has nearly the same share of both classes.</summary>
public static class StratifiedFolds
{
    /// <summary>Shuffles the rows of each class and deals them to the folds in turn.</summary>
    /// <param name="y">n outcomes, 0 or 1.</param>
    /// <param name="folds">Number of folds K, 2 ≤ K ≤ n.</param>
    /// <param name="seed">Same outcomes, folds and seed give the same assignment on every machine and version (SplitMix64).</param>
    /// <returns>n fold numbers, 1…K. Sizes differ by at most one, within a class and in total.</returns>
    /// <exception cref="UnusableDataException">One class only, a value other than 0 and 1, or a class with fewer than two rows,
    /// which would leave a training set without it. A class with fewer rows than folds is allowed: some folds then hold none of it.</exception>
    public static int[] Create(ReadOnlySpan<double> y, int folds, ulong seed)
    {
        int ones = BinaryOutcome.Validate(y, y.Length);
        if (folds < 2 || folds > y.Length)
            throw new UnusableDataException($"{folds} folds for {y.Length} rows: from 2 to the number of rows is possible.");
        if (ones < 2 || y.Length - ones < 2)
            throw new UnusableDataException("A class has a single row: the fold that holds it would leave none to train on.");

        SplitMix64 random = new(seed);
        int[] assignment = new int[y.Length];
        int dealt = 0;
        foreach (double label in (ReadOnlySpan<double>)[0.0, 1.0])
        {
            int[] rows = new int[label == 1 ? ones : y.Length - ones];
            int count = 0;
            for (int i = 0; i < y.Length; i++)
                if (y[i] == label) rows[count++] = i;
            random.Shuffle(rows);
            // The second class goes on where the first stopped, so that the totals stay level too.
            foreach (int row in rows) assignment[row] = (dealt++ % folds) + 1;
        }
        return assignment;
    }
}
