using System.Collections.Immutable;
using HccPipeline.Statistics.Discrimination;
using HccPipeline.Statistics.Linear;
using HccPipeline.Statistics.Numerics;

namespace HccPipeline.Statistics.Drift;

/// <summary>A frozen validation cohort against which every newly labelled patient is placed.</summary>
/// <remarks>A case is placed by the share of reference controls below it, a control by the share of reference cases above it (ties one half).
/// Under no drift both have the reference AUC as mean, so each patient alone says a little about discrimination and no window is needed.
/// Standardised, they feed the charts of <see cref="PlacementChart"/>.</remarks>
public sealed class PlacementReference
{
    private readonly double[] _cases;
    private readonly double[] _controls;
    private readonly double _caseSd;
    private readonly double _controlSd;

    private PlacementReference(double[] cases, double[] controls, double auc, double caseSd, double controlSd, ImmutableArray<double> inControl)
    {
        (_cases, _controls, _caseSd, _controlSd) = (cases, controls, caseSd, controlSd);
        (Auc, InControl) = (auc, inControl);
    }

    /// <summary>AUC of the reference.</summary>
    public double Auc { get; }

    /// <summary>Standardised placement of every reference patient, in row order: what no drift looks like.</summary>
    public ImmutableArray<double> InControl { get; }

    /// <summary>Freezes a reference.</summary>
    /// <param name="scores">Scores of the reference cohort, finite.</param>
    /// <param name="y">Outcomes, 1 or 0; at least two of each.</param>
    /// <exception cref="ArgumentException">Lengths differ, a value is not finite or not 0/1 (row named), a class has fewer than two rows,
    /// or the classes are perfectly separated and placements do not vary.</exception>
    public static PlacementReference From(ReadOnlySpan<double> scores, ReadOnlySpan<double> y)
    {
        AucEstimate auc = DeLong.Estimate(scores, y);
        double[] placement = PlacementValues.Compute(scores, y);
        double caseSquares = 0, controlSquares = 0;
        for (int i = 0; i < placement.Length; i++)
        {
            double d = (placement[i] - auc.Auc) * (placement[i] - auc.Auc);
            if (y[i] == 1) caseSquares += d;
            else controlSquares += d;
        }
        if (caseSquares == 0 || controlSquares == 0)
            throw new ArgumentException("Placements of the reference do not vary: no drift could be told from chance.", nameof(scores));
        double caseSd = Math.Sqrt(caseSquares / (auc.Cases - 1)), controlSd = Math.Sqrt(controlSquares / (auc.Controls - 1));
        double[] standardised = new double[placement.Length];
        for (int i = 0; i < placement.Length; i++) standardised[i] = (placement[i] - auc.Auc) / (y[i] == 1 ? caseSd : controlSd);
        (double[] cases, double[] controls) = ScoreGroups.Split(scores, y, auc.Cases);
        Array.Sort(cases);
        Array.Sort(controls);
        return new PlacementReference(cases, controls, auc.Auc, caseSd, controlSd, [.. standardised]);
    }

    /// <summary>Standardised placement of a new patient: mean 0 and variance 1 under no drift, negative when placed worse.</summary>
    /// <param name="score">The patient's score, finite.</param>
    /// <param name="outcome">1 or 0.</param>
    /// <exception cref="ArgumentException">The score is not finite or the outcome not 0/1.</exception>
    public double Place(double score, double outcome)
    {
        Require.Finite([score], nameof(score));
        Require.Binary([outcome], nameof(outcome));
        return outcome == 1
            ? (PlacementValues.ShareBelow(_controls, score) - Auc) / _caseSd
            : (1 - PlacementValues.ShareBelow(_cases, score) - Auc) / _controlSd;
    }

    /// <summary>Standardised placements of these patients, cases first, among a cohort as this one would be had others of the same population
    /// come: cases and controls redrawn, each as many as here. Null where placements among that cohort do not vary.</summary>
    internal double[]? PlacementsAmongRedrawn(ref SplitMix64 random)
    {
        int[] caseDraws = Draws(_cases.Length, ref random), controlDraws = Draws(_controls.Length, ref random);
        double[] redrawnCases = Repeat(_cases, caseDraws), redrawnControls = Repeat(_controls, controlDraws);
        double[] placements = new double[_cases.Length + _controls.Length];
        for (int i = 0; i < _cases.Length; i++) placements[i] = PlacementValues.ShareBelow(redrawnControls, _cases[i]);
        for (int i = 0; i < _controls.Length; i++) placements[_cases.Length + i] = 1 - PlacementValues.ShareBelow(redrawnCases, _controls[i]);
        return Standardise(placements.AsSpan(0, _cases.Length), caseDraws) && Standardise(placements.AsSpan(_cases.Length), controlDraws) ? placements : null;
    }

    private static int[] Draws(int count, ref SplitMix64 random)
    {
        int[] draws = new int[count];
        for (int i = 0; i < count; i++) draws[random.NextBelow(count)]++;
        return draws;
    }

    private static double[] Repeat(double[] sorted, int[] times)
    {
        double[] repeated = new double[sorted.Length];
        for (int i = 0, at = 0; i < sorted.Length; i++)
            for (int k = 0; k < times[i]; k++) repeated[at++] = sorted[i];
        return repeated;
    }

    // By mean and standard deviation of the redrawn patients, in whose place each stands as often as it was drawn.
    private static bool Standardise(Span<double> placements, int[] times)
    {
        double mean = 0, squares = 0;
        for (int i = 0; i < times.Length; i++) mean += times[i] * placements[i] / times.Length;
        for (int i = 0; i < times.Length; i++) squares += times[i] * (placements[i] - mean) * (placements[i] - mean);
        if (squares <= 0) return false;
        double deviation = Math.Sqrt(squares / (times.Length - 1));
        for (int i = 0; i < placements.Length; i++) placements[i] = (placements[i] - mean) / deviation;
        return true;
    }
}
