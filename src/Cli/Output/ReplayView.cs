using System.Globalization;
using HccPipeline.ModelWorker.Cohort;
using Spectre.Console;

namespace HccPipeline.Cli.Output;

/// <summary>A replay on a terminal.</summary>
internal static class ReplayView
{
    public static void Print(ReplayResult replay)
    {
        Console.WriteLine(replay.IsReproduced
            ? $"Version {replay.ModelVersion}, trained again on its snapshot, is the stored version to the byte."
            : $"Version {replay.ModelVersion}, trained again on its snapshot by this program, is not the stored version: another version of the program trained it. Both sides below are this program's.");
        if (replay.Without.Count == 0)
            return;
        Console.WriteLine($"Without {string.Join(", ", replay.Without)}: {replay.Patients.Without} patients instead of {replay.Patients.With}, {replay.Progressions.Without} with progression instead of {replay.Progressions.With}. Nothing is stored.");
        foreach (ReplayedModel model in replay.Models)
            Print(model);
    }

    private static void Print(ReplayedModel model)
    {
        AnsiConsole.MarkupLineInterpolated($"[bold]{model.Name}[/]: {Selection(model)}");
        Table table = new Table().Border(TableBorder.Simple).AddColumn("").AddColumn(Right("with")).AddColumn(Right("without")).AddColumn(Right("difference"));
        foreach (ReplayedCoefficient c in model.Coefficients)
            table.AddRow(Markup.Escape(c.Name), Number(c.With), Number(c.Without), c is { With: { } before, Without: { } after } ? Signed(after - before) : "");
        Row("AUC", model.Auc);
        Row("AUC, cross-validated", model.CrossValidatedAuc);
        Row("risk threshold", model.RiskThreshold);
        AnsiConsole.Write(table);
        ScoreShift scores = model.Scores;
        Console.WriteLine(
            $"Probabilities of the {scores.Patients} who stay move by {Number(scores.MeanAbsolute)} on average, {Number(scores.Largest)} at most"
            + $"{(scores.LargestPseudonym is { } whose ? $" ({whose})" : "")}; {scores.RiskGroupChanges} change their risk group.");

        void Row(string name, Changed<double> change) => table.AddRow(name, Number(change.With), Number(change.Without), Signed(change.Without - change.With));
    }

    private static string Selection(ReplayedModel model) => (model.Lost.Count, model.Gained.Count) switch
    {
        (0, 0) => "the same predictors",
        (_, 0) => $"loses {string.Join(", ", model.Lost)}",
        (0, _) => $"gains {string.Join(", ", model.Gained)}",
        _ => $"loses {string.Join(", ", model.Lost)}; gains {string.Join(", ", model.Gained)}",
    };

    private static TableColumn Right(string name) => new TableColumn(name).RightAligned();

    private static string Number(double? value) => value is { } known ? known.ToString("G5", CultureInfo.InvariantCulture) : "not selected";

    private static string Signed(double value) => value.ToString("+0.#####;−0.#####;0", CultureInfo.InvariantCulture);
}
