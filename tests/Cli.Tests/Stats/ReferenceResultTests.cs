using System.Text.Json;

namespace HccPipeline.Cli.Tests.Stats;

/// <summary>The command on the reference data gives the reference results, field by field; tolerances are those of the library's own
/// conformity tests, which say why where R itself is not exact.</summary>
public sealed class ReferenceResultTests
{
    private static readonly Tolerance Direct = new(1e-8), Iterative = new(1e-7);

    [Theory]
    [InlineData("logistic/n78_p3")]
    [InlineData("logistic/factor_n300_p6")]
    [InlineData("logistic/weights_n120_p4")]
    [InlineData("logistic/aliased_n150_p4")]
    [InlineData("logistic/separation_n60_p3")]
    [InlineData("logistic/quasi_separation_n90_p3")]
    [InlineData("paper/logistic_imaging")]
    [InlineData("paper/logistic_clinical")]
    [InlineData("paper/logistic_combined")]
    public void Logistic_ReferenceData_GivesReferenceResult(string name)
    {
        ReferenceCase reference = ReferenceCase.Open(name);
        string[] weights = name.Contains("weights", StringComparison.Ordinal) ? ["--weights", "w"] : [];
        JsonElement result = StatsCall.Run(["logistic", "--data", reference.File("data.csv"), "--outcome", "y", .. weights]);
        // iterations: own Newton code took other steps there. vcov next to 0 is rounding, so it is held against 1e-3.
        Check("logistic", name, reference, result, path => path switch
        {
            "firth/iterations" => new(60, IsAbsolute: true),
            "fit/vcov" => new(1e-7, 1e-3),
            _ => Iterative,
        });
    }

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
    public void Roc_ReferenceData_GivesReferenceResult(string name)
    {
        ReferenceCase reference = ReferenceCase.Open(name);
        JsonElement result = StatsCall.Run("roc", "--data", reference.File("data.csv"), "--data2", reference.File("data2.csv"), "--outcome", "y");
        Check("roc", name, reference, result, _ => Direct);
    }

    [Theory]
    [InlineData("calibration/n78")]
    [InlineData("calibration/n300")]
    [InlineData("calibration/ties_n150")]
    [InlineData("paper/calibration_combined")]
    public void Calibration_ReferenceData_GivesReferenceResult(string name)
    {
        ReferenceCase reference = ReferenceCase.Open(name);
        JsonElement result = StatsCall.Run(
            "calibration", "--data", reference.File("data.csv"), "--outcome", "y", "--p", "p", "--x", "x1", "x2", "x3", "--resamples", reference.File("boot_index.csv"));
        Check("calibration", name, reference, result, path => path switch
        {
            // rms counts pairs on coarsened predictions, and its lrm.fit stops early.
            "val_prob/Dxy" or "val_prob/C (ROC)" => new(1e-4),
            "val_prob/Intercept" or "val_prob/Slope" => new(1e-5, 1e-2),
            "val_prob/U:Chi-sq" => new(1e-8, 1e-3),
            "calibration_intercept_slope/p" => new(1e-6),
            "bootstrap_own/original" or "bootstrap_own/train_mean" => new(1e-7, 1e-2),
            "bootstrap_own/per_replicate/intercept_test" => new(1e-7, 1e-3),
            _ when path.StartsWith("bootstrap_own", StringComparison.Ordinal) || path.StartsWith("calibration_in", StringComparison.Ordinal) => Iterative,
            _ => Direct,
        });
    }

    [Theory]
    [InlineData("dca/n78")]
    [InlineData("dca/ties_n300")]
    [InlineData("paper/dca")]
    public void DecisionCurve_ReferenceData_GivesReferenceResult(string name)
    {
        ReferenceCase reference = ReferenceCase.Open(name);
        JsonElement result = StatsCall.Run("decision-curve", "--data", reference.File("data.csv"), "--outcome", "y");
        // The difference of two nearly equal net benefits keeps their absolute rounding.
        Check("dca", name, reference, result, path => path.EndsWith("net_reduction_per_100", StringComparison.Ordinal) ? new(1e-8, 1e-5) : Direct);
    }

