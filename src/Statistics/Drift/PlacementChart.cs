using System.Collections.Immutable;
using HccPipeline.Statistics.Linear;
using HccPipeline.Statistics.Numerics;

namespace HccPipeline.Statistics.Drift;

/// <summary>Statistic that a placement chart accumulates, against a fall in discrimination.</summary>
public enum PlacementStatistic
{
    /// <summary>w = λ(−z) + (1 − λ)w from 0; the parameter is λ.</summary>
    Ewma,

    /// <summary>S = max(0, S − z − k) from 0; the parameter is k.</summary>
    Cusum,
}

/// <summary>Course of a placement chart.</summary>
/// <param name="Values">Statistic after each patient.</param>
/// <param name="Limit">Control limit.</param>
/// <param name="FirstAlarm">1-based patient at which the statistic first exceeds the limit; null if never.</param>
public sealed record PlacementCourse(ImmutableArray<double> Values, double Limit, int? FirstAlarm);

/// <summary>A one-sided chart of per-patient DeLong placement values with a limit simulated to a declared in-control run length.</summary>
/// <param name="Statistic">EWMA or CUSUM.</param>
/// <param name="Parameter">λ of the EWMA or slack k of the CUSUM, in standard deviations.</param>
/// <param name="Limit">Control limit.</param>
/// <param name="InControlRunLength">Mean number of patients to a false alarm, as declared.</param>
/// <remarks>The limit is found on runs of patients redrawn from the frozen reference: the run length to a limit follows from the record
/// highs of a run, so one set of runs serves every limit tried. Compare the CUSUM design of Hawkins and Olwell, 1998.</remarks>
public sealed record PlacementChart(PlacementStatistic Statistic, double Parameter, double Limit, double InControlRunLength)
{
    private const int HorizonFactor = 12, Attempts = 20;

    /// <summary>Finds the limit for a declared in-control run length.</summary>
    /// <param name="reference">Frozen reference.</param>
    /// <param name="statistic">EWMA or CUSUM.</param>
    /// <param name="parameter">λ in (0, 1] or k ≥ 0.</param>
    /// <param name="inControlRunLength">Mean patients to a false alarm, at least 10.</param>
    /// <param name="seed">Seed.</param>
    /// <param name="runs">Simulated runs, at least 100.</param>
    /// <param name="cancellation">Stops the simulation.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of range.</exception>
    public static PlacementChart Calibrate(
        PlacementReference reference,
        PlacementStatistic statistic,
        double parameter,
        double inControlRunLength,
        ulong seed,
        int runs = 2000,
        CancellationToken cancellation = default)
    {
        Check(reference, statistic, parameter, inControlRunLength, runs);
        int horizon = (int)(HorizonFactor * inControlRunLength);
        ImmutableArray<double> inControl = reference.InControl;
        return WithLimit(statistic, parameter, inControlRunLength, horizon, runs, run =>
        {
            SplitMix64 random = SplitMix64.Stream(seed, run);
            return Records(() => inControl[random.NextBelow(inControl.Length)], statistic, parameter, horizon);
        }, cancellation);
    }

    /// <summary>Finds the limit for a declared rate of false alarms, one in so many patients, that also counts how little is known of the
    /// reference itself.</summary>
    /// <param name="reference">Frozen reference.</param>
    /// <param name="statistic">EWMA or CUSUM.</param>
    /// <param name="parameter">λ in (0, 1] or k ≥ 0.</param>
    /// <param name="inControlRunLength">Patients to a false alarm, at least 10.</param>
    /// <param name="seed">Seed.</param>
    /// <param name="runs">Simulated runs, at least 100.</param>
    /// <param name="cancellation">Stops the simulation.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of range.</exception>
    /// <remarks>Each run places patients of the reference among a redrawn one and lasts as long as declared at most. Limits that take the
    /// reference for the truth alarm too soon where chance made it look better than it is: on small references several times too often (compare
    /// Jensen et al., J Qual Technol 2006;38:349).</remarks>
    public static PlacementChart CalibrateWithReference(
        PlacementReference reference,
        PlacementStatistic statistic,
        double parameter,
        double inControlRunLength,
        ulong seed,
        int runs = 2000,
        CancellationToken cancellation = default)
    {
        Check(reference, statistic, parameter, inControlRunLength, runs);
        int horizon = (int)inControlRunLength;
        return WithLimit(statistic, parameter, inControlRunLength, horizon, runs, run =>
        {
            SplitMix64 random = SplitMix64.Stream(seed, run);
            double[]? among = null;
            for (int attempt = 0; attempt < Attempts && among is null; attempt++) among = reference.PlacementsAmongRedrawn(ref random);
            among ??= [.. reference.InControl];   // separated almost perfectly: nothing is learned of its error
            return Records(() => among[random.NextBelow(among.Length)], statistic, parameter, horizon);
        }, cancellation);
    }

