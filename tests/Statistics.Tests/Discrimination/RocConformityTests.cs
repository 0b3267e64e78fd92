using System.Text.Json;
using HccPipeline.Statistics.Discrimination;
using Xunit;

namespace HccPipeline.Statistics.Tests.Discrimination;

/// <summary>pROC's numbers.</summary>
public sealed class RocConformityTests
{
    [Theory]
    [InlineData("roc/n78")]
    [InlineData("roc/n1000")]
    [InlineData("roc/ties_n150")]
    [InlineData("roc/perfect_n40")]
    [InlineData("roc/identical_n100")]
    [InlineData("roc/below_half_n90")]
    [InlineData("paper/roc_combined_vs_clinical")]
    [InlineData("paper/roc_combined_vs_imaging")]
    [InlineData("paper/roc_imaging_vs_clinical")]
    public void Roc_ReferenceCase_MatchesPRoc(string name)
    {
        ReferenceCase reference = ReferenceCase.Open(name);
        Comparison compare = new(1e-8);
        double[] y = reference.Column("data.csv", "y"), s1 = reference.Column("data.csv", "s1"), s2 = reference.Column("data.csv", "s2");
        double[] y2 = reference.Column("data2.csv", "y"), other = reference.Column("data2.csv", "s1");
        One(compare, reference.Result.GetProperty("s1"), s1, y);
        One(compare, reference.Result.GetProperty("s2"), s2, y);
        One(compare, reference.Result.GetProperty("cohort2_s1"), other, y2);
        Paired(compare, reference.Result.GetProperty("paired_delong"), DeLong.PairedTest(s1, s2, y));
        UnpairedAucTest unpaired = DeLong.UnpairedTest(s1, y, other, y2);
        JsonElement t = reference.Result.GetProperty("unpaired_delong_pROC"), z = reference.Result.GetProperty("unpaired_delong_normal");
        compare.Same("unpaired D", t.GetProperty("D"), unpaired.Statistic);
        compare.Same("unpaired df", t.GetProperty("df"), unpaired.DegreesOfFreedom);
        compare.Same("unpaired p (t)", t.GetProperty("p"), unpaired.P);
        compare.Same("unpaired p (normal)", z.GetProperty("p"), unpaired.PNormal);
        compare.Print(name);
    }

    private static void Paired(Comparison compare, JsonElement r, PairedAucTest paired)
    {
        compare.Same("paired z", r.GetProperty("z"), paired.Z);
        compare.Same("paired p", r.GetProperty("p"), paired.P);
        compare.Same("paired difference", r.GetProperty("auc_diff"), paired.Difference);
        compare.Same("paired difference CI", r.GetProperty("auc_diff_ci95"), [paired.Lower, paired.Upper]);
        compare.Same("paired covariance", r.GetProperty("cov12"), paired.Covariance);
    }

    private static void One(Comparison compare, JsonElement r, double[] scores, double[] y)
    {
        RocCurve curve = RocCurve.Compute(scores, y);
        AucEstimate auc = DeLong.Estimate(curve), narrow = DeLong.Estimate(scores, y, 0.9);
        compare.Same("cases", r.GetProperty("n_cases"), curve.Cases, 0);
        compare.Same("auc", r.GetProperty("auc"), curve.Auc);
        compare.Same("DeLong variance", r.GetProperty("delong_var"), auc.Variance);
        compare.Same("DeLong se", r.GetProperty("delong_se"), auc.StandardError);
        compare.Same("CI 95", r.GetProperty("ci95"), [auc.Lower, auc.Upper]);
        compare.Same("CI 90", r.GetProperty("ci90"), [narrow.Lower, narrow.Upper]);
        compare.Same("CI logit", r.GetProperty("ci95_logit_own_formula"), [auc.LogitLower, auc.LogitUpper]);
        JsonElement points = r.GetProperty("points");
        compare.Same("thresholds", points.GetProperty("threshold"), curve.Thresholds);
        compare.Same("sensitivities", points.GetProperty("sensitivity"), curve.Sensitivities);
        compare.Same("specificities", points.GetProperty("specificity"), curve.Specificities);
        compare.Same("Youden thresholds", r.GetProperty("youden_thresholds_exact_ties"), Youden.Thresholds(curve));
        JsonElement youden = r.GetProperty("at_youden");
        Rule(compare, youden, OperatingPoint.At(scores, y, ReferenceCase.Number(youden.GetProperty("threshold"))));
        Rule(compare, r.GetProperty("at_half"), OperatingPoint.At(scores, y, 0.5));
    }

    private static void Rule(Comparison compare, JsonElement r, OperatingPoint rule)
    {
        compare.Same("counts", r.GetProperty("tp"), rule.TruePositives, 0);
        compare.Same("counts", r.GetProperty("fp"), rule.FalsePositives, 0);
        compare.Same("counts", r.GetProperty("fn"), rule.FalseNegatives, 0);
        compare.Same("counts", r.GetProperty("tn"), rule.TrueNegatives, 0);
        (string, Proportion)[] proportions =
        [
            ("sensitivity", rule.Sensitivity), ("specificity", rule.Specificity), ("ppv", rule.PositivePredictiveValue),
            ("npv", rule.NegativePredictiveValue), ("accuracy", rule.Accuracy),
        ];
        foreach ((string name, Proportion p) in proportions)
        {
            JsonElement e = r.GetProperty(name);
            compare.Same("proportions", e.GetProperty("value"), p.Value);
            compare.Same("Clopper-Pearson", e.GetProperty("ci_exact"), [p.ExactLower, p.ExactUpper]);
            compare.Same("Wilson", e.GetProperty("ci_wilson"), [p.WilsonLower, p.WilsonUpper]);
        }
        compare.Same("F1", r.GetProperty("f1"), rule.F1);
        compare.Same("Youden index", r.GetProperty("youden"), rule.YoudenIndex);
        compare.Same("MCC", r.GetProperty("mcc"), rule.MatthewsCorrelation);
    }
}
