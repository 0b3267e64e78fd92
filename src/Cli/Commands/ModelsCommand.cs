using System.CommandLine;
using HccPipeline.Cli.Hosting;
using HccPipeline.Cli.Output;
using HccPipeline.ModelWorker.Scoring;
using HccPipeline.Persistence.Models;
using Spectre.Console;

namespace HccPipeline.Cli.Commands;

/// <summary><c>hcc models</c>: the versions, their trainings and who is in use.</summary>
internal static class ModelsCommand
{
    public static Command Create()
    {
        Command command = new(
            "models",
            """
            The stored model versions, the trainings behind them, and which one is in use.

            Examples:
              hcc models list
              hcc models show 2
              hcc models compare 2
            """)
        {
            GlobalOptions.Data, List(), Show(), ModelExportCommand.CreateDiff(), ModelExportCommand.CreateExport(), ModelRunsCommand.CreateRuns(), ModelRunsCommand.CreateCancel(),
        };
        foreach (Command sub in ModelPromotionCommand.Create())
            command.Add(sub);
        return command;
    }

    private static Command List()
    {
        Command command = new("list", "List the stored versions, oldest first; the champion is marked.") { GlobalOptions.AsJson };
        command.SetAction(async (parse, ct) =>
        {
            await using RegistrySession session = await RegistrySession.OpenAsync(GlobalOptions.OpenData(parse), Roles.None, ct);
            ModelRepository models = session.Get<ModelRepository>();
            IReadOnlyList<ModelVersionRow> rows = await models.ListAsync(ct);
            int? champion = await models.FindChampionAsync(ct);
            if (parse.GetValue(GlobalOptions.AsJson))
            {
                Json.Print(rows);
                return ExitCodes.Done;
            }
            Table table = new Table().Border(TableBorder.Simple)
                .AddColumn("version").AddColumn("created (UTC)").AddColumn("snapshot").AddColumn("seed").AddColumn("code").AddColumn("reason");
            foreach (ModelVersionRow row in rows)
            {
                table.AddRow(
                    $"{row.ModelVersion}{(row.ModelVersion == champion ? " champion" : "")}",
                    $"{DateTimeOffset.FromUnixTimeMilliseconds(row.CreatedMs):yyyy-MM-dd HH:mm}",
                    row.SnapshotSha256[..12], $"{row.Seed}", Markup.Escape(row.CodeVersion), Markup.Escape(row.Reason));
            }
            if (rows.Count == 0)
                AnsiConsole.WriteLine("No model yet. 'hcc train' makes the first; 'hcc status' shows how many patients are ready.");
            else
                AnsiConsole.Write(table);
            return ExitCodes.Done;
        });
        return command;
    }

    private static Command Show()
    {
        Argument<int?> version = new("version") { Description = "Version number (default: the champion).", Arity = ArgumentArity.ZeroOrOne };
        Command command = new("show", "Show the three models of a version: AUCs, predictors, provenance; --json prints the whole document.") { version, GlobalOptions.AsJson };
        command.SetAction(async (parse, ct) =>
        {
            await using RegistrySession session = await RegistrySession.OpenAsync(GlobalOptions.OpenData(parse), Roles.None, ct);
            int? number = parse.GetValue(version);
            var model = await session.Get<ModelCatalog>().FindAsync(number, ct) ?? throw NoSuchModel(number);
            if (parse.GetValue(GlobalOptions.AsJson))
                Json.Print(model.Document);
            else
                ModelTables.Print(model.Row, model.Document, await session.Get<ModelRepository>().FindChampionAsync(ct) == model.Row.ModelVersion);
            return ExitCodes.Done;
        });
        return command;
    }

    public static CliException NoSuchModel(int? number) => new(number is null
        ? "There is no model yet. 'hcc train' makes the first; 'hcc status' shows how many patients are ready."
        : $"There is no model version {number}. 'hcc models list' shows the versions.");
}
