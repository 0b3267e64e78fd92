using System.CommandLine;
using System.Text.Json.Nodes;
using HccPipeline.Statistics.Linear;
using HccPipeline.Statistics.Logistic;

namespace HccPipeline.Cli.Stats;

/// <summary><c>hcc stats logistic</c>: maximum likelihood and Firth, profile limits, VIF, univariable table.</summary>
internal static class LogisticCommand
{
    public static Command Create()
    {
        Option<string> data = StatsOptions.Data(), outcome = StatsOptions.Outcome();
        Option<string?> output = StatsOptions.Out(), weights = StatsOptions.Weights(), offset = StatsOptions.Offset();
        Option<string[]> x = StatsOptions.X(), exclude = StatsOptions.Exclude();
        Option<bool> noProfile = new("--no-profile") { Description = "Leave out profile-likelihood limits, which cost two root searches a coefficient." };
        Command command = new(
            "logistic",
            """
            Logistic regression with Wald and profile-likelihood limits, odds ratios per unit and per SD, likelihood-ratio tests, VIF, a table of
            univariable models and Firth's estimates. Separated classes are named; then only Firth's estimates are given.

            Examples:
              hcc stats logistic --data cohort.csv --outcome progression --x T2SIR ADC NLR --out model.json
              hcc stats logistic --data counts.csv --outcome y --weights n
            """)
        {
            data, outcome, x, exclude, output, weights, offset, noProfile,
        };
        command.Does(output, (parse, _) =>
        {
            CsvTable table = CsvTable.Read(parse.GetRequiredValue(data));
            double[] y = table.Outcome(parse.GetRequiredValue(outcome));
            string[] names = StatsOptions.Predictors(parse, table, x, exclude, parse.GetRequiredValue(outcome), parse.GetValue(weights), parse.GetValue(offset));
            DesignMatrix design = table.Design(names);
            LogisticOptions options = new()
            {
                Weights = parse.GetValue(weights) is { } w ? table.Weights(w) : null,
                Offset = parse.GetValue(offset) is { } o ? table.Numbers(o) : null,
            };
            return Result(design, y, options, withProfile: !parse.GetValue(noProfile));
        });
        return command;
    }

    private static JsonObject Result(DesignMatrix x, double[] y, LogisticOptions options, bool withProfile)
    {
        JsonObject result = new() { ["kind"] = "logistic", ["n"] = x.RowCount, ["p"] = x.ColumnCount, ["positives"] = (int)y.Sum(), ["sample_size"] = SampleSizeJson.Of(y, x.ColumnCount) };
        LogisticFit? fit = null;
        try
        {
            fit = LogisticRegression.Fit(x, y, options);
        }
        catch (SeparatedDataException e)
        {
            Console.Error.WriteLine($"hcc: {e.Message}");
            result["separation"] = LogisticJson.Separated(e.Separation);
        }
        if (fit is not null)
        {
            result["fit"] = LogisticJson.Fit(x, y, fit, options, withProfile);
            if (fit.Rank > 1)
                result["vif"] = LogisticJson.Vif(x, fit);
        }
        result["univariable"] = LogisticJson.Univariable(UnivariableScreen.Run(x, y, options));
        AddFirth(result, x, y, options);
        return result;
    }

    private static void AddFirth(JsonObject result, DesignMatrix x, double[] y, LogisticOptions options)
    {
        try
        {
            result["firth"] = LogisticJson.Firth(LogisticRegression.Fit(x, y, options with { Estimator = LogisticEstimator.Firth }));
        }
        catch (UnusableDataException e)
        {
            // The data were fit for everything before: it is Firth's likelihood alone that has no maximum within reach.
            result["firth"] = null;
            result["firth_reason"] = e.Message;
        }
    }
}
