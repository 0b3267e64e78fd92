using System.CommandLine;
using HccPipeline.Cli.Hosting;
using HccPipeline.Cli.Output;
using HccPipeline.FeatureWorker.Profiles;
using HccPipeline.Persistence.Status;
using Spectre.Console;

namespace HccPipeline.Cli.Commands;

/// <summary><c>hcc status</c>.</summary>
internal static class StatusCommand
{
    public static Command Create()
    {
        Command command = new("status", "Show what the registry holds, what is in work, what waits and for what, and what is in quarantine.")
        {
            GlobalOptions.Data, GlobalOptions.AsJson,
        };
        command.SetAction(async (parse, ct) =>
        {
            await using RegistrySession session = await RegistrySession.OpenAsync(GlobalOptions.OpenData(parse), Roles.None, ct);
            string profile = session.Get<ProfileCatalog>().Current.Sha256;
            RegistryStatus status = await session.Get<StatusReader>().ReadAsync(profile, ct);
            if (parse.GetValue(GlobalOptions.AsJson))
                Json.Print(status);
            else
                Print(status);
            return ExitCodes.Done;
        });
        return command;
    }

    private static void Print(RegistryStatus status)
    {
        Table table = new Table().Border(TableBorder.Simple).HideHeaders().AddColumn("").AddColumn(new TableColumn("").RightAligned());
        table.AddRow("Patients", $"{status.Patients}");
        table.AddRow("Clinical records", $"{status.ClinicalRecords}");
        table.AddRow("Studies", $"{status.Studies}");
        table.AddRow("  ready for extraction", $"{status.StudiesReady}");
        table.AddRow("  extracted", $"{status.StudiesExtracted}");
        Add("  waiting for", status.StudiesWaiting);
        Add("  without a visit, need", status.StudiesWithoutVisit);
        table.AddRow("Bricks pending", $"{status.BricksPending}");
        table.AddRow("Bricks done", $"{status.BricksDone}");
        Add("  without values:", status.BricksRejected);
        table.AddRow("Patients ready to learn from", $"{status.PatientsReady}");
        Add("  waiting for", status.PatientsWaiting);
        Add("In quarantine:", status.Quarantine);
        table.AddRow("Model versions", $"{status.ModelVersions}");
        table.AddRow("Champion", status.Champion is { } champion ? $"version {champion}" : "none yet");
        AnsiConsole.Write(table);

        void Add(string label, IReadOnlyList<CountOf> counts)
        {
            foreach (CountOf count in counts)
                table.AddRow(Markup.Escape($"{label} {count.Name}"), $"{count.Count}");
        }
    }
}
