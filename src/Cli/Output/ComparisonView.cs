using System.Globalization;
using HccPipeline.ModelWorker.Promotion;
using Spectre.Console;

namespace HccPipeline.Cli.Output;

/// <summary>A comparison of two versions on a terminal.</summary>
internal static class ComparisonView
{
    public static void Print(StoredComparison compared)
    {
        VersionComparison c = compared.Comparison;
        AnsiConsole.MarkupLineInterpolated(
            $"[bold]Version {c.Challenger} against champion {c.Champion}[/], {c.Model} model: {c.Patients} patients, {c.Events} with progression; {c.InBothCohorts} of both cohorts{(c.NotScored == 0 ? "" : $", {c.NotScored} left out whom one can't score")}");
        if (c.ChallengerFigures is { } now && c.ChampionFigures is { } before)
        {
            Table figures = new Table().Border(TableBorder.Simple).AddColumn("").AddColumn($"version {c.Challenger}").AddColumn($"version {c.Champion}");
            figures.AddRow("AUC", Interval(now), Interval(before));
            figures.AddRow("Brier score", Number(now.Brier), Number(before.Brier));
            figures.AddRow("calibration in the large", Number(now.CalibrationInTheLarge), Number(before.CalibrationInTheLarge));
            figures.AddRow("calibration slope", Number(now.CalibrationSlope), Number(before.CalibrationSlope));
            for (int i = 0; i < now.NetBenefit.Count; i++)
                figures.AddRow($"net benefit at {compared.Policy.MustHold.NetBenefitThresholds[i]:0.##}", Number(now.NetBenefit[i]), Number(before.NetBenefit[i]));
            AnsiConsole.Write(figures);
        }
        if (c.Method.Length > 0)
            AnsiConsole.WriteLine(c.Method);
        Table checks = new Table().Border(TableBorder.Simple).AddColumn("policy").AddColumn("holds").AddColumn("");
        foreach (PolicyCheck check in c.Checks)
            checks.AddRow(Markup.Escape(check.Name), check.Holds ? "yes" : "[bold]no[/]", Markup.Escape(check.Detail));
        AnsiConsole.Write(checks);
        AnsiConsole.WriteLine(!compared.IsHeld ? "It does not hold what the policy asks for."
            : compared.MissingApprovals > 0 ? $"It holds; {compared.MissingApprovals} more approvals are needed: 'hcc models approve {c.Challenger}'."
            : $"It holds: 'hcc models promote {c.Challenger}' makes it the champion.");
    }

    private static string Interval(VersionFigures f) => string.Create(CultureInfo.InvariantCulture, $"{f.Auc:F3} ({f.AucLower:F3}–{f.AucUpper:F3})");

    private static string Number(double? value) => value?.ToString("F3", CultureInfo.InvariantCulture) ?? "not measured";
}
