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
        AnsiConsole.MarkupLineInterpolated($"snapshot {row.SnapshotSha256[..12]}  model {row.ModelSha256[..12]}  seed {row.Seed}  code {row.CodeVersion}");
    }
}
