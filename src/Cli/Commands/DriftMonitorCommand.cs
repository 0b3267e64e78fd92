using System.CommandLine;
using HccPipeline.Cli.Hosting;
using HccPipeline.Cli.Output;
using HccPipeline.Contracts.Drift;
using HccPipeline.ModelWorker.Drift;
using HccPipeline.Persistence.Drift;
using HccPipeline.Persistence.Models;
using Microsoft.Extensions.Options;

namespace HccPipeline.Cli.Commands;

/// <summary><c>hcc drift</c>: how the versions do on the patients that came after them.</summary>
internal static class DriftMonitorCommand
{
    public static Command Create()
    {
        Option<int?> version = new("--version") { Description = "Version number (default: the champion).", HelpName = "N" };
        Command command = new(
            "drift",
            """
            Assess the stored versions on the patients that came after them: AUC, calibration and power by window and centre, charts, features,
            scanners. Where patients are too few it says 'insufficient', and what they could show; it never says 'stable' then.
            Assessing twice changes nothing. Alerts come for the champion alone: 'hcc alerts'.

            Examples:
              hcc drift
              hcc drift --version 3 --json
            """)
        {
            version, GlobalOptions.Data, GlobalOptions.AsJson,
        };
        command.SetAction(async (parse, ct) =>
        {
            await using RegistrySession session = await RegistrySession.OpenAsync(GlobalOptions.OpenData(parse), Roles.None, ct);
            int number = parse.GetValue(version) ?? await session.Get<ModelRepository>().FindChampionAsync(ct) ?? throw ModelsCommand.NoSuchModel(null);
            if (await session.Get<ModelRepository>().FindAsync(number, ct) is null)
                throw ModelsCommand.NoSuchModel(number);
            AssessedVersions assessed = await session.Get<DriftService>().AssessAsync(null, ct);
            if (assessed.Assessments.FirstOrDefault(a => a.ModelVersion == number) is not { } row)
                throw new CliException($"No patient came after version {number} yet: there is nothing to assess it on.", ExitCodes.NeedsAttention);
            DriftAssessmentRepository assessments = session.Get<DriftAssessmentRepository>();
            DriftDocument document = await assessments.ReadAsync(row, ct);
            if (parse.GetValue(GlobalOptions.AsJson))
                Json.Print(document);
            else
                DriftTables.Print(document, await assessments.ListVersionWindowsAsync(session.Get<IOptions<DriftOptions>>().Value.Submodel, "", ct), assessed.NewAlerts);
            return document.Findings.Any(f => AlertLevels.Rank(f.Level) >= AlertLevels.Rank(AlertLevels.Action)) ? ExitCodes.NeedsAttention : ExitCodes.Done;
        });
        return command;
    }
}
