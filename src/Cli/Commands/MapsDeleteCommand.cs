using System.CommandLine;
using HccPipeline.Cli.Hosting;
using HccPipeline.Cli.Output;
using HccPipeline.Persistence.Registry;
using HccPipeline.Persistence.Runs;

namespace HccPipeline.Cli.Commands;

/// <summary><c>hcc maps delete</c>.</summary>
internal static class MapsDeleteCommand
{
    public static Command Create()
    {
        Argument<string> which = new("run") { Description = "Key of the run or its beginning, as 'hcc maps list' shows it." };
        Option<string> reason = new("--reason") { Description = "Why, kept in the history of changes.", HelpName = "TEXT", DefaultValueFactory = _ => "no longer needed" };
        Command command = new(
            "delete",
            """
            Delete a run of 'hcc extract --voxel --cluster' from the registry, with its images and maps in the store; files that were written
            stay. What another run has too is kept. Runs of studies are not deleted: models may have been trained on them.

            Examples:
              hcc maps list                      runs of files have no patient
              hcc maps delete 3f1c09ab22d7
            """)
        {
            which, reason, GlobalOptions.By, GlobalOptions.Data,
        };
        command.SetAction(async (parse, ct) =>
        {
            await using RegistrySession session = await RegistrySession.OpenAsync(GlobalOptions.OpenData(parse), Roles.None, ct);
            MapRun run = MapsCommand.Single(await MapsCommand.FindAsync(session, parse.GetRequiredValue(which), ct), parse.GetRequiredValue(which));
            string key = run.RunId[..MapsCommand.ShortKey];
            if (run.StudyUid is not null)
                throw new CliException($"Run {key} is of a study, and models may have been trained on it: it goes with its patient alone ('hcc patient withdraw').");
            int inWork = await session.Get<MapRunErasure>().EraseAsync(run.RunId, parse.GetRequiredValue(reason), parse.GetRequiredValue(GlobalOptions.By), ct);
            if (inWork > 0)
                throw new CliException($"{inWork} bricks of run {key} are computed at this moment; delete it when they are done.");
            Console.WriteLine($"deleted   {key}   {run.Boxes} bricks, {run.Voxels} voxels");
            return ExitCodes.Done;
        });
        return command;
    }
}
