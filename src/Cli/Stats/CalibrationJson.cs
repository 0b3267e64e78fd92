using System.Text.Json.Nodes;
using HccPipeline.Statistics.Calibration;
using static HccPipeline.Cli.Stats.JsonNumbers;

namespace HccPipeline.Cli.Stats;

/// <summary>Calibration as JSON, named as the reference results name it.</summary>
internal static class CalibrationJson
{
    private const double LowessSpan = 2.0 / 3;
    private const double SkippedShare = 0.01;

    /// <summary>Everything that probabilities and outcomes say.</summary>
    public static void AddCurves(JsonObject result, double[] p, double[] y)
    {
        Brier brier = Brier.Compute(p, y);
        result["brier"] = brier.Score;
        result["brier_null"] = brier.Null;
        result["brier_scaled"] = brier.Scaled;
        result["log_loss"] = Node(brier.LogLoss);
        result["spiegelhalter_z"] = Node(brier.SpiegelhalterZ);
        result["spiegelhalter_p"] = Node(brier.SpiegelhalterP);
        result["observed_expected_ratio"] = brier.ObservedToExpected;
        double[] lp = LogitRecalibration.Logits(p);
        result["calibration_in_the_large_offset"] = Term(LogitRecalibration.InTheLarge(lp, y));
        InterceptAndSlope? fit = LogitRecalibration.Fit(lp, y);
        result["calibration_intercept_slope"] = Both(fit);
        result["hosmer_lemeshow_quantile7"] = Test(HosmerLemeshow.ByQuantile(p, y));
        result["hosmer_lemeshow_equal_count"] = Test(HosmerLemeshow.ByEqualCount(p, y));
        LowessCurve curve = Lowess.Fit(p, y, LowessSpan);
        CalibrationErrors errors = CalibrationErrors.Of(p, curve);
        result["val_prob"] = ValProb(ValidationSummary.Compute(p, y), fit, brier, errors);
        result["lowess_iter0"] = Curve(p, curve, SkippedShare, 0);
        result["lowess_iter0_delta0"] = Curve(p, Lowess.Fit(p, y, LowessSpan, delta: 0), 0, 0);
        result["lowess_iter3"] = Curve(p, Lowess.Fit(p, y, LowessSpan, robustIterations: 3), SkippedShare, 3);
        double[] grid = Grid(p);
        result["loess_span75"] = new JsonObject
        {
            ["grid"] = Node(grid), ["degree2_direct"] = Node(Loess.Fit(p, y, grid)), ["degree1_direct"] = Node(Loess.Fit(p, y, grid, degree: 1)),
        };
    }

    public static JsonObject Optimism(Optimism optimism)
    {
        OptimismEstimate[] measures = [optimism.Auc, optimism.Intercept, optimism.Slope, optimism.Brier];
        return new()
        {
            ["B"] = optimism.Train.Length,
            ["metrics"] = Node(["auc", "cal_intercept", "cal_slope", "brier"]),
            ["original"] = Node(measures.Select(m => m.Apparent)),
            ["train_mean"] = Node(measures.Select(m => m.Train)),
            ["test_mean"] = Node(measures.Select(m => m.Test)),
            ["optimism"] = Node(measures.Select(m => m.Optimism)),
            ["corrected"] = Node(measures.Select(m => m.Corrected)),
            ["replicates"] = Node(measures.Select(m => m.Replicates)),
            ["per_replicate"] = new JsonObject
            {
                ["auc_train"] = Node(optimism.Train.Select(m => m.Auc)),
                ["auc_test"] = Node(optimism.Test.Select(m => m.Auc)),
                ["intercept_test"] = Node(optimism.Test.Select(m => m.Intercept)),
                ["slope_test"] = Node(optimism.Test.Select(m => m.Slope)),
                ["brier_train"] = Node(optimism.Train.Select(m => m.Brier)),
                ["brier_test"] = Node(optimism.Test.Select(m => m.Brier)),
            },
        };
    }