    /// <summary>Runs the chart over newly labelled patients in the order of their labels.</summary>
    /// <param name="reference">The reference that the limit was found on.</param>
    /// <param name="scores">Scores frozen at prediction time, finite.</param>
    /// <param name="y">Outcomes, 1 or 0; one class alone is enough.</param>
    /// <exception cref="ArgumentException">Lengths differ, or a value is not finite or not 0/1 (row named).</exception>
    public PlacementCourse Run(PlacementReference reference, ReadOnlySpan<double> scores, ReadOnlySpan<double> y)
    {
        ArgumentNullException.ThrowIfNull(reference);
        Require.SameLength(scores.Length, y.Length, nameof(y));
        Require.Finite(scores, nameof(scores));
        Require.Binary(y, nameof(y));
        double[] values = new double[scores.Length];
        double state = 0;
        int? alarm = null;
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = state = Step(state, reference.Place(scores[i], y[i]), Statistic, Parameter);
            if (state > Limit) alarm ??= i + 1;
        }
        return new PlacementCourse([.. values], Limit, alarm);
    }

    private static double Step(double state, double z, PlacementStatistic statistic, double parameter) =>
        statistic == PlacementStatistic.Ewma ? (parameter * -z) + ((1 - parameter) * state) : Math.Max(0, state - z - parameter);

    private static void Check(PlacementReference reference, PlacementStatistic statistic, double parameter, double inControlRunLength, int runs)
    {
        ArgumentNullException.ThrowIfNull(reference);
        ArgumentOutOfRangeException.ThrowIfLessThan(inControlRunLength, 10);
        ArgumentOutOfRangeException.ThrowIfLessThan(runs, 100);
        bool usable = statistic == PlacementStatistic.Ewma ? parameter is > 0 and <= 1 : parameter >= 0;
        if (!usable) throw new ArgumentOutOfRangeException(nameof(parameter), parameter, "λ lies in (0, 1]; k is not negative.");
    }

    private static PlacementChart WithLimit(
        PlacementStatistic statistic, double parameter, double inControlRunLength, int horizon, int runs,
        Func<int, (int At, double Value)[]> simulate, CancellationToken cancellation)
    {
        (int At, double Value)[][] records = new (int, double)[runs][];
        Parallel.For(0, runs, new ParallelOptions { CancellationToken = cancellation }, run => records[run] = simulate(run));
        double low = 0, high = records.Max(r => r[^1].Value);
        for (int halving = 0; halving < 60; halving++)
        {
            double middle = (low + high) / 2;
            if (MeanRunLength(records, middle, horizon) < inControlRunLength) low = middle;
            else high = middle;
        }
        return new PlacementChart(statistic, parameter, high, inControlRunLength);
    }

    // Positions and values at which one run reaches a new high: all that its run length to any limit depends on.
    private static (int At, double Value)[] Records(Func<double> next, PlacementStatistic statistic, double parameter, int horizon)
    {
        List<(int, double)> records = [(0, 0)];
        double state = 0, highest = 0;
        for (int t = 1; t <= horizon; t++)
        {
            state = Step(state, next(), statistic, parameter);
            if (state <= highest) continue;
            highest = state;
            records.Add((t, state));
        }
        return [.. records];
    }

    // A run that never passes the limit counts with the horizon plus the mean rest that a memoryless chart would still have.
    private static double MeanRunLength((int At, double Value)[][] records, double limit, int horizon)
    {
        long alarms = 0, patients = 0;
        foreach ((int At, double Value)[] run in records)
        {
            int first = Array.FindIndex(run, r => r.Value > limit);
            patients += first < 0 ? horizon : run[first].At;
            if (first >= 0) alarms++;
        }
        return alarms == 0 ? double.PositiveInfinity : (double)patients / alarms;
    }
}
