using System.Collections.Immutable;
using HccPipeline.Statistics.Numerics;

namespace HccPipeline.Statistics.Calibration;

/// <summary>One group of the Hosmer–Lemeshow table.</summary>
/// <param name="Count">Rows.</param>
/// <param name="Observed">Events.</param>
/// <param name="Expected">Sum of predicted probabilities.</param>
public sealed record RiskGroup(int Count, int Observed, double Expected)
{
    /// <summary>Mean predicted probability.</summary>
    public double MeanPredicted => Expected / Count;

    /// <summary>Observed event rate.</summary>
    public double ObservedRate => (double)Observed / Count;
}

/// <summary>Hosmer–Lemeshow goodness-of-fit test.</summary>
/// <param name="Groups">Groups in order of risk.</param>
/// <param name="ChiSquared">Sum of (O₁ − E₁)²/E₁ + (O₀ − E₀)²/E₀.</param>
/// <param name="DegreesOfFreedom">Groups − 2, for a model fitted on these rows.</param>
/// <param name="P">Its p-value; null with fewer than three groups.</param>
/// <param name="PExternal">p-value on as many degrees of freedom as groups, for a model fitted elsewhere.</param>
/// <remarks>Source: Hosmer and Lemeshow, Commun Stat A 1980;9:1043–1069.</remarks>
public sealed record HosmerLemeshow(
    ImmutableArray<RiskGroup> Groups, double ChiSquared, int DegreesOfFreedom, double? P, double PExternal)
{
    /// <summary>Groups cut at quantiles (type 7) of the predictions, right-closed, lowest value included; equal cuts are merged.</summary>
    /// <param name="p">Probabilities strictly between 0 and 1.</param>
    /// <param name="y">Outcomes, 1 or 0; both present.</param>
    /// <param name="groups">Number of quantile groups asked for, at least 2.</param>
    /// <exception cref="ArgumentException">Lengths differ, a value is out of range (row named), or one class is absent.</exception>
    public static HosmerLemeshow ByQuantile(ReadOnlySpan<double> p, ReadOnlySpan<double> y, int groups = 10)
    {
        Check(p, y, groups);
        double[] sorted = p.ToArray();
        Array.Sort(sorted);
        List<double> cuts = [sorted[0]];
        for (int k = 1; k <= groups; k++)
        {
            double cut = Quantiles.Type7(sorted, (double)k / groups);
            if (cut > cuts[^1]) cuts.Add(cut);
        }
        int[] group = new int[p.Length];
        for (int i = 0; i < group.Length; i++)
        {
            int at = cuts.BinarySearch(p[i]);
            int firstCutAtOrAbove = at >= 0 ? at : ~at;
            group[i] = Math.Max(0, firstCutAtOrAbove - 1);
        }
        return Tabulate(p, y, group, Math.Max(1, cuts.Count - 1));
    }

    /// <summary>Groups of equal count in order of the prediction, ties by row order: row of rank r falls in group ⌈r·g/n⌉.</summary>
    /// <inheritdoc cref="ByQuantile"/>
    public static HosmerLemeshow ByEqualCount(ReadOnlySpan<double> p, ReadOnlySpan<double> y, int groups = 10)
    {
        Check(p, y, groups);
        int n = p.Length;
        double[] keys = p.ToArray();
        int[] order = [.. Enumerable.Range(0, n)];
        Array.Sort(order, (a, b) => keys[a] != keys[b] ? keys[a].CompareTo(keys[b]) : a.CompareTo(b));
        int[] group = new int[n];
        for (int rank = 1; rank <= n; rank++) group[order[rank - 1]] = (int)((((long)rank * groups) + n - 1) / n) - 1;
        return Tabulate(p, y, group, groups);
    }

    private static void Check(ReadOnlySpan<double> p, ReadOnlySpan<double> y, int groups)
    {
        Require.SameLength(p.Length, y.Length, nameof(y));
        Require.Probabilities(p, nameof(p), open: true);
        Require.BothClasses(y, nameof(y));
        ArgumentOutOfRangeException.ThrowIfLessThan(groups, 2);
    }

    private static HosmerLemeshow Tabulate(ReadOnlySpan<double> p, ReadOnlySpan<double> y, int[] group, int groups)
    {
        int[] count = new int[groups], observed = new int[groups];
        double[] expected = new double[groups];
        for (int i = 0; i < p.Length; i++)
        {
            count[group[i]]++;
            observed[group[i]] += (int)y[i];
            expected[group[i]] += p[i];
        }
        ImmutableArray<RiskGroup>.Builder table = ImmutableArray.CreateBuilder<RiskGroup>(groups);
        double chi = 0;
        for (int g = 0; g < groups; g++)
        {
            if (count[g] == 0) continue;
            double excess = observed[g] - expected[g];
            chi += (excess * excess / expected[g]) + (excess * excess / (count[g] - expected[g]));
            table.Add(new RiskGroup(count[g], observed[g], expected[g]));
        }
        int df = table.Count - 2;
        return new HosmerLemeshow(
            table.ToImmutable(), chi, df, df > 0 ? Tails.ChiSquaredUpper(chi, df) : null, Tails.ChiSquaredUpper(chi, table.Count));
    }
}
