using System.CommandLine;
using System.Text.Json.Nodes;
using HccPipeline.Cli.Output;
using HccPipeline.Statistics.Survival;

namespace HccPipeline.Cli.Stats;

/// <summary><c>hcc stats survival</c>: Kaplan–Meier, log-rank, Cox, concordance, time-dependent AUC.</summary>
internal static class SurvivalCommand
{
    public static Command Create()
    {
        Option<string> data = StatsOptions.Data();
        Option<string> status = new("--status", "--outcome") { Description = "Column with 1 for an event at that time, 0 for a censoring.", HelpName = "COLUMN", Required = true };
        Option<string> time = new("--time") { Description = "Column with follow-up times, any unit.", HelpName = "COLUMN", Required = true };
        Option<string?> output = StatsOptions.Out();
        Option<string?> group = new("--group") { Description = "Column with groups to compare: numbers or names.", HelpName = "COLUMN" };
        Option<string?> stratum = new("--strata") { Description = "Column with strata of a stratified log-rank test.", HelpName = "COLUMN" };
        Option<string[]> x = StatsOptions.Columns("--x", "Covariates of a Cox model beside the groups.");
        Option<double?> tau = new("--tau") { Description = "Horizon of the restricted mean (default: the earliest of the groups' last times).", HelpName = "T" };
        Option<double[]> times = StatsOptions.Numbers("--times", "Times at which survival, risk table and time-dependent AUC are wanted.");
        Option<string?> score = new("--score") { Description = "Column with a risk score, for concordance and time-dependent AUC.", HelpName = "COLUMN" };
        Command command = new(
            "survival",
            """
            Kaplan-Meier curves with three kinds of limits, medians, restricted means, log-rank tests, Cox regression with Efron's and Breslow's
            ties, proportional-hazards check, concordance and time-dependent AUC.

            Examples:
              hcc stats survival --data cohort.csv --time pfs_months --status pfs_event --group high_risk --out survival.json
              hcc stats survival --data cohort.csv --time t --status d --group arm --strata center --x age NLR --times 6 12 18
              hcc stats survival --data cohort.csv --time t --status d --score p_combined --times 12
            """)
        {
            data, time, status, group, stratum, x, tau, times, score, output,
        };
        command.Does(output, (parse, _) =>
        {
            CsvTable table = CsvTable.Read(parse.GetRequiredValue(data));
            double[] t = table.Numbers(parse.GetRequiredValue(time)), d = table.Binary(parse.GetRequiredValue(status));
            int row = Array.FindIndex(t, v => v < 0);
            if (row >= 0)
                throw table.Bad(row, parse.GetRequiredValue(time), "a follow-up time is not negative");
            Groups? groups = parse.GetValue(group) is { } column ? Groups.Of(table, column) : null;
            if (groups is null)
                StatsOptions.Refuse(parse, "needs groups to compare within the strata: name them with --group", stratum);
            double horizon = parse.GetValue(tau) ?? (groups is null ? t.Max() : groups.Labels.Keys.Min(g => t.Where((_, i) => groups.Codes[i] == g).Max()));
            double[] at = parse.GetValue(times) ?? [];
            SurvivalCurve all = KaplanMeier.Estimate(t, d);
            JsonObject result = new()
            {
                ["kind"] = "survival", ["n"] = table.RowCount, ["events"] = (int)d.Sum(), ["distinct_times_after_timefix"] = all.Steps.Length,
                ["km_all"] = SurvivalJson.Curve(all, horizon, at),
            };
            if (groups is not null)
                Compare(result, t, d, groups, parse.GetValue(stratum) is { } s ? Groups.Of(table, s).Codes : null, horizon, at);
            string[] names = StatsOptions.Unused(parse, x, parse.GetRequiredValue(time), parse.GetRequiredValue(status), parse.GetValue(group), parse.GetValue(stratum));
            AddCox(result, t, d, groups, [.. names.Select(table.Numbers)], names);
            if (parse.GetValue(score) is { } scored)
                result["score"] = SurvivalJson.Score(t, d, table.Numbers(scored), at);
            return result;
        });
        return command;
    }

    private static void Compare(JsonObject result, double[] t, double[] d, Groups groups, int[]? strata, double horizon, double[] at)
    {
        if (groups.Labels.Count < 2)
            throw new CliException($"--group: all rows are '{groups.Labels.Values.Single()}'; two groups are needed.");
        JsonObject curves = [];
        foreach ((int group, SurvivalCurve curve) in KaplanMeier.EstimateByGroup(t, d, groups.Codes))
            curves[int.TryParse(groups.Labels[group], out _) ? $"group{group}" : groups.Labels[group]] = SurvivalJson.Curve(curve, horizon, at);
        result["km_by_group"] = curves;
        result["logrank"] = SurvivalJson.LogRank(Statistics.Survival.LogRank.Test(t, d, groups.Codes));
        result["peto_rho1"] = SurvivalJson.LogRank(Statistics.Survival.LogRank.Test(t, d, groups.Codes, rho: 1));
        if (strata is not null)
            result["logrank_stratified"] = SurvivalJson.LogRank(Statistics.Survival.LogRank.Test(t, d, groups.Codes, strata));
    }

    private static void AddCox(JsonObject result, double[] t, double[] d, Groups? groups, double[][] covariates, string[] names)
    {
        if (d.Sum() == 0)
            return;
        int[] others = groups is null ? [] : [.. groups.Labels.Keys.Order().Skip(1)];
        string[] indicators = [.. others.Select(g => $"gf{groups!.Labels[g]}")];
        double[][] indicator = [.. others.Select(g => Array.ConvertAll(groups!.Codes, c => c == g ? 1.0 : 0))];
        if (others.Length > 0)
        {
            result["cox_group_efron"] = SurvivalJson.Cox(t, d, indicator, indicators, TieMethod.Efron);
            result["cox_group_breslow"] = SurvivalJson.Cox(t, d, indicator, indicators, TieMethod.Breslow);
        }
        if (names.Length == 0)
            return;
        result["cox_multi_efron"] = SurvivalJson.Cox(t, d, [.. indicator, .. covariates], [.. indicators, .. names], TieMethod.Efron);
        result["cox_multi_breslow"] = SurvivalJson.Cox(t, d, [.. indicator, .. covariates], [.. indicators, .. names], TieMethod.Breslow);
    }
}
