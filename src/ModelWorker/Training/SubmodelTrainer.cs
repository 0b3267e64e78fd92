using System.Collections.Concurrent;
using HccPipeline.Contracts.Models;
using HccPipeline.Persistence.Cohort;
using HccPipeline.Statistics.Calibration;
using HccPipeline.Statistics.Discrimination;
using HccPipeline.Statistics.Lasso;
using HccPipeline.Statistics.Linear;

namespace HccPipeline.ModelWorker.Training;

/// <summary>Trains one model: LASSO selection, then a logistic regression on what it selected, then its performance.</summary>
internal static class SubmodelTrainer
{
    /// <summary>Steps that <see cref="Train"/> reports: the selection, and one for each fold.</summary>
    public static int Steps(int folds) => 1 + folds;

    /// <param name="name">Name of the model.</param>
    /// <param name="snapshot">The cohort.</param>
    /// <param name="candidates">Names of the candidates.</param>
    /// <param name="y">Outcomes.</param>
    /// <param name="foldIds">Fold of each patient, from 1.</param>
    /// <param name="settings">Settings.</param>
    /// <param name="step">Called when a step is done, from several threads.</param>
    /// <param name="ct">Cancels.</param>
    /// <returns>The model, and the scores of the patients by models trained without their folds.</returns>
    public static (SubmodelDocument Model, double[] HeldOut) Train(
        string name, CohortSnapshot snapshot, IEnumerable<string> candidates, double[] y, int[] foldIds, TrainingSettings settings, Action step, CancellationToken ct)
    {
        CandidateTable table = CandidateTable.From(snapshot, candidates, settings.MissingValues);
        if (table.X is null)
        {
            string reasons = string.Join("; ", table.Excluded.Select(e => $"{e.Name} ({e.Reason})"));
            throw new TrainingException($"The {name} model has no usable candidate: {reasons}.");
        }
        CompletedCohort cohort = CompletedCohort.Of(table.X, settings);
        LassoSelection selection = LassoSelection.Run(table.X, y, foldIds, cohort.Imputation, ct);
        step();
        DesignMatrix[] completed = cohort.Complete([.. y.Select(_ => true)]);
        SelectedRegression regression = SelectedRegression.Fit(completed, selection.Columns, y);
        double[] probabilities = regression.Probabilities(completed);
        RocCurve roc = RocCurve.Compute(probabilities, y);
        AucEstimate auc = DeLong.Estimate(roc);
        double threshold = Math.Clamp(Youden.Best(roc).Threshold, 0, 1);
        double[] heldOut = OutOfFold(cohort, y, foldIds, settings, step, ct);
        SubmodelDocument model = new()
        {
            Name = name,
            Candidates = [.. table.X.ColumnNames!],
            Excluded = table.Excluded,
            Imputed = cohort.ToDocument(completed),
            Lasso = selection.ToDocument(table.X),
            Logistic = regression.ToDocument(table.X),
            Metrics = new SubmodelMetrics
            {
                Auc = auc.Auc,
                AucLower = auc.Lower,
                AucUpper = auc.Upper,
                CrossValidatedAuc = DeLong.Estimate(heldOut, y).Auc,
                Brier = Brier.Compute(probabilities, y).Score,
                RiskThreshold = threshold,
                HeldOut = MetricsOf(heldOut, y, threshold),
            },
        };
        return (model, heldOut);
    }

    private static HeldOutMetrics MetricsOf(double[] p, double[] y, double threshold)
    {
        double[] logits = LogitRecalibration.BoundedLogits(p);
        Brier brier = Brier.Compute(p, y);
        int events = y.Count(v => v == 1);
        return new HeldOutMetrics
        {
            CalibrationInTheLarge = LogitRecalibration.InTheLarge(logits, y).Coefficient,
            CalibrationSlope = LogitRecalibration.Fit(logits, y)?.Slope.Coefficient,
            Brier = brier.Score,
            ScaledBrier = brier.Scaled,
            Sensitivity = (double)p.Zip(y).Count(v => v.Second == 1 && v.First >= threshold) / events,
            Specificity = (double)p.Zip(y).Count(v => v.Second == 0 && v.First < threshold) / (y.Length - events),
        };
    }

    /// <summary>Scores of the patients of a version by its process, done again on given folds.</summary>
    /// <param name="snapshot">The cohort.</param>
    /// <param name="candidates">Names of the candidates that were offered.</param>
    /// <param name="foldIds">Fold of each patient, from 1; one of them may be empty.</param>
    /// <param name="settings">Settings; the seed makes the folds within the folds.</param>
    /// <param name="ct">Cancels.</param>
    public static double[] HoldOut(CohortSnapshot snapshot, IEnumerable<string> candidates, int[] foldIds, TrainingSettings settings, CancellationToken ct)
    {
        CandidateTable table = CandidateTable.From(snapshot, candidates, settings.MissingValues);
        return OutOfFold(CompletedCohort.Of(table.X!, settings), snapshot.Progression(), foldIds, settings, static () => { }, ct);
    }

    /// <summary>Scores of the patients left out by the whole process, selection included, done again without them.</summary>
    private static double[] OutOfFold(CompletedCohort cohort, double[] y, int[] foldIds, TrainingSettings settings, Action step, CancellationToken ct)
    {
        double[] scores = new double[y.Length];
        // Left to itself, the pool of threads would take up every fold at once; a fold's rows are a copy of nearly the whole table.
        ParallelOptions parallel = new() { CancellationToken = ct, MaxDegreeOfParallelism = Environment.ProcessorCount };
        ConcurrentBag<FoldRoom> rooms = [];
        Parallel.For(1, settings.Folds + 1, parallel, fold =>
        {
            FoldRoom room = rooms.TryTake(out FoldRoom? free) ? free : new();
            int[] inside = [.. Enumerable.Range(0, y.Length).Where(i => foldIds[i] != fold)];
            int[] outside = [.. Enumerable.Range(0, y.Length).Where(i => foldIds[i] == fold)];
            if (outside.Length == 0)
                return;
            double[] yInside = [.. inside.Select(i => y[i])];
            int[] innerFolds = StratifiedFolds.Create(yInside, settings.Folds, unchecked((ulong)(settings.Seed + fold)));
            LassoSelection selection = LassoSelection.Choose(cohort.Observed.SelectRows(inside, ref room.Rows), yInside, innerFolds, cohort.Imputation, room.Selection, ct);
            DesignMatrix[] completed = cohort.Complete(Array.ConvertAll(foldIds, f => f != fold));
            double[] predicted = Predict(completed, selection.Columns, inside, yInside, outside);
            for (int i = 0; i < outside.Length; i++)
                scores[outside[i]] = predicted[i];
            rooms.Add(room);
            step();
        });
        return scores;
    }

    /// <summary>Arrays for the folds that follow one another: rows, and those of the selection.</summary>
    private sealed class FoldRoom
    {
        public double[] Rows = [];

        public LassoWorkspace Selection { get; } = new();
    }

    private static double[] Predict(DesignMatrix[] completed, int[] columns, int[] inside, double[] yInside, int[] outside)
    {
        if (columns.Length == 0)
            return SelectedRegression.Fit(completed, columns, yInside).Probabilities([.. completed.Select(x => x.SelectRows(outside))]);
        DesignMatrix[] selected = Array.ConvertAll(completed, x => x.SelectColumns(columns));
        int[] all = [.. Enumerable.Range(0, columns.Length)];
        return SelectedRegression.Fit(Array.ConvertAll(selected, x => x.SelectRows(inside)), all, yInside)
            .Probabilities(Array.ConvertAll(selected, x => x.SelectRows(outside)));
    }
}
