using System.Text.Json.Nodes;
using HccPipeline.Statistics.Agreement;
using HccPipeline.Statistics.Discrimination;
using static HccPipeline.Cli.Stats.JsonNumbers;

namespace HccPipeline.Cli.Stats;

/// <summary>Discrimination as JSON, named as the reference results name it.</summary>
internal static class RocJson
{
    public static JsonObject Curve(double[] scores, double[] y, double threshold)
    {
        RocCurve curve = RocCurve.Compute(scores, y);
        AucEstimate auc = DeLong.Estimate(curve), narrow = DeLong.Estimate(curve, 0.9);
        PrecisionRecall recall = PrecisionRecall.Compute(scores, y);
        double[] cases = [.. scores.Where((_, i) => y[i] == 1)], controls = [.. scores.Where((_, i) => y[i] == 0)];
        return new()
        {
            ["n_cases"] = curve.Cases,
            ["n_controls"] = curve.Controls,
            ["auc"] = auc.Auc,
            ["delong_var"] = auc.Variance,
            ["delong_se"] = auc.StandardError,
            ["ci95"] = Node([auc.Lower, auc.Upper]),
            ["ci90"] = Node([narrow.Lower, narrow.Upper]),
            ["ci95_logit_own_formula"] = Node([auc.LogitLower, auc.LogitUpper]),
            ["mann_whitney_p_corrected"] = Node(MannWhitney.Test(cases, controls).PCorrected),
            ["points"] = new JsonObject { ["threshold"] = Node(curve.Thresholds), ["sensitivity"] = Node(curve.Sensitivities), ["specificity"] = Node(curve.Specificities) },
            ["youden_thresholds_exact_ties"] = Node(Youden.Thresholds(curve)),
            ["closest_topleft_thresholds"] = Node(Youden.ClosestToCorner(curve)),
            ["at_youden"] = Rule(Youden.Best(curve)),
            [threshold == 0.5 ? "at_half" : "at_threshold"] = Rule(OperatingPoint.At(scores, y, threshold)),
            ["average_precision"] = recall.AveragePrecision,
            ["precision_recall"] = new JsonObject
            {
                ["threshold"] = Node(recall.Points.Select(p => p.Threshold)), ["recall"] = Node(recall.Points.Select(p => p.Recall)),
                ["precision"] = Node(recall.Points.Select(p => p.Precision)),
            },
        };
    }

    public static JsonObject Estimate(AucEstimate auc) => new()
    {
        ["auc"] = auc.Auc, ["delong_se"] = auc.StandardError, ["ci95"] = Node([auc.Lower, auc.Upper]), ["n_cases"] = auc.Cases, ["n_controls"] = auc.Controls,
    };

    public static JsonObject Bootstrap(AucBootstrap interval) => new()
    {
        ["B"] = interval.Replicates, ["ci95"] = Node([interval.Lower, interval.Upper]),
    };

    public static JsonObject Paired(string first, string second, PairedAucTest test) => new()
    {
        ["first"] = first,
        ["second"] = second,
        ["z"] = Node(test.Z),
        ["p"] = Node(test.P),
        ["auc_diff"] = test.Difference,
        ["auc_diff_ci95"] = Node([test.Lower, test.Upper]),
        ["var1"] = test.First.Variance,
        ["var2"] = test.Second.Variance,
        ["cov12"] = test.Covariance,
    };

    public static JsonObject Unpaired(UnpairedAucTest test) => new()
    {
        ["D"] = Node(test.Statistic), ["df"] = Node(test.DegreesOfFreedom), ["p"] = Node(test.P), ["auc_diff"] = Node(test.Difference),
        ["auc_diff_ci95"] = Node([test.Lower, test.Upper]),
    };

    private static JsonObject Rule(OperatingPoint rule) => new()
    {
        ["threshold"] = Node(rule.Threshold),
        ["tp"] = rule.TruePositives,
        ["fp"] = rule.FalsePositives,
        ["fn"] = rule.FalseNegatives,
        ["tn"] = rule.TrueNegatives,
        ["sensitivity"] = Share(rule.Sensitivity),
        ["specificity"] = Share(rule.Specificity),
        ["ppv"] = Share(rule.PositivePredictiveValue),
        ["npv"] = Share(rule.NegativePredictiveValue),
        ["accuracy"] = Share(rule.Accuracy),
        ["f1"] = Node(rule.F1),
        ["youden"] = rule.YoudenIndex,
        ["mcc"] = Node(rule.MatthewsCorrelation),
    };

    private static JsonObject Share(Proportion p) => new()
    {
        ["value"] = Node(p.Value),
        ["k"] = p.Successes,
        ["n"] = p.Trials,
        ["ci_exact"] = Node([p.ExactLower, p.ExactUpper]),
        ["ci_wilson"] = Node([p.WilsonLower, p.WilsonUpper]),
    };
}
