using System.Collections.Immutable;
using HccPipeline.Statistics.Numerics;

namespace HccPipeline.Statistics.Agreement;

/// <summary>Test behind the p-value of a Table 1 row.</summary>
public enum ComparisonTest
{
    /// <summary>No test is possible: a group has too few values or nothing varies.</summary>
    None,

    /// <summary>Welch's t-test, for values normal in both groups.</summary>
    Welch,

    /// <summary>Mann–Whitney U test, normal approximation.</summary>
    MannWhitney,

    /// <summary>Mann–Whitney U test, exact: both groups below 50 rows and no ties.</summary>
    MannWhitneyExact,

    /// <summary>χ² without continuity correction.</summary>
    ChiSquared,

    /// <summary>Fisher's exact test (Freeman–Halton beyond 2 × 2), for a smallest expected count below 5.</summary>
    FisherExact,
}

/// <summary>A continuous row of Table 1.</summary>
/// <param name="Name">Variable.</param>
/// <param name="Group0">Description of the rows with group 0.</param>
/// <param name="Group1">Description of the rows with group 1.</param>
/// <param name="ShapiroP0">Shapiro–Wilk p-value of group 0; null when it cannot be tested.</param>
/// <param name="ShapiroP1">Shapiro–Wilk p-value of group 1; null when it cannot be tested.</param>
/// <param name="IsNormal">Both groups pass: report mean ± SD; otherwise median (IQR).</param>
/// <param name="Test">Test used.</param>
/// <param name="P">Its p-value; null without a test.</param>
/// <param name="StandardizedDifference">Group 0 minus group 1 in pooled SDs; null when nothing varies.</param>
public sealed record ContinuousRow(
    string Name,
    Sample Group0,
    Sample Group1,
    double? ShapiroP0,
    double? ShapiroP1,
    bool IsNormal,
    ComparisonTest Test,
    double? P,
    double? StandardizedDifference);

/// <summary>A categorical row of Table 1.</summary>
/// <param name="Name">Variable.</param>
/// <param name="Categories">Categories, ascending.</param>
/// <param name="Counts0">Rows of group 0 in each category.</param>
/// <param name="Counts1">Rows of group 1 in each category.</param>
/// <param name="SmallestExpected">Smallest expected count.</param>
/// <param name="Test">Test used.</param>
/// <param name="P">Its p-value; null without a test.</param>
/// <param name="StandardizedDifference">For two categories, group 0 minus group 1 in the share of the higher one; otherwise null.</param>
/// <param name="Exact">Fisher's test beyond 2 × 2, which says whether its p-value was simulated; null where it was not used.</param>
public sealed record CategoricalRow(
    string Name,
    ImmutableArray<int> Categories,
    ImmutableArray<int> Counts0,
    ImmutableArray<int> Counts1,
    double SmallestExpected,
    ComparisonTest Test,
    double? P,
    double? StandardizedDifference,
    FreemanHaltonTest? Exact);

/// <summary>Baseline comparison of two groups, one variable at a time.</summary>
public static class Table1
{
    private const double NormalityLevel = 0.05;
    private const double SmallExpected = 5;

    /// <summary>Describes and compares a continuous variable.</summary>
    /// <param name="name">Name of the variable.</param>
    /// <param name="values">Finite values.</param>
    /// <param name="group">Group of each row, 0 or 1; both present.</param>
    /// <exception cref="ArgumentException">Lengths differ, a value is not finite or a group not 0/1 (row named), or one group is absent.</exception>
    public static ContinuousRow Continuous(string name, ReadOnlySpan<double> values, ReadOnlySpan<double> group)
    {
        Require.SameLength(values.Length, group.Length, nameof(group));
        Require.Finite(values, name);
        Require.BothClasses(group, nameof(group));
        (double[] a, double[] b) = Split(values, group);
        double? p0 = Normality(a), p1 = Normality(b);
        bool normal = p0 > NormalityLevel && p1 > NormalityLevel;
        bool testable = a.Length > 1 && b.Length > 1;
        MannWhitney ranks = MannWhitney.Test(a, b);
        ComparisonTest test = normal ? ComparisonTest.Welch : ranks.PExact is null ? ComparisonTest.MannWhitney : ComparisonTest.MannWhitneyExact;
        double? p = normal ? MeanTests.Welch(a, b)?.P : ranks.P;
        if (!testable || p is null) (test, p) = (ComparisonTest.None, null);
        return new ContinuousRow(
            name, Sample.Describe(a), Sample.Describe(b), p0, p1, normal, test, p,
            testable ? StandardizedDifference.Continuous(a, b) : null);
    }

    /// <summary>Describes and compares a categorical variable.</summary>
    /// <param name="name">Name of the variable.</param>
    /// <param name="categories">Category of each row.</param>
    /// <param name="group">Group of each row, 0 or 1; both present.</param>
    /// <param name="seed">Seed of a simulated <see cref="FreemanHaltonTest"/>.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="ArgumentException">Lengths differ, a group is not 0/1 (row named), or one group is absent.</exception>
    public static CategoricalRow Categorical(
        string name, ReadOnlySpan<int> categories, ReadOnlySpan<double> group, ulong seed = 1, CancellationToken cancellation = default)
    {
        Require.SameLength(categories.Length, group.Length, nameof(group));
        Require.BothClasses(group, nameof(group));
        int[] labels = [.. new SortedSet<int>(categories.ToArray())];
        int[,] counts = new int[2, labels.Length];
        for (int i = 0; i < categories.Length; i++) counts[(int)group[i], Array.BinarySearch(labels, categories[i])]++;
        int[] first = [.. Enumerable.Range(0, labels.Length).Select(j => counts[0, j])];
        int[] second = [.. Enumerable.Range(0, labels.Length).Select(j => counts[1, j])];
        ChiSquaredTest chi = ChiSquaredTest.Test(counts);
        bool small = chi.SmallestExpected < SmallExpected;
        FreemanHaltonTest? exact = small && labels.Length > 2 ? FreemanHaltonTest.Test(counts, seed, cancellation) : null;
        (ComparisonTest test, double? p) = labels.Length < 2
            ? (ComparisonTest.None, (double?)null)
            : small
                ? (ComparisonTest.FisherExact, exact?.P ?? FisherExact.Test(first[0], first[1], second[0], second[1]).P)
                : (ComparisonTest.ChiSquared, chi.P);
        double? difference = labels.Length == 2
            ? StandardizedDifference.Binary((double)first[1] / first.Sum(), (double)second[1] / second.Sum())
            : null;
        return new CategoricalRow(name, [.. labels], [.. first], [.. second], chi.SmallestExpected, test, p, difference, exact);
    }

    private static double? Normality(double[] values) => values.Length is < 3 or > 5000 ? null : ShapiroWilk.Test(values)?.P;

    private static (double[] A, double[] B) Split(ReadOnlySpan<double> values, ReadOnlySpan<double> group)
    {
        List<double> a = [], b = [];
        for (int i = 0; i < values.Length; i++) (group[i] == 0 ? a : b).Add(values[i]);
        return ([.. a], [.. b]);
    }
}
