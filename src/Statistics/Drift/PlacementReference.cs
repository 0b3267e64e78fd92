using System.Collections.Immutable;
using HccPipeline.Statistics.Discrimination;
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
}
