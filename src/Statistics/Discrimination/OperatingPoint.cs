using HccPipeline.Statistics.Numerics;

namespace HccPipeline.Statistics.Discrimination;

/// <summary>What a classification rule "positive when score ≥ threshold" does on a cohort.</summary>
/// <param name="Threshold">The threshold.</param>
/// <param name="TruePositives">Cases called positive.</param>
/// <param name="FalsePositives">Controls called positive.</param>
/// <param name="FalseNegatives">Cases called negative.</param>
/// <param name="TrueNegatives">Controls called negative.</param>
/// <param name="Sensitivity">TP / cases.</param>
/// <param name="Specificity">TN / controls.</param>
/// <param name="PositivePredictiveValue">TP / called positive.</param>
/// <param name="NegativePredictiveValue">TN / called negative.</param>
/// <param name="Accuracy">(TP + TN) / all.</param>
public sealed record OperatingPoint(
    double Threshold,
    int TruePositives,
    int FalsePositives,
    int FalseNegatives,
    int TrueNegatives,
    Proportion Sensitivity,
    Proportion Specificity,
    Proportion PositivePredictiveValue,
    Proportion NegativePredictiveValue,
    Proportion Accuracy)
{
    /// <summary>Sensitivity + specificity − 1.</summary>
    public double YoudenIndex =>
        ((double)TruePositives / (TruePositives + FalseNegatives)) + ((double)TrueNegatives / (TrueNegatives + FalsePositives)) - 1;

    /// <summary>Harmonic mean of sensitivity and positive predictive value: 2TP / (2TP + FP + FN).</summary>
    public double F1 => 2.0 * TruePositives / ((2.0 * TruePositives) + FalsePositives + FalseNegatives);

    /// <summary>Matthews correlation coefficient; null when everything is called positive or everything negative.</summary>
    public double? MatthewsCorrelation
    {
        get
        {
            double product = ((double)TruePositives + FalsePositives) * ((double)TruePositives + FalseNegatives)
                * ((double)TrueNegatives + FalsePositives) * ((double)TrueNegatives + FalseNegatives);
            if (product == 0) return null;
            return (((double)TruePositives * TrueNegatives) - ((double)FalsePositives * FalseNegatives)) / Math.Sqrt(product);
        }
    }

    /// <summary>Counts the rule on a cohort.</summary>
    /// <param name="scores">Finite scores.</param>
    /// <param name="y">Outcomes, 1 or 0; both present.</param>
    /// <param name="threshold">A row is positive when its score is at or above this; ±∞ allowed.</param>
    /// <param name="level">Confidence level of the intervals.</param>
    /// <exception cref="ArgumentException">Lengths differ, a value is not finite or not 0/1, one class is absent, or the threshold is NaN.</exception>
    public static OperatingPoint At(ReadOnlySpan<double> scores, ReadOnlySpan<double> y, double threshold, double level = 0.95)
    {
        Require.SameLength(scores.Length, y.Length, nameof(y));
        Require.Finite(scores, nameof(scores));
        int n1 = Require.BothClasses(y, nameof(y));
        if (double.IsNaN(threshold)) throw new ArgumentException("The threshold is not a number.", nameof(threshold));
        int tp = 0, fp = 0;
        for (int i = 0; i < scores.Length; i++)
        {
            if (scores[i] < threshold) continue;
            if (y[i] == 1) tp++;
            else fp++;
        }
        return FromCounts(threshold, tp, fp, n1 - tp, scores.Length - n1 - fp, level);
    }

    internal static OperatingPoint FromCounts(double threshold, int tp, int fp, int fn, int tn, double level) => new(
        threshold,
        tp,
        fp,
        fn,
        tn,
        Proportion.Estimate(tp, tp + fn, level),
        Proportion.Estimate(tn, tn + fp, level),
        Proportion.Estimate(tp, tp + fp, level),
        Proportion.Estimate(tn, tn + fn, level),
        Proportion.Estimate(tp + tn, tp + fp + fn + tn, level));
}
