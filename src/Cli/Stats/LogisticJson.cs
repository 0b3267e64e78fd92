using System.Text.Json.Nodes;
using HccPipeline.Statistics.Linear;
using HccPipeline.Statistics.Logistic;
using static HccPipeline.Cli.Stats.JsonNumbers;

namespace HccPipeline.Cli.Stats;

/// <summary>Logistic models as JSON, named as the reference results name them.</summary>
internal static class LogisticJson
{
    public static JsonObject Fit(DesignMatrix x, double[] y, LogisticFit fit, LogisticOptions options, bool withProfile)
    {
        int counted = options.Weights?.Count(w => w > 0) ?? x.RowCount;
        JsonObject json = Estimates(fit);
        json["or_per_sd"] = Node(fit.OddsRatiosPerSd.Select(o => o.Value));
        json["or_per_sd_lower"] = Node(fit.OddsRatiosPerSd.Select(o => o.Lower));
        json["or_per_sd_upper"] = Node(fit.OddsRatiosPerSd.Select(o => o.Upper));
        json["vcov"] = Rows(fit.Covariance);
        json["loglik"] = fit.LogLikelihood;
        json["deviance"] = fit.Deviance;
        json["null_deviance"] = fit.NullDeviance;
        json["df_residual"] = counted - fit.Rank;
        json["df_null"] = counted - 1;
        json["rank"] = fit.Rank;
        json["aliased"] = Node(fit.Aliased.Select(j => x.ColumnNames![j]));
        json["aic"] = fit.Aic;
        json["bic"] = fit.Bic;
        json["iter"] = fit.Iterations;
        json["lr_chisq"] = fit.OverallTest.ChiSquared;
        json["lr_df"] = fit.OverallTest.DegreesOfFreedom;
        json["lr_p"] = fit.OverallTest.PValue;
        LikelihoodRatioTest[] dropped = DropOneTests.Run(x, y, fit, options);
        json["drop1"] = new JsonObject
        {
            ["names"] = Node(x.ColumnNames!), ["lrt"] = Node(dropped.Select(t => t.ChiSquared)), ["df"] = Node(dropped.Select(t => t.DegreesOfFreedom)),
            ["p"] = Node(dropped.Select(t => t.PValue)),
        };
        json["mcfadden_r2"] = fit.McFaddenR2;
        json["fitted"] = Node(fit.Predict(x, options.Offset));
        json["linear_predictor"] = Node(fit.LinearPredictors(x, options.Offset));
        if (withProfile)
        {
            (double Lower, double Upper)[] limits = [.. Enumerable.Range(0, x.ColumnCount + 1).Select(t => ProfileLikelihood.Interval(x, y, fit, t, options))];
            json["ci_profile_exact"] = Node(limits.Select(l => (JsonNode?)Node([l.Lower, l.Upper])));
            json["or_ci_profile_exact"] = Node(limits.Select(l => (JsonNode?)Node([Math.Exp(l.Lower), Math.Exp(l.Upper)])));
        }
        return json;
    }

    public static JsonObject Firth(LogisticFit fit)
    {
        JsonObject json = Estimates(fit);
        json["iterations"] = fit.Iterations;
        json["loglik"] = fit.LogLikelihood;
        json["penalised_loglik"] = fit.PenalisedLogLikelihood;
        return json;
    }

    public static JsonObject Vif(DesignMatrix x, LogisticFit fit) => new()
    {
        ["names"] = Node(x.ColumnNames!),
        ["ols"] = Node(VarianceInflation.OfPredictors(x)),
        ["vcov"] = Node(VarianceInflation.OfEstimates(fit)),
    };

    public static JsonArray Univariable(IEnumerable<UnivariableResult> table) => Node(table.Select(line => (JsonNode?)new JsonObject
    {
        ["name"] = line.Name,
        ["coef"] = line.Fit is { } fit ? Node(fit.Coefficients) : null,
        ["se"] = line.Fit is { } f ? Node(f.StandardErrors) : null,
        ["p"] = line.Fit is { } g ? Node(g.PValues) : null,
        ["or"] = Node(line.OddsRatio?.Value),
        ["or_lower"] = Node(line.OddsRatio?.Lower),
        ["or_upper"] = Node(line.OddsRatio?.Upper),
        ["or_per_sd"] = Node(line.OddsRatioPerSd?.Value),
        ["or_per_sd_lower"] = Node(line.OddsRatioPerSd?.Lower),
        ["or_per_sd_upper"] = Node(line.OddsRatioPerSd?.Upper),
        ["lr_chisq"] = Node(line.Test?.ChiSquared),
        ["lr_p"] = Node(line.Test?.PValue),
        ["remark"] = line.Remark,
    }));

    public static JsonObject Separated(Separation separation) => new()
    {
        ["type"] = separation.Kind == SeparationKind.Complete ? "complete" : "quasi-complete",
        ["columns"] = Node(separation.Columns.Select(c => c.Trim('\''))),
        ["direction"] = Node(separation.Direction),
        ["rows_with_positive_margin"] = separation.SeparatedRows,
    };

    private static JsonObject Estimates(LogisticFit fit) => new()
    {
        ["names"] = Node(fit.Names),
        ["coef"] = Node(fit.Coefficients),
        ["se"] = Node(fit.StandardErrors),
        ["z"] = Node(fit.ZValues),
        ["p"] = Node(fit.PValues),
        ["wald_lower"] = Node(fit.Lower),
        ["wald_upper"] = Node(fit.Upper),
        ["or"] = Node(fit.Coefficients.Select(Math.Exp)),
        ["or_wald_lower"] = Node(fit.Lower.Select(Math.Exp)),
        ["or_wald_upper"] = Node(fit.Upper.Select(Math.Exp)),
    };
}
