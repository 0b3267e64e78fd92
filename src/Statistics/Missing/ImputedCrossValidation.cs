using HccPipeline.Statistics.Lasso;
using HccPipeline.Statistics.Linear;

namespace HccPipeline.Statistics.Missing;

/// <summary>Cross-validation of a penalised logistic path on incomplete data, with the imputation inside the folds.</summary>
public static class ImputedCrossValidation
{
    /// <summary>For every fold, the imputation learns from the other folds only and fills both; the path is fitted to each
    /// completed training set, and the held-out linear predictors are averaged over the completed data sets.</summary>
    /// <param name="x">n×p predictors; NaN marks a missing value.</param>
    /// <param name="y">n outcomes, 0 or 1, none missing.</param>
    /// <param name="foldId">n fold numbers 1…K.</param>
    /// <param name="imputation">How to fill.</param>
    /// <param name="options">How to fit; null: defaults. Without λ, one sequence is made from all rows (the largest λ₁ of the
    /// completed data sets) and every fit is solved at exactly these λ.</param>
    /// <param name="loss">What to measure.</param>
    /// <param name="threads">Most threads used at once; the results are the same bits for any number.</param>
    /// <param name="cancellationToken">Stops between fits.</param>
    /// <returns>As without missing values; coefficients of the path are means over the completed data sets, so a column
    /// counts as selected when any of them selects it.</returns>
    /// <exception cref="UnusableDataException">As <see cref="LassoCrossValidation.Run"/>, and columns without observed values.</exception>
    public static CrossValidationResult Run(DesignMatrix x, ReadOnlySpan<double> y, ReadOnlySpan<int> foldId, IImputation imputation,
        LassoOptions? options = null, CrossValidationLoss loss = CrossValidationLoss.Deviance, int threads = 1,
        CancellationToken cancellationToken = default)
    {
        options ??= LassoOptions.Default;
        double[] outcome = y.ToArray();
        int[] folds = foldId.ToArray();
        BinaryOutcome.Validate(outcome, x.RowCount);
        int count = FoldAssignment.Validate(folds, outcome, options.Weights), m = imputation.Count;
        loss = FoldAssignment.LossFor(loss, folds, outcome, count, options.Weights);

        bool[] everyone = new bool[x.RowCount];
        Array.Fill(everyone, true);
        DesignMatrix[] complete = [.. Enumerable.Range(0, m).Select(i => imputation.Complete(x, everyone, i))];
        foreach (DesignMatrix data in complete) LassoValidation.Require(data, outcome, options);
        LassoOptions fixedLambda = options with { Lambda = options.Lambda ?? CommonLambda(complete, outcome, options) };

        LassoPath[] full = new LassoPath[m];
        double[][][][] predictors = new double[count][][][];
        for (int fold = 0; fold < count; fold++) predictors[fold] = new double[m][][];
        HeldOutRows[] held = new HeldOutRows[count];
        Parallel.For(0, (count + 1) * m,
            new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellationToken },
            task =>
            {
                int fold = task / m, i = task % m;
                if (fold == 0)
                {
                    full[i] = LassoPathSolver.Fit(LassoProblem.Create(complete[i], outcome, fixedLambda));
                    return;
                }
                DesignMatrix data = imputation.Complete(x, Array.ConvertAll(folds, f => f != fold), i);
                LassoPath path = LassoPathSolver.Fit(LassoProblem.Create(data, outcome, fixedLambda, folds, heldOut: fold));
                HeldOutRows rows = HeldOutRows.Select(data, outcome, folds, fold, fixedLambda);
                HeldOutPredictors heldOut = new(rows, path, new FitBuffers());
                predictors[fold - 1][i] = [.. fixedLambda.Lambda!.Select((_, k) => heldOut.AtPoint(k).ToArray())];
                if (i == 0) held[fold - 1] = rows;
            });
        LassoPath pooled = PathPooling.Mean(full);
        return LassoCrossValidation.Summarise(loss, pooled, held, Array.ConvertAll(predictors, p => Mean(p, pooled.Lambda.Length)));
    }

    private static double[] CommonLambda(DesignMatrix[] complete, double[] y, LassoOptions options)
    {
        LassoPath[] paths = Array.ConvertAll(complete, data => LassoPathSolver.Fit(LassoProblem.Create(data, y, options)));
        LassoPath first = paths.MaxBy(path => path.Lambda[0])!;
        return first.Lambda;
    }

    private static double[][] Mean(double[][][] imputations, int points)
    {
        double[][] mean = new double[points][];
        for (int k = 0; k < points; k++)
        {
            mean[k] = new double[imputations[0][k].Length];
            foreach (double[][] one in imputations) ColumnKernels.AddCentred(one[k], shift: 0, 1.0 / imputations.Length, mean[k]);
        }
        return mean;
    }
}
