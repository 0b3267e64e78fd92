using System.Text.Json.Nodes;
using HccPipeline.Statistics.Survival;
using static HccPipeline.Cli.Stats.JsonNumbers;

namespace HccPipeline.Cli.Stats;

/// <summary>Survival as JSON, named as the reference results name it.</summary>
internal static class SurvivalJson
{
    private static readonly double[] QuartileProbabilities = [0.25, 0.5, 0.75];

    public static JsonObject Curve(SurvivalCurve curve, double tau, double[] times)
    {
        RestrictedMean mean = curve.RestrictedMean(tau);
        return new()
        {
            ["n"] = curve.Count,
            ["events"] = curve.Events,
            ["time"] = Node(curve.Steps.Select(s => s.Time)),
            ["n_risk"] = Node(curve.Steps.Select(s => s.AtRisk)),
            ["n_event"] = Node(curve.Steps.Select(s => s.Events)),
            ["n_censor"] = Node(curve.Steps.Select(s => s.Censored)),
            ["surv"] = Node(curve.Steps.Select(s => s.Survival)),
            ["std_err_surv"] = Node(curve.Steps.Select(s => s.SurvivalError)),
            ["std_err_cumhaz"] = Node(curve.Steps.Select(s => s.CumulativeHazardError)),
            ["ci_log"] = Band(curve.Steps.Select(s => s.Log)),
            ["ci_loglog"] = Band(curve.Steps.Select(s => s.LogLog)),
            ["ci_plain"] = Band(curve.Steps.Select(s => s.Plain)),
            ["median_log"] = Quantiles(curve, BandScale.Log),
            ["median_loglog"] = Quantiles(curve, BandScale.LogLog),
            ["rmst"] = new JsonObject { ["tau"] = tau, ["rmean"] = mean.Mean, ["se"] = Node(mean.StandardError) },
            ["landmark"] = Landmark(curve, times),
        };
    }

    public static JsonObject LogRank(LogRankResult test) => new()
    {
        ["groups"] = Node(test.Groups),
        ["n"] = Node(test.Counts),
        ["observed"] = Node(test.Observed),
        ["expected"] = Node(test.Expected),
        ["var"] = Rows(test.Covariance, test.Groups.Length),
        ["chisq"] = test.ChiSquared,
        ["df"] = test.DegreesOfFreedom,
        ["p"] = test.P,
    };

    public static JsonObject Cox(double[] time, double[] status, double[][] columns, string[] names, TieMethod ties)
    {
        double[] x = [.. Enumerable.Range(0, time.Length).SelectMany(i => columns.Select(c => c[i]))];
        CoxFit fit = CoxRegression.Fit(time, status, x, names, ties);
        JsonObject json = new()
        {
            ["names"] = Node(fit.Terms.Select(t => t.Name)),
            ["coef"] = Node(fit.Terms.Select(t => t.Coefficient)),
            ["se"] = Node(fit.Terms.Select(t => t.StandardError)),
            ["hr"] = Node(fit.Terms.Select(t => t.HazardRatio)),
            ["hr_lower"] = Node(fit.Terms.Select(t => t.Lower)),
            ["hr_upper"] = Node(fit.Terms.Select(t => t.Upper)),
            ["z"] = Node(fit.Terms.Select(t => t.Z)),
            ["p"] = Node(fit.Terms.Select(t => t.P)),
            ["infinite"] = Node(fit.Terms.Where(t => t.IsInfinite).Select(t => t.Name)),
            ["loglik_null"] = fit.NullLogLikelihood,
            ["loglik"] = fit.LogLikelihood,
            ["lr"] = Test(fit.LikelihoodRatio),
            ["wald"] = Test(fit.Wald),
            ["score"] = Test(fit.Score),
            ["vcov"] = Rows(fit.Covariance, fit.Terms.Length),
        };
        Add(json, fit.Concordance);
        if (!fit.Terms.Any(t => t.IsInfinite))
            AddProportionality(json, [.. ProportionalHazards.Check(time, status, x, fit)]);
        return json;
    }

    private static void AddProportionality(JsonObject json, ProportionalityTest[] tests)
    {
        if (tests.All(t => t.P is null))
        {
            json["proportional_hazards"] = null;
            json["proportional_hazards_reason"] = "The risk sets of the events say nothing about a change with time, as when all events share one time.";
            return;
        }
        json["proportional_hazards"] = Node(tests.Select(t => (JsonNode?)new JsonObject
        {
            ["name"] = t.Name, ["chisq"] = Node(t.ChiSquared), ["df"] = t.DegreesOfFreedom, ["p"] = Node(t.P),
        }));
    }

    public static JsonObject Score(double[] time, double[] status, double[] score, double[] times)
    {
        JsonObject json = [];
        Add(json, Concordance.Of(time, status, score));
        json["time_dependent_auc"] = Node(times.Select(t => TimeDependentAuc.At(time, status, score, t)).Select(a => (JsonNode?)new JsonObject
        {
            ["time"] = a.Horizon, ["auc"] = Node(a.Auc), ["se"] = Node(a.StandardError), ["ci95"] = a.Auc is null ? null : Node([a.Lower, a.Upper]), ["n_cases"] = a.Cases, ["n_controls"] = a.Controls, ["censored_before"] = a.CensoredBefore,
        }));
        return json;
    }

    private static void Add(JsonObject json, Concordance c)
    {
        json["concordance"] = Node(c.C);
        json["concordance_se"] = Node(c.StandardError);
        json["concordant"] = c.Concordant;
        json["discordant"] = c.Discordant;
        json["tied_x"] = c.TiedScore;
        json["tied_y"] = c.TiedTime;
        json["tied_xy"] = c.TiedBoth;
    }

    private static JsonArray Test(ModelTest test) => Node([test.Statistic, test.DegreesOfFreedom, test.P]);

    private static JsonObject Band(IEnumerable<ConfidenceBand> bands)
    {
        ConfidenceBand[] all = [.. bands];
        return new() { ["lower"] = Node(all.Select(b => b.Lower)), ["upper"] = Node(all.Select(b => b.Upper)) };
    }

    private static JsonObject Quantiles(SurvivalCurve curve, BandScale scale)
    {
        SurvivalQuantile[] q = [.. QuartileProbabilities.Select(p => curve.Quantile(p, scale))];
        return new()
        {
            ["probs"] = Node(QuartileProbabilities), ["quantile"] = Node(q.Select(v => v.Time)), ["lower"] = Node(q.Select(v => v.Lower)),
            ["upper"] = Node(q.Select(v => v.Upper)),
        };
    }

    private static JsonObject Landmark(SurvivalCurve curve, double[] times)
    {
        SurvivalStep?[] steps = [.. times.Select(curve.StepAt)];
        return new()
        {
            ["times"] = Node(times),
            ["surv"] = Node(times.Select(curve.SurvivalAt)),
            ["std_err"] = Node(steps.Select(s => s is null ? 0 : s.SurvivalError)),
            ["n_risk"] = Node(times.Select(curve.AtRiskAt)),
            ["lower_loglog"] = Node(steps.Select(s => s?.LogLog.Lower)),
            ["upper_loglog"] = Node(steps.Select(s => s?.LogLog.Upper)),
        };
    }
}
