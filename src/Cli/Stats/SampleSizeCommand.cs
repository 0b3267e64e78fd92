using System.CommandLine;
using System.Text.Json.Nodes;
using HccPipeline.Cli.Output;
using HccPipeline.Statistics.SampleSize;

namespace HccPipeline.Cli.Stats;

/// <summary><c>hcc stats sample-size</c>: Riley's criteria, events per candidate parameter.</summary>
internal static class SampleSizeCommand
{
    public static Command Create()
    {
        Option<string?> data = new("--data") { Description = "Table whose rows, share of events and predictors are asked about, CSV (default: the numbers given).", HelpName = "FILE" };
        Option<string?> outcome = new("--outcome") { Description = "Its column with the outcome, 0 or 1.", HelpName = "COLUMN" };
        Option<string?> output = StatsOptions.Out();
        Option<string[]> x = StatsOptions.Columns("--x", "Its candidate predictors, one parameter each (default: all other columns)."), exclude = StatsOptions.Exclude();
        Option<int?> parameters = new("--parameters") { Description = "Candidate parameters, those that selection will drop included (default: the predictors of --data).", HelpName = "P" };
        Option<double?> prevalence = new("--prevalence") { Description = "Anticipated share of events (default: that of --data).", HelpName = "SHARE" };
        Option<double?> auc = new("--auc") { Description = "Anticipated AUC of the model.", HelpName = "A" };
        Option<double?> coxSnell = new("--r2") { Description = "Anticipated Cox-Snell R2 of the model.", HelpName = "R" };
        Option<double?> nagelkerke = new("--nagelkerke") { Description = "Anticipated Nagelkerke R2 (default: 0.15, for when nothing is known).", HelpName = "R" };
        Option<double> shrinkage = new("--shrinkage") { Description = "Shrinkage factor aimed at.", HelpName = "S", DefaultValueFactory = _ => 0.9 };
        Option<int?> rows = new("--n") { Description = "Patients at hand (default: the rows of --data).", HelpName = "N" };
        Command command = new(
            "sample-size",
            """
            How many patients a prediction model of a binary outcome needs: Riley's three criteria, events per candidate parameter, and the
            shrinkage to expect with the patients at hand.

            Examples:
              hcc stats sample-size --parameters 24 --prevalence 0.174 --r2 0.288 --out size.json
              hcc stats sample-size --parameters 20 --prevalence 0.59 --auc 0.81 --n 78
              hcc stats sample-size --data cohort.csv --outcome progression --exclude id --auc 0.75
            """)
        {
            parameters, prevalence, auc, coxSnell, nagelkerke, shrinkage, rows, data, outcome, x, exclude, output,
        };
        command.Does(output, (parse, _) =>
        {
            (int p, double share, int? n) = (parse.GetValue(parameters), parse.GetValue(prevalence), parse.GetValue(rows)) switch
            {
                var (count, of, hand) when parse.GetValue(data) is { } file => FromTable(file, count, of, hand),
                ({ } count, { } of, var hand) => (count, of, hand),
                _ => throw new CliException("Give --parameters and --prevalence, or --data and --outcome.", ExitCodes.Usage),
            };
            Riley size = Size(p, share);
            JsonObject result = SampleSizeJson.Criteria(size);
            result.Insert(0, "kind", "sample_size");
            if (n is { } patients)
                result["at_hand"] = SampleSizeJson.AtHand(size, patients, patients * share);
            return result;

            (int Parameters, double Prevalence, int? Rows) FromTable(string file, int? count, double? of, int? hand)
            {
                string column = parse.GetValue(outcome) ?? throw new CliException("--data needs --outcome.", ExitCodes.Usage);
                CsvTable table = CsvTable.Read(file);
                double[] y = table.Outcome(column);
                return (count ?? StatsOptions.Predictors(parse, table, x, exclude, column).Length, of ?? y.Average(), hand ?? y.Length);
            }

            Riley Size(int count, double of) => (parse.GetValue(auc), parse.GetValue(coxSnell), parse.GetValue(nagelkerke)) switch
            {
                ({ } a, null, null) => Riley.FromAuc(count, of, a, parse.GetValue(shrinkage)),
                (null, { } r, null) => Riley.FromR2(count, of, r, parse.GetValue(shrinkage)),
                (null, null, var r) => Riley.FromNagelkerke(count, of, r ?? SampleSizeJson.CautiousR2, parse.GetValue(shrinkage)),
                _ => throw new CliException("Give one of --auc, --r2 and --nagelkerke.", ExitCodes.Usage),
            };
        });
        return command;
    }
}
