using System.Text.Json;
using HccPipeline.Statistics.Calibration;
using Xunit;

namespace HccPipeline.Statistics.Tests.Calibration;

/// <summary>rms::val.prob, glm, lowess and the formulas of the reference README.</summary>
public sealed class CalibrationConformityTests
{
    public static TheoryData<string> Cases => ["calibration/n78", "calibration/n300", "calibration/ties_n150", "paper/calibration_combined"];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Brier_ReferenceCase_MatchesR(string name)
    {
        ReferenceCase reference = ReferenceCase.Open(name);
        JsonElement r = reference.Result;
        Brier brier = Brier.Compute(reference.Column("data.csv", "p"), reference.Column("data.csv", "y"));
        Comparison compare = new(1e-8);
        compare.Same("Brier", r.GetProperty("brier"), brier.Score);
        compare.Same("Brier null", r.GetProperty("brier_null"), brier.Null);
        compare.Same("Brier scaled", r.GetProperty("brier_scaled"), brier.Scaled);
        compare.Same("log loss", r.GetProperty("log_loss"), brier.LogLoss);
        compare.Same("O/E", r.GetProperty("observed_expected_ratio"), brier.ObservedToExpected);
        compare.Same("Spiegelhalter z", r.GetProperty("spiegelhalter_z"), brier.SpiegelhalterZ);
        compare.Same("Spiegelhalter p", r.GetProperty("spiegelhalter_p"), brier.SpiegelhalterP);
        compare.Print(name);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void LogitRecalibration_ReferenceCase_MatchesGlm(string name)
    {
        ReferenceCase reference = ReferenceCase.Open(name);
        double[] y = reference.Column("data.csv", "y"), lp = LogitRecalibration.Logits(reference.Column("data.csv", "p"));
        Comparison compare = new(1e-7);
        LogitTerm large = LogitRecalibration.InTheLarge(lp, y);
        JsonElement r = reference.Result.GetProperty("calibration_in_the_large_offset");
        compare.Same("in the large", r.GetProperty("coef"), large.Coefficient);
        compare.Same("in the large se", r.GetProperty("se"), large.StandardError);
        compare.Same("in the large p", r.GetProperty("p"), large.P);
        InterceptAndSlope fit = LogitRecalibration.Fit(lp, y)!;
        r = reference.Result.GetProperty("calibration_intercept_slope");
        compare.Same("intercept, slope", r.GetProperty("coef"), [fit.Intercept.Coefficient, fit.Slope.Coefficient]);
        compare.Same("intercept, slope se", r.GetProperty("se"), [fit.Intercept.StandardError, fit.Slope.StandardError]);
        // glm takes the standard error one iteration before the estimate: 2e-8 there is 3e-7 in a p-value of 1e-5.
        compare.Same("intercept, slope p", r.GetProperty("p"), [fit.Intercept.P, fit.Slope.P], 1e-6);
        compare.Print(name);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void HosmerLemeshow_ReferenceCase_MatchesR(string name)
    {
        ReferenceCase reference = ReferenceCase.Open(name);
        double[] y = reference.Column("data.csv", "y"), p = reference.Column("data.csv", "p");
        Comparison compare = new(1e-8);
        HosmerLemeshow quantile = HosmerLemeshow.ByQuantile(p, y), equal = HosmerLemeshow.ByEqualCount(p, y);
        Check(compare, reference.Result.GetProperty("hosmer_lemeshow_quantile7"), quantile);
        Check(compare, reference.Result.GetProperty("hosmer_lemeshow_equal_count"), equal);
        compare.Same("HL p external", reference.Result.GetProperty("hosmer_lemeshow_quantile7").GetProperty("p_external"), quantile.PExternal);
        compare.Print(name);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Lowess_ReferenceCase_MatchesR(string name)
    {
        ReferenceCase reference = ReferenceCase.Open(name);
        double[] y = reference.Column("data.csv", "y"), p = reference.Column("data.csv", "p");
        Comparison compare = new(1e-8);
        LowessCurve plain = Lowess.Fit(p, y), exact = Lowess.Fit(p, y, delta: 0), robust = Lowess.Fit(p, y, robustIterations: 3);
        JsonElement r = reference.Result.GetProperty("lowess_iter0");
        compare.Same("lowess x", r.GetProperty("x"), plain.X);
        compare.Same("lowess", r.GetProperty("y"), plain.Y);
        Errors(compare, r.GetProperty("errors"), CalibrationErrors.Of(p, plain));
        r = reference.Result.GetProperty("lowess_iter0_delta0");
        compare.Same("lowess without skipping", r.GetProperty("y"), exact.Y);
        Errors(compare, r.GetProperty("errors"), CalibrationErrors.Of(p, exact));
        compare.Same("lowess robust", reference.Result.GetProperty("lowess_iter3").GetProperty("y"), robust.Y);
        compare.Print(name);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Loess_ReferenceCase_MatchesDirectSurface(string name)
    {
        ReferenceCase reference = ReferenceCase.Open(name);
        double[] y = reference.Column("data.csv", "y"), p = reference.Column("data.csv", "p");
        JsonElement r = reference.Result.GetProperty("loess_span75");
        double[] grid = [.. r.GetProperty("grid").EnumerateArray().Select(e => e.GetDouble())];
        Comparison compare = new(1e-8);
        compare.Same("loess degree 2", r.GetProperty("degree2_direct"), Loess.Fit(p, y, grid));
        compare.Same("loess degree 1", r.GetProperty("degree1_direct"), Loess.Fit(p, y, grid, degree: 1));
        compare.Print(name);
    }

    private static void Errors(Comparison compare, JsonElement r, CalibrationErrors errors)
    {
        compare.Same("Emax", r.GetProperty("emax"), errors.Max);
        compare.Same("E90", r.GetProperty("e90"), errors.Percentile90);
        compare.Same("E50", r.GetProperty("e50"), errors.Median);
        compare.Same("Eavg", r.GetProperty("eavg"), errors.Mean);
    }

    private static void Check(Comparison compare, JsonElement r, HosmerLemeshow test)
    {
        compare.Same("HL n", r.GetProperty("n"), test.Groups.Select(g => g.Count));
        compare.Same("HL observed", r.GetProperty("observed"), test.Groups.Select(g => g.Observed));
        compare.Same("HL expected", r.GetProperty("expected"), test.Groups.Select(g => g.Expected));
        compare.Same("HL chi-squared", r.GetProperty("chisq"), test.ChiSquared);
        compare.Same("HL df", r.GetProperty("df"), test.DegreesOfFreedom, 0);
        compare.Same("HL p", r.GetProperty("p"), test.P);
    }
}
