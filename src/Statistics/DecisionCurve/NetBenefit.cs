using System.Collections.Immutable;
using System.Runtime.InteropServices;
using HccPipeline.Statistics.Numerics;

namespace HccPipeline.Statistics.DecisionCurve;

/// <summary>A decision curve: what treating by a model gains over treating all and treating none.</summary>
/// <param name="Thresholds">Threshold probabilities t; treat when p ≥ t.</param>
/// <param name="Model">TP/n − FP/n · t/(1 − t).</param>
/// <param name="All">Net benefit of treating everybody: prevalence − (1 − prevalence) · t/(1 − t).</param>
/// <param name="None">Net benefit of treating nobody: 0.</param>
/// <param name="Standardized">Net benefit over prevalence: 1 is perfect.</param>
/// <param name="NetReductionPer100">Treatments avoided per 100 patients against treating all, at no loss of true positives.</param>
/// <param name="Untreated">Net benefit for the untreated: TN/n − FN/n · (1 − t)/t.</param>
/// <param name="TruePositives">Cases treated.</param>
/// <param name="FalsePositives">Controls treated.</param>
/// <param name="Prevalence">Share of cases.</param>
/// <remarks>Source: Vickers and Elkin, Med Decis Making 2006;26:565–574; Kerr et al., J Clin Oncol 2016;34:2534–2540.</remarks>
public sealed record NetBenefit(
    ImmutableArray<double> Thresholds,
    ImmutableArray<double> Model,
    ImmutableArray<double> All,
    ImmutableArray<double> None,
    ImmutableArray<double> Standardized,
    ImmutableArray<double> NetReductionPer100,
    ImmutableArray<double> Untreated,
    ImmutableArray<int> TruePositives,
    ImmutableArray<int> FalsePositives,
    double Prevalence)
{
    /// <summary>Computes the curve in O(n log n + thresholds · log n).</summary>
    /// <param name="p">Predicted probabilities in [0, 1].</param>
    /// <param name="y">Outcomes, 1 or 0; both present.</param>
    /// <param name="thresholds">Threshold probabilities strictly between 0 and 1.</param>
    /// <exception cref="ArgumentException">Lengths differ, a value is out of range (row named), or one class is absent.</exception>
    public static NetBenefit Compute(ReadOnlySpan<double> p, ReadOnlySpan<double> y, ReadOnlySpan<double> thresholds)
    {
        Require.SameLength(p.Length, y.Length, nameof(y));
        Require.Probabilities(p, nameof(p), open: false);
        Require.Probabilities(thresholds, nameof(thresholds), open: true);
        int n1 = Require.BothClasses(y, nameof(y));
        double[] cases = new double[n1], controls = new double[p.Length - n1];
        for (int i = 0, a = 0, b = 0; i < p.Length; i++)
        {
            if (y[i] == 1) cases[a++] = p[i];
            else controls[b++] = p[i];
        }
        Array.Sort(cases);
        Array.Sort(controls);
        int m = thresholds.Length;
        int[] tp = new int[m], fp = new int[m];
        for (int k = 0; k < m; k++)
        {
            tp[k] = cases.Length - CountBelow(cases, thresholds[k]);
            fp[k] = controls.Length - CountBelow(controls, thresholds[k]);
        }
        return FromCounts(thresholds.ToArray(), tp, fp, n1, p.Length);
    }

    /// <summary>The thresholds 0.01, 0.02, …, 0.99, each the double nearest to i/100.</summary>
    public static ImmutableArray<double> Percents { get; } = [.. Enumerable.Range(1, 99).Select(i => i / 100.0)];

    /// <summary>Thresholds where the model beats both treating all and treating none.</summary>
    public ImmutableArray<double> Useful
    {
        get
        {
            ImmutableArray<double>.Builder useful = ImmutableArray.CreateBuilder<double>();
            for (int k = 0; k < Thresholds.Length; k++)
            {
                if (Model[k] > Math.Max(All[k], 0)) useful.Add(Thresholds[k]);
            }
            return useful.ToImmutable();
        }
    }

    /// <summary>Area under the model's net benefit between the first and last threshold, by trapezoids.</summary>
    public double Area
    {
        get
        {
            double area = 0;
            for (int k = 1; k < Thresholds.Length; k++) area += (Model[k] + Model[k - 1]) / 2 * (Thresholds[k] - Thresholds[k - 1]);
            return area;
        }
    }

    internal static NetBenefit FromCounts(double[] t, int[] tp, int[] fp, int n1, int n)
    {
        int m = t.Length;
        double prevalence = (double)n1 / n;
        double[] model = new double[m], all = new double[m], standardized = new double[m], reduction = new double[m], untreated = new double[m];
        for (int k = 0; k < m; k++)
        {
            double odds = t[k] / (1 - t[k]);
            model[k] = ((double)tp[k] / n) - ((double)fp[k] / n * odds);
            all[k] = prevalence - ((1 - prevalence) * odds);
            standardized[k] = model[k] / prevalence;
            reduction[k] = (model[k] - all[k]) / odds * 100;
            untreated[k] = ((double)(n - n1 - fp[k]) / n) - ((double)(n1 - tp[k]) / n / odds);
        }
        return new NetBenefit(
            Freeze(t), Freeze(model), Freeze(all), Freeze(new double[m]), Freeze(standardized), Freeze(reduction), Freeze(untreated),
            ImmutableCollectionsMarshal.AsImmutableArray(tp), ImmutableCollectionsMarshal.AsImmutableArray(fp), prevalence);
    }

    internal static int CountBelow(ReadOnlySpan<double> sorted, double value)
    {
        int low = 0, high = sorted.Length;
        while (low < high)
        {
            int middle = (int)(((uint)low + (uint)high) >> 1);
            if (sorted[middle] < value) low = middle + 1;
            else high = middle;
        }
        return low;
    }

    private static ImmutableArray<double> Freeze(double[] values) => ImmutableCollectionsMarshal.AsImmutableArray(values);
}
