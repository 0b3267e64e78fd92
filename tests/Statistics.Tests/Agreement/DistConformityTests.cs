using System.Text.Json;
using HccPipeline.Statistics.Agreement;
using HccPipeline.Statistics.Numerics;
using Xunit;

namespace HccPipeline.Statistics.Tests.Agreement;

/// <summary>Base R's tests of two samples.</summary>
public sealed class DistConformityTests
{
    public static TheoryData<string> Cases => ["dist/n78", "dist/skewed_n60", "dist/ties_n90"];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Describe_ReferenceCase_MatchesR(string name)
    {
        ReferenceCase reference = ReferenceCase.Open(name);
        (double[] a, double[] b) = Groups(reference);
        Comparison compare = new(1e-8);
        JsonElement r = reference.Result.GetProperty("descriptives");
        foreach ((string group, double[] values) in new[] { ("group0", a), ("group1", b), ("all", reference.Column("data.csv", "cont")) })
        {
            JsonElement e = r.GetProperty(group);
            Sample s = Sample.Describe(values);
            double[] sorted = [.. values.Order()];
            compare.Same("mean", e.GetProperty("mean"), s.Mean);
            compare.Same("sd", e.GetProperty("sd"), s.StandardDeviation);
            compare.Same("range", e.GetProperty("min"), s.Minimum);
            compare.Same("range", e.GetProperty("max"), s.Maximum);
            compare.Same("median", e.GetProperty("median"), s.Median);
            compare.Same("quartiles 7", e.GetProperty("quartiles_type7"), [s.LowerQuartile, s.UpperQuartile]);
            compare.Same("quartiles 6", e.GetProperty("quartiles_type6"), [Quantiles.Type6(sorted, 0.25), Quantiles.Type6(sorted, 0.75)]);
            compare.Same("quartiles 2", e.GetProperty("quartiles_type2"), [Quantiles.Type2(sorted, 0.25), Quantiles.Type2(sorted, 0.75)]);
            compare.Same("skewness", e.GetProperty("skewness_g1"), s.Skewness);
            ShapiroWilk shapiro = ShapiroWilk.Test(values)!;
            compare.Same("Shapiro W", e.GetProperty("shapiro_w"), shapiro.W);
            compare.Same("Shapiro p", e.GetProperty("shapiro_p"), shapiro.P);
        }
        compare.Print(name);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void TwoSamples_ReferenceCase_MatchR(string name)
    {
        ReferenceCase reference = ReferenceCase.Open(name);
        (double[] a, double[] b) = Groups(reference);
        Comparison compare = new(1e-8);
        foreach ((string kind, TTest test) in new[] { ("welch", MeanTests.Welch(a, b)!), ("student", MeanTests.Student(a, b)!) })
        {
            JsonElement e = reference.Result.GetProperty(kind);
            compare.Same($"{kind} t", e.GetProperty("t"), test.T);
            compare.Same($"{kind} df", e.GetProperty("df"), test.DegreesOfFreedom);
            compare.Same($"{kind} p", e.GetProperty("p"), test.P);
            compare.Same($"{kind} CI", e.GetProperty("ci95"), [test.Lower, test.Upper]);
        }
        (double f, double p) = MeanTests.VarianceRatio(a, b)!.Value;
        compare.Same("F", reference.Result.GetProperty("f_test_variances").GetProperty("F"), f);
        compare.Same("F p", reference.Result.GetProperty("f_test_variances").GetProperty("p"), p);
        JsonElement mw = reference.Result.GetProperty("mann_whitney");
        MannWhitney u = MannWhitney.Test(a, b);
        compare.Same("U", mw.GetProperty("U"), u.U);
        compare.Same("U p corrected", mw.GetProperty("p_normal_corrected"), u.PCorrected);
        compare.Same("U p uncorrected", mw.GetProperty("p_normal_uncorrected"), u.PUncorrected);
        compare.Same("U p default", mw.GetProperty("p_R_default"), u.P);
        compare.Print(name);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Tables_ReferenceCase_MatchR(string name)
    {
        ReferenceCase reference = ReferenceCase.Open(name);
        Comparison compare = new(1e-8);
        foreach ((string kind, bool yates) in new[] { ("chi_squared_2x2_yates", true), ("chi_squared_2x2", false), ("chi_squared_2x3", false) })
        {
            JsonElement e = reference.Result.GetProperty(kind);
            ChiSquaredTest test = ChiSquaredTest.Test(Table(e.GetProperty("table")), yates);
            compare.Same("chi-squared", e.GetProperty("chisq"), test.ChiSquared);
            compare.Same("chi-squared df", e.GetProperty("df"), test.DegreesOfFreedom, 0);
            compare.Same("chi-squared p", e.GetProperty("p"), test.P);
            Assert.Equal(test.Expected.Min(), test.SmallestExpected);
        }
        int[,] t = Table(reference.Result.GetProperty("chi_squared_2x2").GetProperty("table"));
        Fisher(compare, reference.Result.GetProperty("fisher_2x2"), t);
        JsonElement small = reference.Result.GetProperty("fisher_small");
        FisherExact exact = Fisher(compare, small, Table(small.GetProperty("table")));
        compare.Same("Fisher p less", small.GetProperty("p_less"), exact.PLess);
        compare.Same("Fisher p greater", small.GetProperty("p_greater"), exact.PGreater);
        int[,] wide = Table(reference.Result.GetProperty("chi_squared_2x3").GetProperty("table"));
        compare.Same("Freeman-Halton p", reference.Result.GetProperty("fisher_2x3").GetProperty("p"), FreemanHaltonTest.Test(wide, cancellation: TestContext.Current.CancellationToken).P);
        compare.Same("Freeman-Halton p 2x2", reference.Result.GetProperty("fisher_2x2").GetProperty("p"), FreemanHaltonTest.Test(t, cancellation: TestContext.Current.CancellationToken).P);
        compare.Print(name);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Readers_ReferenceCase_MatchR(string name)
    {
        ReferenceCase reference = ReferenceCase.Open(name);
        Comparison compare = new(1e-8);
        JsonElement r = reference.Result.GetProperty("icc");
        int k = r.GetProperty("k").GetInt32();
        double[][] readers = [.. Enumerable.Range(1, k).Select(j => reference.Column("readers.csv", $"r{j}"))];
        double[] rows = [.. Enumerable.Range(0, readers[0].Length).SelectMany(i => readers.Select(c => c[i]))];
        IntraclassCorrelation icc = IntraclassCorrelation.Compute(rows, k)!;
        compare.Same("ANOVA", r.GetProperty("BMS"), icc.SubjectsMeanSquare);
        compare.Same("ANOVA", r.GetProperty("JMS"), icc.ReadersMeanSquare);
        compare.Same("ANOVA", r.GetProperty("EMS"), icc.ErrorMeanSquare);
        compare.Same("ANOVA", r.GetProperty("WMS"), icc.WithinMeanSquare);
        foreach ((string key, IntervalEstimate e) in new[] { ("icc11", icc.OneWay), ("icc21", icc.Agreement), ("icc31", icc.Consistency) })
        {
            compare.Same(key, r.GetProperty(key), e.Value);
            compare.Same($"{key} CI", r.GetProperty($"{key}_ci"), [e.Lower, e.Upper]);
        }
        compare.Same("icc2k", r.GetProperty("icc2k"), icc.AverageAgreement);
        compare.Same("icc3k", r.GetProperty("icc3k"), icc.AverageConsistency);
        compare.Same("icc F", r.GetProperty("F"), icc.F);
        compare.Same("icc p", r.GetProperty("p"), icc.P, floor: 0);
        BlandAltman limits = BlandAltman.Compute(readers[0], readers[1]);
        JsonElement ba = reference.Result.GetProperty("bland_altman_r1_r2");
        compare.Same("Bland-Altman", ba.GetProperty("bias"), limits.Bias);
        compare.Same("Bland-Altman", ba.GetProperty("sd"), limits.StandardDeviation);
        compare.Same("Bland-Altman", ba.GetProperty("loa"), [limits.Lower, limits.Upper]);
        compare.Print(name);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void CorrelationAndAdjustment_ReferenceCase_MatchR(string name)
    {
        ReferenceCase reference = ReferenceCase.Open(name);
        Comparison compare = new(1e-8);
        double[] x = reference.Column("data.csv", "cont");
        double[] y = [.. reference.Column("data.csv", "bin").Zip(reference.Column("data.csv", "cat"), (a, b) => a + b)];
        Correlation c = Correlation.Compute(x, y)!;
        JsonElement r = reference.Result.GetProperty("correlation_cont_with_bin_plus_cat");
        compare.Same("Pearson", r.GetProperty("pearson"), c.Pearson);
        compare.Same("Pearson p", r.GetProperty("pearson_p"), c.PearsonP);
        compare.Same("Pearson CI", r.GetProperty("pearson_ci95"), [c.Lower, c.Upper]);
        compare.Same("Spearman", r.GetProperty("spearman"), c.Spearman);
        compare.Same("Spearman p", r.GetProperty("spearman_p_t_approx"), c.SpearmanP);
        JsonElement a = reference.Result.GetProperty("p_adjust");
        double[] p = [.. a.GetProperty("p").EnumerateArray().Select(e => e.GetDouble())];
        compare.Same("Bonferroni", a.GetProperty("bonferroni"), AdjustedP.Bonferroni(p));
        compare.Same("Holm", a.GetProperty("holm"), AdjustedP.Holm(p));
        compare.Same("Benjamini-Hochberg", a.GetProperty("bh"), AdjustedP.BenjaminiHochberg(p));
        compare.Print(name);
    }

    private static FisherExact Fisher(Comparison compare, JsonElement e, int[,] t)
    {
        FisherExact exact = FisherExact.Test(t[0, 0], t[0, 1], t[1, 0], t[1, 1]);
        compare.Same("Fisher p", e.GetProperty("p"), exact.P);
        // R stops its root search at 1.2e-4, on the odds ratio where it is below 1 and on its inverse above.
        compare.Same("Fisher odds ratio, bounded scale", Bounded(e.GetProperty("odds_ratio_conditional_mle").GetDouble()), Bounded(exact.OddsRatio!.Value), 1.3e-4, 1);
        compare.Same("Fisher CI, bounded scale", Bounded(e.GetProperty("ci95")[0].GetDouble()), Bounded(exact.Lower!.Value), 1.3e-4, 1);
        compare.Same("Fisher CI, bounded scale", Bounded(e.GetProperty("ci95")[1].GetDouble()), Bounded(exact.Upper!.Value), 1.3e-4, 1);
        return exact;
    }

    private static double Bounded(double oddsRatio) => oddsRatio > 1 ? 1 / oddsRatio : oddsRatio;

    private static (double[] A, double[] B) Groups(ReferenceCase reference)
    {
        double[] value = reference.Column("data.csv", "cont"), group = reference.Column("data.csv", "group");
        return ([.. value.Where((_, i) => group[i] == 0)], [.. value.Where((_, i) => group[i] == 1)]);
    }

    private static int[,] Table(JsonElement e)
    {
        JsonElement[] rows = [.. e.EnumerateArray()];
        int[,] counts = new int[rows.Length, rows[0].GetArrayLength()];
        for (int i = 0; i < counts.GetLength(0); i++)
        {
            for (int j = 0; j < counts.GetLength(1); j++) counts[i, j] = rows[i][j].GetInt32();
        }
        return counts;
    }
}
