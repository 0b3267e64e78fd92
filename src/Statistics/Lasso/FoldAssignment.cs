using HccPipeline.Statistics.Linear;

namespace HccPipeline.Statistics.Lasso;

/// <summary>Checks that a fold assignment can be used.</summary>
internal static class FoldAssignment
{
    private const int FewestFolds = 3;
    private const int FewestRowsForAuc = 10;

    /// <summary>Number of folds K.</summary>
    /// <exception cref="UnusableDataException">Names the row with an impossible number or the fold that is empty or indispensable.</exception>
    public static int Validate(int[] folds, double[] y, double[]? weights)
    {
        if (folds.Length != y.Length) throw new UnusableDataException($"There are {folds.Length} fold numbers for {y.Length} rows.");
        int count = 0;
        for (int i = 0; i < folds.Length; i++)
        {
            if (folds[i] < 1) throw new UnusableDataException($"Fold of row {i + 1} is {folds[i]}: folds are numbered from 1.");
            count = Math.Max(count, folds[i]);
        }
        if (count < FewestFolds) throw new UnusableDataException($"There are {count} folds: at least {FewestFolds} are needed.");
        if (count > folds.Length) throw new UnusableDataException($"There are {count} folds for {folds.Length} rows.");
        (double[] zeros, double[] ones) = Totals(folds, y, weights, count);
        double allZeros = zeros.Sum(), allOnes = ones.Sum();
        for (int f = 0; f < count; f++)
        {
            if (zeros[f] + ones[f] == 0) throw new UnusableDataException($"Fold {f + 1} is empty.");
            if (zeros[f] == allZeros || ones[f] == allOnes)
                throw new UnusableDataException($"Fold {f + 1} holds every row with outcome {(zeros[f] == allZeros ? 0 : 1)}: none is left to train on.");
        }
        return count;
    }

    /// <summary>The loss that these folds can measure: the deviance instead of the AUC when folds have fewer than ten rows on
    /// average, as in cv.glmnet.</summary>
    /// <exception cref="UnusableDataException">A fold has one class only, so that its AUC does not exist.</exception>
    public static CrossValidationLoss LossFor(CrossValidationLoss wanted, int[] folds, double[] y, int count, double[]? weights)
    {
        if (wanted != CrossValidationLoss.Auc) return wanted;
        if ((double)y.Length / count < FewestRowsForAuc) return CrossValidationLoss.Deviance;
        (double[] zeros, double[] ones) = Totals(folds, y, weights, count);
        for (int f = 0; f < count; f++)
            if (zeros[f] == 0 || ones[f] == 0)
                throw new UnusableDataException($"Fold {f + 1} holds no row with outcome {(zeros[f] == 0 ? 0 : 1)}: it has no AUC. Use fewer folds or the deviance.");
        return wanted;
    }

    private static (double[] Zeros, double[] Ones) Totals(int[] folds, double[] y, double[]? weights, int count)
    {
        double[] zeros = new double[count], ones = new double[count];
        for (int i = 0; i < y.Length; i++) (y[i] == 1 ? ones : zeros)[folds[i] - 1] += weights?[i] ?? 1;
        return (zeros, ones);
    }
}
