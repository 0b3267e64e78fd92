using System.CommandLine;
using HccPipeline.Cli.Hosting;
using HccPipeline.Cli.Output;
using HccPipeline.Persistence.Models;
using Spectre.Console;

namespace HccPipeline.Cli.Commands;

/// <summary><c>hcc models runs</c> and <c>hcc models cancel</c>: the history of trainings.</summary>
internal static class ModelRunsCommand
{
    public static Command CreateRuns()
    {
        Option<int> limit = new("--limit") { Description = "Latest trainings shown.", HelpName = "N", DefaultValueFactory = _ => 20 };
        Command command = new(
            "runs",
            """
            List trainings, the last first: who asked, how far they are, what became of them.

            Examples:
              hcc models runs
              hcc models runs --limit 100 --json
            """)
        {
            limit, GlobalOptions.AsJson,
        };
        command.SetAction(async (parse, ct) =>
        {
            await using RegistrySession session = await RegistrySession.OpenAsync(GlobalOptions.OpenData(parse), Roles.None, ct);
            IReadOnlyList<TrainingRunRow> runs = await session.Get<TrainingRunRepository>().ListAsync(Math.Max(1, parse.GetValue(limit)), ct);
            if (parse.GetValue(GlobalOptions.AsJson))
                Json.Print(runs);
            else if (runs.Count == 0)
                AnsiConsole.WriteLine("Nothing was trained yet.");
            else
                Print(runs);
            return ExitCodes.Done;
        });
        return command;
    }

    public static Command CreateCancel()
    {
        Argument<string> run = new("run") { Description = "Training, as 'hcc models runs' names it." };
        Option<string> reason = new("--reason") { Description = "Why, kept in the audit.", HelpName = "TEXT", DefaultValueFactory = _ => "by hand" };
        Command command = new(
            "cancel",
            """
            Ask a training to stop, in whatever process it goes on. Nothing of it is stored.

            Example:
              hcc models cancel T-0198c2f07a3b7c11a4d2 --reason "wrong candidates"
            """)
        {
            run, reason, GlobalOptions.By,
        };
        command.SetAction(async (parse, ct) =>
        {
            string runId = parse.GetRequiredValue(run);
            await using RegistrySession session = await RegistrySession.OpenAsync(GlobalOptions.OpenData(parse), Roles.None, ct);
            TrainingRunRepository runs = session.Get<TrainingRunRepository>();
            if (!await runs.CancelAsync(runId, parse.GetRequiredValue(GlobalOptions.By), parse.GetRequiredValue(reason), ct))
            {
                TrainingRunRow? found = await runs.FindAsync(runId, ct);
                throw new CliException(found is null ? $"There is no training {runId}. 'hcc models runs' lists them." : $"Training {runId} has ended: {found.Outcome}.");
            }
            Console.WriteLine($"Training {runId} was asked to stop; 'hcc models runs' shows when it has.");
            return ExitCodes.Done;
        });
        return command;
    }

    private static void Print(IReadOnlyList<TrainingRunRow> runs)
    {
        AnsiConsole.Write(TableOf(runs));
        if (runs.FirstOrDefault(r => r.Outcome is TrainingOutcomes.Refused or TrainingOutcomes.Failed) is { Detail: { } detail } last)
            AnsiConsole.WriteLine($"{last.RunId}: {detail}");
    }

    private static Table TableOf(IReadOnlyList<TrainingRunRow> runs)
    {
        Table table = new Table().Border(TableBorder.Simple)
            .AddColumn(new TableColumn("training").NoWrap()).AddColumn(new TableColumn("started (UTC)").NoWrap()).AddColumn("by, why")
            .AddColumn(new TableColumn("patients").RightAligned()).AddColumn("state").AddColumn("version");
        foreach (TrainingRunRow run in runs)
        {
            table.AddRow(
                run.RunId, $"{DateTimeOffset.FromUnixTimeMilliseconds(run.StartedMs):yyyy-MM-dd HH:mm:ss}", Markup.Escape($"{run.RequestedBy}: {run.Reason}"),
                $"{run.PatientCount}", Markup.Escape(State(run)), $"{run.ModelVersion}");
        }
        return table;
    }

    private static string State(TrainingRunRow run) =>
        run.Outcome ?? (run.StepsTotal == 0 ? run.Stage : $"{run.Stage}, {100 * run.StepsDone / run.StepsTotal} %") + (run.CancelBy is null ? "" : ", asked to stop");
}
