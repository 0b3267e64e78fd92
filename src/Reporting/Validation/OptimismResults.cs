using HccPipeline.Contracts.Models;
using HccPipeline.Persistence.Cohort;
using HccPipeline.Statistics.Calibration;
using HccPipeline.Statistics.Lasso;
using HccPipeline.Statistics.Linear;
using HccPipeline.Statistics.Logistic;

namespace HccPipeline.Reporting.Validation;

/// <summary>
/// How much of the apparent performance of the combined model is optimism: folds, choice of λ, selection and regression are done again on bootstrap
/// resamples, and each model is judged on its resample and on the patients as they are (Harrell, Lee and Mark, Stat Med 1996;15:361–387). Paths are
/// followed to their smallest loss and no further, which takes a tenth of the time.
/// </summary>
internal static class OptimismResults
{
    /// <summary>Patients times candidates up to which it is done: a report must not take longer than the training.</summary>
    public const int MaxValues = 10_000;

    // In a resample the classes may be parted so nearly that the likelihood has its maximum out of reach.
    private static readonly LogisticOptions Options = new() { OnSeparation = SeparationHandling.UseFirth, MaxIterations = 60 };

    /// <returns>The result, or why there is none.</returns>
    public static (OptimismResult? Result, string Note) Of(SubmodelDocument model, CohortSnapshot snapshot, double[] y, int replicates, long seed, IReadOnlyList<int> foldIds)
    {
        if (replicates == 0) return (null, "The bootstrap was not asked for.");
        if (model.Imputed is { Count: > 0 }) return (null, "There is no bootstrap, because values were filled in: each resample would have to fill them anew.");
        if ((long)y.Length * model.Candidates.Count > MaxValues)
            return (null, $"There is no bootstrap, because {y.Length} patients by {model.Candidates.Count} candidates are too many for a report.");
        DesignMatrix x = DesignMatrix.FromColumns([.. model.Candidates.Select(name => snapshot.Column(name).ToArray())]);
        int unfitted = 0;
        Optimism result = Optimism.Bootstrap(
            y, (rows, _) => Refit(x, y, rows, Folds(rows), () => Interlocked.Increment(ref unfitted)), replicates, unchecked((ulong)seed));
        return (new OptimismResult
        {
            Replicates = result.Auc.Replicates,
            Seed = seed,
            Unfitted = unfitted,
            Auc = Corrected(result.Auc),
            Slope = Corrected(result.Slope),
            Brier = Corrected(result.Brier),
        }, "");

        // A patient stays in the version's own fold, so that no copy is judged by a model that has seen another; folds without anybody are closed up.
        int[] Folds(int[] rows)
        {
            int[] folds = Array.ConvertAll(rows, i => foldIds[i]), present = [.. folds.Distinct().Order()];
            return Array.ConvertAll(folds, f => Array.IndexOf(present, f) + 1);
        }
    }

    private static CorrectedMeasure Corrected(OptimismEstimate e) => new(e.Apparent, e.Optimism, e.Corrected);

    private static double[] Refit(DesignMatrix x, double[] y, int[] rows, int[] foldIds, Action unfitted)
    {
        DesignMatrix inside = x.SelectRows(rows);
        double[] outcome = Array.ConvertAll(rows, i => y[i]);
        CrossValidationResult cv = LassoCrossValidation.RunToMinimum(inside, outcome, foldIds, LassoOptions.Default, CrossValidationLoss.Deviance, 1);
        int index = cv.Path.Coefficients[cv.Index1Se].Columns.Length > 0 ? cv.Index1Se : cv.IndexMin;
        int[] columns = cv.Path.Coefficients[index].Columns;
        if (columns.Length == 0) return [.. y.Select(_ => Math.Log(outcome.Sum() / (outcome.Length - outcome.Sum())))];
        try
        {
            return LogisticRegression.Fit(inside.SelectColumns(columns), outcome, Options).LinearPredictors(x.SelectColumns(columns));
        }
        catch (UnusableDataException)
        {
            unfitted();
            return cv.Path.LinearPredictorsAt(index, x);
        }
    }
}

/// <summary>Performance of the combined model corrected for optimism.</summary>
public sealed record OptimismResult
{
    /// <summary>Bootstrap resamples.</summary>
    public required int Replicates { get; init; }

    /// <summary>Seed of the resamples.</summary>
    public required long Seed { get; init; }

    /// <summary>Resamples in which the regression found no maximum, so that the coefficients of the LASSO stand for its own.</summary>
    public required int Unfitted { get; init; }

    /// <summary>AUC.</summary>
    public required CorrectedMeasure Auc { get; init; }

    /// <summary>Calibration slope.</summary>
    public required CorrectedMeasure Slope { get; init; }

    /// <summary>Brier score.</summary>
    public required CorrectedMeasure Brier { get; init; }
}

/// <summary>A measure and its correction; null where it does not exist.</summary>
/// <param name="Apparent">On the patients that the process was run on.</param>
/// <param name="Optimism">What resamples lose on average when judged on the patients as they are.</param>
/// <param name="Corrected">Apparent minus optimism.</param>
public sealed record CorrectedMeasure(double? Apparent, double? Optimism, double? Corrected);