    public static JsonObject Centres(LeaveOneCentreOut result, IReadOnlyDictionary<int, string> labels) => new()
    {
        ["auc"] = RocJson.Estimate(result.PooledAuc),
        ["linear_predictor"] = Node(result.LinearPredictor),
        ["centres"] = Node(result.Centres.Select(c => (JsonNode?)new JsonObject
        {
            ["centre"] = labels[c.Centre],
            ["n"] = c.Rows,
            ["events"] = c.Events,
            ["auc"] = c.Auc is { } auc ? RocJson.Estimate(auc) : null,
            ["calibration_in_the_large_offset"] = c.InTheLarge is { } term ? Term(term) : null,
            ["calibration_intercept_slope"] = Both(c.Recalibration),
            ["brier"] = c.Brier,
        })),
    };

    private static JsonObject Term(LogitTerm term) => new() { ["coef"] = term.Coefficient, ["se"] = term.StandardError, ["p"] = term.P };

    private static JsonObject? Both(InterceptAndSlope? fit) => fit is null ? null : new()
    {
        ["coef"] = Node([fit.Intercept.Coefficient, fit.Slope.Coefficient]),
        ["se"] = Node([fit.Intercept.StandardError, fit.Slope.StandardError]),
        ["p"] = Node([fit.Intercept.P, fit.Slope.P]),
    };

    private static JsonObject Test(HosmerLemeshow test) => new()
    {
        ["n"] = Node(test.Groups.Select(g => g.Count)),
        ["observed"] = Node(test.Groups.Select(g => g.Observed)),
        ["expected"] = Node(test.Groups.Select(g => g.Expected)),
        ["mean_pred"] = Node(test.Groups.Select(g => g.MeanPredicted)),
        ["obs_rate"] = Node(test.Groups.Select(g => g.ObservedRate)),
        ["chisq"] = Node(test.ChiSquared),
        ["df"] = test.DegreesOfFreedom,
        ["p"] = Node(test.P),
        ["df_external"] = test.Groups.Length,
        ["p_external"] = Node(test.PExternal),
    };

    private static JsonObject ValProb(ValidationSummary? summary, InterceptAndSlope? fit, Brier brier, CalibrationErrors errors) => new()
    {
        ["Dxy"] = Node(summary?.SomersD),
        ["C (ROC)"] = Node(summary?.Auc),
        ["R2"] = Node(summary?.NagelkerkeR2),
        ["D"] = Node(summary?.Discrimination),
        ["D:Chi-sq"] = Node(summary?.DiscriminationChiSquared),
        ["U"] = Node(summary?.Unreliability),
        ["U:Chi-sq"] = Node(summary?.UnreliabilityChiSquared),
        ["U:p"] = Node(summary?.UnreliabilityP),
        ["Q"] = Node(summary?.Quality),
        ["Brier"] = brier.Score,
        ["Intercept"] = Node(fit?.Intercept.Coefficient),
        ["Slope"] = Node(fit?.Slope.Coefficient),
        ["Emax"] = errors.Max,
        ["E90"] = errors.Percentile90,
        ["Eavg"] = errors.Mean,
        ["S:z"] = Node(brier.SpiegelhalterZ),
        ["S:p"] = Node(brier.SpiegelhalterP),
    };

    private static JsonObject Curve(double[] p, LowessCurve curve, double skippedShare, int iterations)
    {
        CalibrationErrors errors = CalibrationErrors.Of(p, curve);
        return new()
        {
            ["f"] = LowessSpan,
            ["iter"] = iterations,
            ["delta"] = skippedShare * (p.Max() - p.Min()),
            ["x"] = Node(curve.X),
            ["y"] = Node(curve.Y),
            ["errors"] = new JsonObject { ["emax"] = errors.Max, ["e90"] = errors.Percentile90, ["e50"] = errors.Median, ["eavg"] = errors.Mean },
        };
    }

    // Multiples of 0.02 inside the range of the predictions, added up as R's seq does.
    private static double[] Grid(double[] p)
    {
        double low = Math.Ceiling(p.Min() * 50) / 50, high = Math.Floor(p.Max() * 50) / 50;
        return [.. Enumerable.Range(0, Math.Max(0, (int)(((high - low) / 0.02) + 1e-10) + 1)).Select(i => low + (i * 0.02))];
    }
}
