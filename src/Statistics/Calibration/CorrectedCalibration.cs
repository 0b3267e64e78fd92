using System.Collections.Immutable;
using HccPipeline.Statistics.Linear;
using HccPipeline.Statistics.Numerics;

namespace HccPipeline.Statistics.Calibration;

/// <summary>One point of a bias-corrected calibration curve.</summary>
/// <param name="Predicted">Predicted probability.</param>
/// <param name="Apparent">Smoothed outcome at it, on the data the model was made from; null outside the predictions.</param>
/// <param name="Corrected">Apparent − mean optimism; null where the apparent curve or every replicate's is missing.</param>
/// <param name="Replicates">Replicates whose two curves reach this point.</param>
public sealed record CorrectedCalibrationPoint(double Predicted, double? Apparent, double? Corrected, int Replicates);

/// <summary>Flexible calibration curve corrected for optimism by the bootstrap.</summary>
/// <remarks>Source: Harrell, Regression Modeling Strategies, 2nd edition, section 10.11: the lowess curve of each replicate's model on its own
/// resample, less that on the original rows, is the optimism at each predicted probability.</remarks>
public static class CorrectedCalibration
{
    /// <summary>Repeats the modelling process on bootstrap resamples.</summary>
    /// <param name="y">Outcomes, 1 or 0; both present.</param>
    /// <param name="grid">Predicted probabilities at which the curve is wanted, in [0, 1].</param>
    /// <param name="refit">As for <see cref="Optimism.Bootstrap"/>.</param>
    /// <param name="replicates">Resamples, at least 1.</param>
    /// <param name="seed">Seed.</param>
    /// <param name="cancellation">Stops between replicates.</param>
    /// <exception cref="ArgumentException">A value is out of range (row named), one class is absent, or a refit returned the wrong length.</exception>
    public static ImmutableArray<CorrectedCalibrationPoint> Bootstrap(
        ReadOnlySpan<double> y,
        ReadOnlySpan<double> grid,
        Func<int[], int, double[]> refit,
        int replicates,
        ulong seed,
        CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(replicates, 1);
        double[] outcome = y.ToArray();
        Require.BothClasses(outcome, nameof(y));
        return Run(outcome, grid, refit, replicates, b => BootstrapRows.Draw(outcome, SplitMix64.Stream(seed, b)), cancellation);
    }

    /// <summary>The same on resamples drawn elsewhere.</summary>
    /// <param name="y">Outcomes, 1 or 0; both present.</param>
    /// <param name="grid">Predicted probabilities, in [0, 1].</param>
    /// <param name="refit">As for <see cref="Optimism.Bootstrap"/>.</param>
    /// <param name="resamples">Row numbers (0-based) of each resample.</param>
    /// <param name="cancellation">Stops between replicates.</param>
    /// <exception cref="ArgumentException">As for <see cref="Bootstrap"/>.</exception>
    public static ImmutableArray<CorrectedCalibrationPoint> OnResamples(
        ReadOnlySpan<double> y,
        ReadOnlySpan<double> grid,
        Func<int[], int, double[]> refit,
        IReadOnlyList<int[]> resamples,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(resamples);
        double[] outcome = y.ToArray();
        Require.BothClasses(outcome, nameof(y));
        return Run(outcome, grid, refit, resamples.Count, b => resamples[b], cancellation);
    }

    private static ImmutableArray<CorrectedCalibrationPoint> Run(
        double[] y, ReadOnlySpan<double> grid, Func<int[], int, double[]> refit, int replicates, Func<int, int[]> draw, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(refit);
        Require.Probabilities(grid, nameof(grid), open: false);
        double[] at = grid.ToArray();
        double?[][] optimism = new double?[replicates][];
        Parallel.For(0, replicates, new ParallelOptions { CancellationToken = cancellation }, b =>
        {
            int[] rows = draw(b);
            double[] lp = refit(rows, b);
            Require.SameLength(y.Length, lp.Length, nameof(refit));
            double?[] train = Curve(Array.ConvertAll(rows, i => lp[i]), Array.ConvertAll(rows, i => y[i]), at), test = Curve(lp, y, at);
            optimism[b] = [.. train.Zip(test, (t, o) => t - o)];
        });
        double[] original = refit([.. Enumerable.Range(0, y.Length)], -1);
        Require.SameLength(y.Length, original.Length, nameof(refit));
        double?[] apparent = Curve(original, y, at);
        return [.. Enumerable.Range(0, at.Length).Select(k => Point(at[k], apparent[k], optimism, k))];
    }

    private static CorrectedCalibrationPoint Point(double predicted, double? apparent, double?[][] optimism, int k)
    {
        double sum = 0;
        int count = 0;
        foreach (double?[] replicate in optimism)
        {
            if (replicate[k] is not { } value) continue;
            sum += value;
            count++;
        }
        return new CorrectedCalibrationPoint(predicted, apparent, count == 0 ? null : apparent - (sum / count), count);
    }

    private static double?[] Curve(double[] lp, double[] y, double[] grid)
    {
        LowessCurve curve = Lowess.Fit(Array.ConvertAll(lp, l => 1 / (1 + Math.Exp(-l))), y);
        return Array.ConvertAll(grid, g => g < curve.X[0] || g > curve.X[^1] ? (double?)null : curve.At(g));
    }
}
