using System.Collections.Immutable;
using System.Text.Json;
using HccPipeline.Statistics.Agreement;
using HccPipeline.Statistics.Discrimination;
using HccPipeline.Statistics.Survival;
using Xunit;

namespace HccPipeline.Statistics.Tests.Agreement;

/// <summary>The paper-shaped cohort of 78 patients: Table 1, reader agreement, AUCs, progression-free survival.</summary>
public sealed class PaperConformityTests
{
    [Fact]
    public void Table1_PaperCohort_MatchesR()
    {
        ReferenceCase reference = ReferenceCase.Open("paper");
        Comparison compare = new(1e-8);
        double[] group = reference.Column("cohort.csv", "progression");
        foreach (JsonProperty variable in reference.Result.GetProperty("table1").EnumerateObject())
        {
            double[] values = reference.Column("cohort.csv", variable.Name);
            JsonElement r = variable.Value;
            if (r.GetProperty("type").GetString() == "continuous") Continuous(compare, r, Table1.Continuous(variable.Name, values, group), values, group);
            else Binary(compare, r, Table1.Categorical(variable.Name, Array.ConvertAll(values, v => (int)v), group, cancellation: TestContext.Current.CancellationToken));
        }
        compare.Print("paper Table 1");
    }

    [Fact]
    public void Readers_PaperCohort_MatchR()
    {
        ReferenceCase reference = ReferenceCase.Open("paper");
        Comparison compare = new(1e-8);
        foreach (string feature in new[] { "T2SIR_post", "ADC_mean_post" })
        {
            double[] rows = [.. reference.Column("cohort.csv", feature).Zip(reference.Column("cohort.csv", $"{feature}_reader2")).SelectMany(p => new[] { p.First, p.Second })];
            IntraclassCorrelation icc = IntraclassCorrelation.Compute(rows, 2)!;
            JsonElement r = reference.Result.GetProperty("inter_reader").GetProperty(feature);
            compare.Same("icc21", r.GetProperty("icc21"), icc.Agreement.Value);
            compare.Same("icc31", r.GetProperty("icc31"), icc.Consistency.Value);
        }
        compare.Print("paper");
    }

    [Fact]
    public void Models_PaperCohort_MatchR()
    {
        ReferenceCase reference = ReferenceCase.Open("paper");
        Comparison compare = new(1e-8);
        double[] y = reference.Column("predictions.csv", "progression");
        foreach (string model in new[] { "imaging", "clinical", "combined" })
        {
            AucEstimate auc = DeLong.Estimate(reference.Column("predictions.csv", $"p_{model}"), y);
            JsonElement r = reference.Result.GetProperty("auc").GetProperty(model);
            compare.Same("AUC", r.GetProperty("auc"), auc.Auc);
            compare.Same("AUC CI", r.GetProperty("ci95"), [auc.Lower, auc.Upper]);
        }
        foreach (JsonProperty pair in reference.Result.GetProperty("delong").EnumerateObject())
        {
            string[] models = pair.Name.Split("_vs_");
            PairedAucTest test = DeLong.PairedTest(reference.Column("predictions.csv", $"p_{models[0]}"), reference.Column("predictions.csv", $"p_{models[1]}"), y);
            compare.Same("DeLong z", pair.Value.GetProperty("z"), test.Z);
            compare.Same("DeLong p", pair.Value.GetProperty("p"), test.P);
        }
        RocCurve curve = RocCurve.Compute(reference.Column("predictions.csv", "p_combined"), y);
        compare.Same("Youden cut", reference.Result.GetProperty("youden_cut_combined"), Youden.Thresholds(curve)[0]);
        compare.Print("paper");
    }

