using System.Collections.Immutable;
using HccPipeline.Statistics.Linear;
using HccPipeline.Statistics.Numerics;

namespace HccPipeline.Statistics.Calibration;

/// <summary>Optimism of one measure.</summary>
/// <param name="Apparent">On the data the model was made from.</param>
/// <param name="Train">Mean over replicates on the resample itself; null where no replicate has the measure.</param>
/// <param name="Test">Mean over replicates on the original rows; null as above.</param>
/// <param name="Replicates">Replicates in which the measure exists.</param>
public sealed record OptimismEstimate(double? Apparent, double? Train, double? Test, int Replicates)
{
    /// <summary>Train − test.</summary>
    public double? Optimism => Train - Test;

    /// <summary>Apparent − optimism: what to expect of new patients; null where either does not exist.</summary>
    public double? Corrected => Apparent - Optimism;
}

/// <summary>Bootstrap optimism of a whole modelling process.</summary>
/// <param name="Auc">Discrimination.</param>
/// <param name="Intercept">Calibration intercept.</param>
/// <param name="Slope">Calibration slope.</param>
/// <param name="Brier">Brier score.</param>
/// <param name="Train">Performance on each resample.</param>
/// <param name="Test">Performance of the same models on the original rows.</param>
/// <remarks>Source: Harrell, Lee and Mark, Stat Med 1996;15:361–387. Everything that looked at the outcome, selection and tuning included,
/// belongs inside the refit.</remarks>
public sealed record Optimism(
    OptimismEstimate Auc,
    OptimismEstimate Intercept,
    OptimismEstimate Slope,
    OptimismEstimate Brier,
    ImmutableArray<ModelPerformance> Train,
    ImmutableArray<ModelPerformance> Test)
{
    /// <summary>Repeats the modelling process on bootstrap resamples, in parallel; the result does not depend on the number of threads.</summary>
    /// <param name="y">Outcomes, 1 or 0; both present.</param>
    /// <param name="refit">Runs the whole process on the given rows (0-based, with repeats; second argument: replicate number, −1 for the
    /// original rows) and returns the linear predictor of every original row. Called from several threads.</param>
    /// <param name="replicates">Resamples, at least 1; one without both classes is drawn again.</param>
    /// <param name="seed">Seed.</param>
    /// <param name="progress">Told the number of finished replicates.</param>
    /// <param name="threads">Most replicates at once; null: as many as there are processors.</param>
    /// <param name="cancellation">Stops between replicates.</param>
    /// <exception cref="ArgumentException">A value is not 0/1 (row named), one class is absent, or a refit returned the wrong length.</exception>
    public static Optimism Bootstrap(
        ReadOnlySpan<double> y,
        Func<int[], int, double[]> refit,
        int replicates,
        ulong seed,
        IProgress<int>? progress = null,
        int? threads = null,
        CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(replicates, 1);
        double[] outcome = y.ToArray();
        Require.BothClasses(outcome, nameof(y));
        return Run(outcome, refit, replicates, b => BootstrapRows.Draw(outcome, SplitMix64.Stream(seed, b)), progress, threads, cancellation);
    }

    /// <summary>The same on resamples drawn elsewhere.</summary>
    /// <param name="y">Outcomes, 1 or 0; both present.</param>
    /// <param name="refit">As for <see cref="Bootstrap"/>.</param>
    /// <param name="resamples">Row numbers (0-based) of each resample; each with both classes.</param>
    /// <param name="cancellation">Stops between replicates.</param>
    /// <exception cref="ArgumentException">As for <see cref="Bootstrap"/>.</exception>
    public static Optimism OnResamples(
        ReadOnlySpan<double> y, Func<int[], int, double[]> refit, IReadOnlyList<int[]> resamples, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(resamples);
        ArgumentOutOfRangeException.ThrowIfZero(resamples.Count, nameof(resamples));
        double[] outcome = y.ToArray();
        Require.BothClasses(outcome, nameof(y));
        return Run(outcome, refit, resamples.Count, b => resamples[b], null, null, cancellation);
    }

    private static Optimism Run(
        double[] y, Func<int[], int, double[]> refit, int replicates, Func<int, int[]> draw, IProgress<int>? progress, int? threads,
        CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(refit);
        ModelPerformance[] train = new ModelPerformance[replicates], test = new ModelPerformance[replicates];
        int finished = 0;
        Parallel.For(0, replicates, new ParallelOptions { CancellationToken = cancellation, MaxDegreeOfParallelism = threads ?? -1 }, b =>
        {
            int[] rows = draw(b);
            double[] lp = Refit(refit, rows, b, y.Length);
            train[b] = ModelPerformance.Of(Array.ConvertAll(rows, i => lp[i]), Array.ConvertAll(rows, i => y[i]));
            test[b] = ModelPerformance.Of(lp, y);
            progress?.Report(Interlocked.Increment(ref finished));
        });
        ModelPerformance apparent = ModelPerformance.Of(Refit(refit, [.. Enumerable.Range(0, y.Length)], -1, y.Length), y);
        return new Optimism(
            Estimate(apparent, train, test, m => m.Auc),
            Estimate(apparent, train, test, m => m.Intercept),
            Estimate(apparent, train, test, m => m.Slope),
            Estimate(apparent, train, test, m => m.Brier),
            [.. train],
            [.. test]);
    }

    private static double[] Refit(Func<int[], int, double[]> refit, int[] rows, int replicate, int n)
    {
        double[] lp = refit(rows, replicate);
        Require.SameLength(n, lp.Length, nameof(refit));
        return lp;
    }

    // Sums in replicate order: the same bits for any number of threads.
    private static OptimismEstimate Estimate(
        ModelPerformance apparent, ModelPerformance[] train, ModelPerformance[] test, Func<ModelPerformance, double?> measure)
    {
        double trainSum = 0, testSum = 0;
        int count = 0;
        for (int b = 0; b < train.Length; b++)
        {
            if (measure(train[b]) is not { } a || measure(test[b]) is not { } c) continue;
            trainSum += a;
            testSum += c;
            count++;
        }
        return count == 0
            ? new OptimismEstimate(measure(apparent), null, null, 0)
            : new OptimismEstimate(measure(apparent), trainSum / count, testSum / count, count);
    }
}
