using System.Collections.Immutable;

namespace HccPipeline.Statistics.Discrimination;

/// <summary>Thresholds chosen from an ROC curve.</summary>
/// <remarks>Source: Youden, Cancer 1950;3:32–35. Ties are decided on integers (TP·n₀ + TN·n₁), so rounding never drops one.</remarks>
public static class Youden
{
    /// <summary>All thresholds, ascending, with the largest sensitivity + specificity.</summary>
    /// <param name="curve">An ROC curve.</param>
    public static ImmutableArray<double> Thresholds(RocCurve curve)
    {
        ArgumentNullException.ThrowIfNull(curve);
        long best = long.MinValue;
        ImmutableArray<double>.Builder chosen = ImmutableArray.CreateBuilder<double>();
        for (int k = 0; k < curve.Thresholds.Length; k++)
        {
            long value = ((long)curve.TruePositives[k] * curve.Controls) + ((long)curve.TrueNegatives[k] * curve.Cases);
            if (value < best) continue;
            if (value > best) chosen.Clear();
            best = value;
            chosen.Add(curve.Thresholds[k]);
        }
        return chosen.ToImmutable();
    }

    /// <summary>The operating point at the smallest Youden threshold.</summary>
    /// <param name="curve">An ROC curve.</param>
    /// <param name="level">Confidence level of the proportions.</param>
    public static OperatingPoint Best(RocCurve curve, double level = 0.95) => At(curve, Thresholds(curve)[0], level);

    /// <summary>All thresholds, ascending, closest to the corner of sensitivity 1 and specificity 1.</summary>
    /// <param name="curve">An ROC curve.</param>
    public static ImmutableArray<double> ClosestToCorner(RocCurve curve)
    {
        ArgumentNullException.ThrowIfNull(curve);
        double best = double.PositiveInfinity;
        ImmutableArray<double>.Builder chosen = ImmutableArray.CreateBuilder<double>();
        for (int k = 0; k < curve.Thresholds.Length; k++)
        {
            double missed = 1 - ((double)curve.TruePositives[k] / curve.Cases);
            double alarms = 1 - ((double)curve.TrueNegatives[k] / curve.Controls);
            double distance = (missed * missed) + (alarms * alarms);
            if (distance > best) continue;
            if (distance < best) chosen.Clear();
            best = distance;
            chosen.Add(curve.Thresholds[k]);
        }
        return chosen.ToImmutable();
    }

    private static OperatingPoint At(RocCurve curve, double threshold, double level)
    {
        int k = curve.Thresholds.BinarySearch(threshold);
        int tp = curve.TruePositives[k], tn = curve.TrueNegatives[k];
        return OperatingPoint.FromCounts(threshold, tp, curve.Controls - tn, curve.Cases - tp, tn, level);
    }
}