    [Fact]
    public void ProgressionFreeSurvival_PaperCohort_MatchesR()
    {
        ReferenceCase reference = ReferenceCase.Open("paper");
        Comparison compare = new(1e-7);
        JsonElement r = reference.Result.GetProperty("pfs");
        double[] time = reference.Column("cohort.csv", "PFS_months"), status = reference.Column("cohort.csv", "PFS_event");
        double[] high = reference.Column("predictions.csv", "high_risk");
        int[] group = Array.ConvertAll(high, v => (int)v);
        ImmutableSortedDictionary<int, SurvivalCurve> curves = KaplanMeier.EstimateByGroup(time, status, group);
        foreach ((string key, BandScale scale) in new[] { ("median_ci_log", BandScale.Log), ("median_ci_loglog", BandScale.LogLog) })
        {
            SurvivalQuantile low = curves[0].Median(scale), up = curves[1].Median(scale);
            compare.Same("median PFS", r.GetProperty(key).GetProperty("low"), [low.Time, low.Lower, low.Upper]);
            compare.Same("median PFS", r.GetProperty(key).GetProperty("high"), [up.Time, up.Lower, up.Upper]);
        }
        LogRankResult logRank = LogRank.Test(time, status, group);
        compare.Same("log-rank", r.GetProperty("logrank_chisq"), logRank.ChiSquared);
        compare.Same("log-rank p", r.GetProperty("logrank_p"), logRank.P);
        CoxTerm term = CoxRegression.Fit(time, status, high, ["high_risk"]).Terms[0];
        compare.Same("hazard ratio", r.GetProperty("hr_high_vs_low"), [term.HazardRatio, term.Lower, term.Upper]);
        compare.Same("Cox p", r.GetProperty("cox_p"), term.P);
        compare.Print("paper");
    }

    private static void Continuous(Comparison compare, JsonElement r, ContinuousRow row, double[] values, double[] group)
    {
        compare.Same("mean", r.GetProperty("control_mean"), row.Group0.Mean);
        compare.Same("mean", r.GetProperty("progression_mean"), row.Group1.Mean);
        compare.Same("sd", r.GetProperty("control_sd"), row.Group0.StandardDeviation);
        compare.Same("sd", r.GetProperty("progression_sd"), row.Group1.StandardDeviation);
        compare.Same("median", r.GetProperty("control_median"), row.Group0.Median);
        compare.Same("median", r.GetProperty("progression_median"), row.Group1.Median);
        compare.Same("quartiles", r.GetProperty("control_iqr7"), [row.Group0.LowerQuartile, row.Group0.UpperQuartile]);
        compare.Same("quartiles", r.GetProperty("progression_iqr7"), [row.Group1.LowerQuartile, row.Group1.UpperQuartile]);
        compare.Same("Shapiro p", r.GetProperty("shapiro_p_control"), row.ShapiroP0);
        compare.Same("Shapiro p", r.GetProperty("shapiro_p_progression"), row.ShapiroP1);
        double[] a = [.. values.Where((_, i) => group[i] == 0)], b = [.. values.Where((_, i) => group[i] == 1)];
        compare.Same("Student p", r.GetProperty("student_p"), MeanTests.Student(a, b)!.P);
        compare.Same("Welch p", r.GetProperty("welch_p"), MeanTests.Welch(a, b)!.P);
        compare.Same("Mann-Whitney p", r.GetProperty("mann_whitney_p"), MannWhitney.Test(a, b).PCorrected);
        Assert.Equal(row.IsNormal, row.ShapiroP0 > 0.05 && row.ShapiroP1 > 0.05);
        // The reference has the corrected normal p-value of Mann-Whitney; the exact one is R's too, in the dist cases.
        Assert.Equal(row.IsNormal ? ComparisonTest.Welch : MannWhitney.Test(a, b).HasTies ? ComparisonTest.MannWhitney : ComparisonTest.MannWhitneyExact, row.Test);
        if (row.Test == ComparisonTest.MannWhitneyExact) compare.Same("row p", MannWhitney.Test(a, b).PExact!.Value, row.P!.Value);
        else compare.Same("row p", r.GetProperty(row.IsNormal ? "welch_p" : "mann_whitney_p"), row.P);
    }

    private static void Binary(Comparison compare, JsonElement r, CategoricalRow row)
    {
        compare.Same("count", r.GetProperty("control_n1"), row.Counts0[1], 0);
        compare.Same("count", r.GetProperty("progression_n1"), row.Counts1[1], 0);
        compare.Same("smallest expected", r.GetProperty("min_expected"), row.SmallestExpected);
        int[,] table = { { row.Counts0[0], row.Counts0[1] }, { row.Counts1[0], row.Counts1[1] } };
        compare.Same("chi-squared p", r.GetProperty("chi2_p"), ChiSquaredTest.Test(table).P);
        compare.Same("Yates p", r.GetProperty("chi2_yates_p"), ChiSquaredTest.Test(table, yates: true).P);
        compare.Same("Fisher p", r.GetProperty("fisher_p"), FreemanHaltonTest.Test(table).P);
        compare.Same("row p", r.GetProperty(row.SmallestExpected < 5 ? "fisher_p" : "chi2_p"), row.P);
    }
}
