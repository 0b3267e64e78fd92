using System.CommandLine;
using HccPipeline.Cli.Hosting;
using HccPipeline.Cli.Output;
using HccPipeline.FeatureWorker.Extraction;
using HccPipeline.Persistence.Runs;

namespace HccPipeline.Cli.Commands;

/// <summary><c>hcc dismiss</c>.</summary>
internal static class DismissCommand
{
    public static Command Create()
    {
        Argument<string> run = new("run") { Description = "Key of the run or its beginning, as 'hcc retry' lists it." };
        Argument<int?> brick = new("brick") { Description = "Index of one brick of the run (default: all of it that is in quarantine).", Arity = ArgumentArity.ZeroOrOne };
        Command command = new(
            "dismiss",
            """
            Give up bricks in quarantine that nobody will mend: the study goes on with what its other bricks give, and what is missing stays missing.

            Examples:
              hcc dismiss 3f1c09ab22d7 --reason "the scan is damaged beyond repair"
              hcc dismiss 3f1c09ab22d7 1048580 --reason "the maps are not needed"
            """)
        {
            run, brick, GlobalOptions.RequiredReason, GlobalOptions.By, GlobalOptions.Data, GlobalOptions.AsJson,
        };
        command.SetAction(async (parse, ct) =>
        {
            string reason = parse.GetRequiredValue(GlobalOptions.RequiredReason), by = parse.GetRequiredValue(GlobalOptions.By);
            if (string.IsNullOrWhiteSpace(reason) || string.IsNullOrWhiteSpace(by))
                throw new CliException("A change needs somebody who made it and a reason.", ExitCodes.Usage);
            bool quiet = parse.GetValue(GlobalOptions.AsJson);
            // Embedded, this process closes the runs that are complete now; with a broker, the running workers do.
            await using RegistrySession session = await RegistrySession.OpenAsync(GlobalOptions.OpenData(parse), Roles.Features, ct, onBroker: Roles.None);
            string wanted = parse.GetRequiredValue(run);
            IReadOnlyList<QuarantinedBrick> dismissed = await session.Get<BrickDismissal>().DismissAsync(wanted, parse.GetValue(brick), by, reason, ct);
            if (dismissed.Count == 0)
                throw new CliException($"No brick of a run '{wanted}'{(parse.GetValue(brick) is { } index ? $" with index {index}" : "")} is in quarantine; 'hcc retry' lists those that are.");
            if (quiet)
                Json.Print(dismissed);
            foreach (QuarantinedBrick gone in quiet ? [] : dismissed)
                Console.WriteLine($"dismissed  {StatusView.ShortRun(gone)} {gone.Key.BrickIndex} ({gone.Kind}): {gone.Reason}");
            if (session.Roles.HasFlag(Roles.Features))
                await new Stages(1, quiet).RunAsync("Features", async progress => Waiting.Describe(await Waiting.ForFeaturesAsync(session, progress, ct)));
            return ExitCodes.Done;
        });
        return command;
    }
}
