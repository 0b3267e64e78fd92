using HccPipeline.Contracts.Models;
using HccPipeline.Persistence.Models;
using Spectre.Console;

namespace HccPipeline.Cli.Output;

/// <summary>Model versions on a terminal.</summary>
internal static class ModelTables
{
    public static void Print(ModelVersionRow row, ModelDocument document, bool champion)
    {
        AnsiConsole.MarkupLineInterpolated($"[bold]Model version {row.ModelVersion}[/]{(champion ? " (champion)" : "")}: {document.PatientCount} patients, {document.ProgressionCount} with progression");
        Table table = new Table().Border(TableBorder.Simple)
            .AddColumn("model").AddColumn("AUC (95% CI)").AddColumn("cross-validated").AddColumn("predictors, odds ratio per SD (p)");
        foreach (SubmodelDocument model in document.Models)
        {
            SubmodelMetrics m = model.Metrics;
            string predictors = model.Logistic.Predictors.Count == 0
                ? "none selected"
                : string.Join("\n", model.Logistic.Predictors.Select(p => $"{p.Name} {p.OddsRatioPerSd:F2} ({(p.PValue < 0.001 ? "<0.001" : $"{p.PValue:F3}")})"));
            table.AddRow(model.Name, $"{m.Auc:F3} ({m.AucLower:F3}–{m.AucUpper:F3})", $"{m.CrossValidatedAuc:F3}", Markup.Escape(predictors));
        }
        AnsiConsole.Write(table);
        if (document.Models.All(m => m.Metrics.HeldOut is not null))
            AnsiConsole.Write(HeldOut(document.Models));
        AnsiConsole.MarkupLineInterpolated($"snapshot {row.SnapshotSha256[..12]}  model {row.ModelSha256[..12]}  seed {row.Seed}  code {row.CodeVersion}");
    }

    private static Table HeldOut(IEnumerable<SubmodelDocument> models)
    {
        Table table = new Table().Border(TableBorder.Simple).AddColumn("on patients left out");
        foreach (string column in new[] { "in the large", "slope", "Brier (scaled)", "high risk from", "sensitivity", "specificity" })
            table.AddColumn(new TableColumn(column).RightAligned());
        foreach (SubmodelDocument model in models)
        {
            HeldOutMetrics m = model.Metrics.HeldOut!;
            table.AddRow(
                model.Name, $"{m.CalibrationInTheLarge:F2}", m.CalibrationSlope is { } slope ? $"{slope:F2}" : "not measured", $"{m.Brier:F3} ({m.ScaledBrier:P0})",
                $"{model.Metrics.RiskThreshold:F3}", $"{m.Sensitivity:P0}", $"{m.Specificity:P0}");
        }
        return table;
    }
}