    [Theory]
    [InlineData("survival/n78")]
    [InlineData("survival/nocensor_n60")]
    [InlineData("survival/ties_n200")]
    [InlineData("survival/timefix_n100")]
    [InlineData("survival/three_groups_n150")]
    [InlineData("survival/median_not_reached_n80")]
    [InlineData("survival/exact_half_n20")]
    [InlineData("paper/survival_risk_groups")]
    public void Survival_ReferenceData_GivesReferenceResult(string name)
    {
        ReferenceCase reference = ReferenceCase.Open(name);
        JsonElement all = reference.Result.GetProperty("km_all");
        JsonElement result = StatsCall.Run(
        [
            "survival", "--data", reference.File("data.csv"), "--time", "time", "--status", "status", "--group", "group", "--strata", "stratum", "--x", "x1", "x2",
            "--tau", ReferenceCase.Argument(all.GetProperty("rmst").GetProperty("tau")),
            "--times", .. ReferenceCase.Arguments(all.GetProperty("landmark").GetProperty("times")),
        ]);
        Check("survival", name, reference, result, path => path.StartsWith("cox", StringComparison.Ordinal) ? Iterative : Direct);
    }

    [Theory]
    [InlineData("nomogram/n78")]
    [InlineData("nomogram/n300")]
    [InlineData("paper/nomogram_combined")]
    public void Nomogram_ReferenceCoefficients_GiveReferenceResult(string name)
    {
        ReferenceCase reference = ReferenceCase.Open(name);
        JsonElement result = StatsCall.Run(
            ["nomogram", "--data", reference.File("data.csv"), "--x", "x1", "x2", "x3", "--coef", .. ReferenceCase.Arguments(reference.Result.GetProperty("coef"))]);
        Check("nomogram", name, reference, result, path => path.Contains("points", StringComparison.Ordinal) ? new(1e-8, 1e-4) : Direct);
    }

    [Theory]
    [InlineData("nomogram/n78")]
    [InlineData("nomogram/n300")]
    [InlineData("paper/nomogram_combined")]
    public void Nomogram_ReferenceData_FitsTheReferenceModel(string name)
    {
        ReferenceCase reference = ReferenceCase.Open(name);
        JsonElement result = StatsCall.Run("nomogram", "--data", reference.File("data.csv"), "--outcome", "y");
        // lrm stops at a gradient that leaves its coefficients up to 1e-6 off.
        JsonComparison compare = new(_ => new(1e-5));
        compare.Same(reference.Result.GetProperty("coef"), result.GetProperty("coef"), "fitted_coef");
        compare.Same(reference.Result.GetProperty("patients").GetProperty("probability"), result.GetProperty("patients").GetProperty("probability"), "fitted_probability");
        compare.Print("nomogram", name);
    }

    [Theory]
    [InlineData("drift/shift")]
    [InlineData("drift/same")]
    [InlineData("drift/ties")]
    [InlineData("drift/empty_bin")]
    public void Drift_ReferenceData_GivesReferenceResult(string name)
    {
        ReferenceCase reference = ReferenceCase.Open(name);
        JsonElement charts = reference.Result.GetProperty("charts");
        JsonElement result = StatsCall.Run(
        [
            "drift", "--data", reference.File("baseline.csv"), "--current", reference.File("current.csv"), "--series", reference.File("series.csv"), "--value", "auc",
            "--in-control", $"{charts.GetProperty("baseline_first").GetInt32()}",
            "--edges", .. ReferenceCase.Arguments(reference.Result.GetProperty("psi_fixed_edges").GetProperty("inner_edges")),
        ]);
        // R forms the exact p-value as one minus the lower tail, and cuts its series.
        Check("drift", name, reference, result, path => path switch
        {
            "ks/p_exact" => new(1e-8, 1e-3),
            "ks/p_default" => new(1e-5, 1e-3),
            _ => Direct,
        });
    }

    [Theory]
    [InlineData("dist/n78")]
    [InlineData("dist/skewed_n60")]
    [InlineData("dist/ties_n90")]
    public void Agreement_ReferenceData_GivesReferenceResult(string name)
    {
        ReferenceCase reference = ReferenceCase.Open(name);
        JsonElement result = StatsCall.Run("agreement", "--data", reference.File("readers.csv"));
        JsonComparison compare = new(_ => Direct);
        compare.Same(reference.Result.GetProperty("icc"), result.GetProperty("icc"), "icc");
        compare.Same(reference.Result.GetProperty("bland_altman_r1_r2"), result.GetProperty("bland_altman_r1_r2"), "bland_altman");
        compare.Print("agreement", name);
        Assert.Equal(["icc/icc21_v"], compare.NotShared);
    }

