using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace HccPipeline.Statistics.Discrimination;

/// <summary>Empirical receiver operating characteristic. The direction is fixed: a case scores higher, and an AUC
/// below one half is reported as such, never flipped.</summary>
public sealed class RocCurve
{
    private RocCurve(ScoreGroups groups, double[] thresholds, int[] truePositives, int[] trueNegatives)
    {
        Groups = groups;
        Thresholds = ImmutableCollectionsMarshal.AsImmutableArray(thresholds);
        TruePositives = ImmutableCollectionsMarshal.AsImmutableArray(truePositives);
        TrueNegatives = ImmutableCollectionsMarshal.AsImmutableArray(trueNegatives);
        Auc = groups.Auc();
    }

    /// <summary>Thresholds, ascending: −∞, the midpoints of neighbouring distinct scores, +∞. A row is positive when its
    /// score is at or above the threshold.</summary>
    public ImmutableArray<double> Thresholds { get; }

    /// <summary>Cases at or above each threshold.</summary>
    public ImmutableArray<int> TruePositives { get; }

    /// <summary>Controls below each threshold.</summary>
    public ImmutableArray<int> TrueNegatives { get; }

    /// <summary>Number of rows with y = 1.</summary>
    public int Cases => Groups.CaseTotal;

    /// <summary>Number of rows with y = 0.</summary>
    public int Controls => Groups.ControlTotal;

    /// <summary>Area under the curve: the share of case–control pairs where the case scores higher, ties counting one half.</summary>
    public double Auc { get; }

    internal ScoreGroups Groups { get; }

    /// <summary>Sensitivity at each threshold: true positives over cases.</summary>
    public ImmutableArray<double> Sensitivities => Shares(TruePositives, Cases);

    /// <summary>Specificity at each threshold: true negatives over controls.</summary>
    public ImmutableArray<double> Specificities => Shares(TrueNegatives, Controls);

    /// <summary>Builds the curve in O(n log n).</summary>
    /// <param name="scores">Score or predicted probability of each row; finite.</param>
    /// <param name="y">Outcome of each row, 1 for a case and 0 for a control; both present.</param>
    /// <exception cref="ArgumentException">Lengths differ, a value is not finite or not 0/1 (the row is named), or one class is absent.</exception>
    public static RocCurve Compute(ReadOnlySpan<double> scores, ReadOnlySpan<double> y)
    {
        ScoreGroups groups = ScoreGroups.From(scores, y);
        int points = groups.Score.Length + 1;
        double[] thresholds = new double[points];
        int[] tp = new int[points];
        int[] tn = new int[points];
        thresholds[0] = double.NegativeInfinity;
        tp[0] = groups.CaseTotal;
        for (int k = 1; k < points; k++)
        {
            thresholds[k] = k == points - 1 ? double.PositiveInfinity : Between(groups.Score[k - 1], groups.Score[k]);
            tp[k] = tp[k - 1] - groups.Cases[k - 1];
            tn[k] = tn[k - 1] + groups.Controls[k - 1];
        }
        return new RocCurve(groups, thresholds, tp, tn);
    }

    // Two neighbouring doubles have no midpoint: the rounded one may equal the lower score and would then count it as positive.
    private static double Between(double lower, double upper)
    {
        double middle = (lower + upper) / 2;
        if (double.IsInfinity(middle)) middle = (lower / 2) + (upper / 2);
        return middle == lower ? upper : middle;
    }

    private static ImmutableArray<double> Shares(ImmutableArray<int> counts, int total)
    {
        double[] shares = new double[counts.Length];
        for (int k = 0; k < shares.Length; k++) shares[k] = (double)counts[k] / total;
        return ImmutableCollectionsMarshal.AsImmutableArray(shares);
    }
}