    [Theory]
    [InlineData("dist/n78")]
    [InlineData("dist/skewed_n60")]
    [InlineData("dist/ties_n90")]
    public void Table1_ReferenceData_GivesReferenceTests(string name)
    {
        ReferenceCase reference = ReferenceCase.Open(name);
        JsonElement tests = StatsCall.Run("table1", "--data", reference.File("data.csv"), "--outcome", "group", "--categorical", "cat").GetProperty("tests");
        JsonComparison compare = new(path => path switch
        {
            // R stops its root search at 1.2e-4.
            "fisher_2x2/odds_ratio_conditional_mle" or "fisher_2x2/ci95" => new(3e-4, 1),
            "mann_whitney/p_exact_no_ties" => new(1e-8, 1e-3),
            _ => Direct,
        });
        foreach (string test in new[] { "descriptives", "welch", "student", "f_test_variances", "mann_whitney" })
            compare.Same(reference.Result.GetProperty(test), tests.GetProperty("cont").GetProperty(test), test);
        foreach (string test in new[] { "chi_squared_2x2", "chi_squared_2x2_yates" })
            compare.Same(reference.Result.GetProperty(test), tests.GetProperty("bin").GetProperty(test), test);
        compare.Same(reference.Result.GetProperty("fisher_2x2"), tests.GetProperty("bin").GetProperty("fisher_2x2"), "fisher_2x2");
        compare.Same(reference.Result.GetProperty("chi_squared_2x3"), tests.GetProperty("cat").GetProperty("chi_squared_2x3"), "chi_squared_2x3");
        compare.Same(reference.Result.GetProperty("fisher_2x3"), tests.GetProperty("cat").GetProperty("fisher_2x3"), "fisher_2x3");
        compare.Print("table1", name);
        Assert.Equal(["mann_whitney/default_rule", "mann_whitney/note"], compare.NotShared);
    }

    [Fact]
    public void Table1_PaperCohort_GivesReferenceTable()
    {
        ReferenceCase reference = ReferenceCase.Open("paper");
        JsonElement expected = reference.Result.GetProperty("table1");
        JsonElement result = StatsCall.Run(
        [
            "table1", "--data", reference.File("cohort.csv"), "--outcome", "progression", "--labels", "control", "progression",
            "--x", .. expected.EnumerateObject().Select(v => v.Name),
        ]);
        JsonComparison compare = new(_ => Direct);
        foreach (JsonProperty variable in expected.EnumerateObject())
            compare.Same(variable.Value, result.GetProperty("table1").GetProperty(variable.Name), "table1");
        compare.Print("table1", "paper");
        Assert.Empty(compare.NotShared);
    }

    private static void Check(string kind, string name, ReferenceCase reference, JsonElement result, Func<string, Tolerance> tolerance)
    {
        JsonComparison compare = new(path => path.StartsWith("args", StringComparison.Ordinal) ? new(0) : tolerance(path));
        compare.Same(reference.Result, result);
        compare.Print(kind, name);
        // What R alone has: how it was called, its other algorithms, notes.
        string[] known =
        [
            "args", "versions", "default_glm", "fit/ci_profile_MASS_spline", "separation/certificate_direction", "separation/min_margin", "separation/expected",
            "glm_epsilon_1e14_maxit25", "limit_fit_without_separated_rows", "firth/note", "firth/max_abs_step",
            "pROC_auto_direction", "pROC_auto_auc", "youden_thresholds_pROC", "closest_topleft_thresholds_pROC", "unpaired_delong_pROC/note",
            "hosmer_lemeshow_quantile7/grouping", "hosmer_lemeshow_quantile7/breaks", "hosmer_lemeshow_equal_count/grouping", "val_prob/D:p",
            "loess_span75/degree2_direct_se", "loess_span75/degree2_interpolate", "bootstrap_own/index_file", "rms_validate", "rms_calibrate",
            "warnings", "probability_axis_rms", "check_max_abs_prob_diff", "ks/p_asymptotic_R", "charts/page_hinkley/running_mean",
        ];
        Assert.All(compare.NotShared, path => Assert.Contains(known, k => path == k || path.EndsWith("/" + k, StringComparison.Ordinal)));
    }
}
