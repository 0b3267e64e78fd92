using System.CommandLine;
using HccPipeline.Cli.Hosting;
using HccPipeline.Cli.Output;
using HccPipeline.FeatureWorker.Extraction;
using HccPipeline.Persistence.Runs;
using HccPipeline.Persistence.Status;
using HccPipeline.Persistence.Workers;
using Spectre.Console;

namespace HccPipeline.Cli.Commands;

/// <summary><c>hcc retry</c>.</summary>
internal static class RetryCommand
{
    public static Command Create()
    {
        Argument<string?> run = new("run") { Description = "Key of the run or its beginning, as 'hcc status' shows it.", Arity = ArgumentArity.ZeroOrOne };
        Argument<int?> brick = new("brick") { Description = "Index of one brick of the run.", Arity = ArgumentArity.ZeroOrOne };
        Option<bool> all = new("--all") { Description = "Every brick in quarantine." };
        Option<bool> noWait = new("--no-wait") { Description = "Do not wait for the features." };
        Command command = new(
            "retry",
            """
            Put bricks in quarantine back to work, as if they had never failed, once what made them fail is mended. Without a run, list them.
            What nobody will mend: hcc dismiss.

            Examples:
              hcc retry                        what is in quarantine, and why
              hcc retry 3f1c09ab22d7           all of one run
              hcc retry 3f1c09ab22d7 1048580   one brick
              hcc retry --all
            """)
        {
            run, brick, all, noWait, GlobalOptions.By, GlobalOptions.Data, GlobalOptions.AsJson,
        };
        command.Validators.Add(result =>
        {
            if (result.GetValue(run) is not null && result.GetValue(all))
                result.AddError("Give a run or --all, not both.");
        });
        command.SetAction(async (parse, ct) =>
        {
            // Embedded, this process does the bricks that it puts back; with a broker, the running workers do.
            await using RegistrySession session = await RegistrySession.OpenAsync(GlobalOptions.OpenData(parse), Roles.Features, ct, onBroker: Roles.None);
            bool quiet = parse.GetValue(GlobalOptions.AsJson);
            if (parse.GetValue(run) is null && !parse.GetValue(all))
                return await ListAsync(session, quiet, ct);
            return await RetryAsync(session, parse.GetValue(run), parse.GetValue(brick), parse.GetRequiredValue(GlobalOptions.By), parse.GetValue(noWait), quiet, ct);
        });
        return command;
    }

    private static async Task<int> ListAsync(RegistrySession session, bool quiet, CancellationToken ct)
    {
        IReadOnlyList<QuarantinedBrick> bricks = await session.Get<BrickQuarantine>().ListAsync(ct);
        if (quiet)
            Json.Print(bricks);
        else if (bricks.Count == 0)
            Console.WriteLine("No brick is in quarantine.");
        else
            AnsiConsole.Write(StatusView.Quarantined(bricks));
        return bricks.Count == 0 ? ExitCodes.Done : ExitCodes.NeedsAttention;
    }

    private static async Task<int> RetryAsync(RegistrySession session, string? run, int? brick, string by, bool noWait, bool quiet, CancellationToken ct)
    {
        IReadOnlyList<QuarantinedBrick> bricks = await session.Get<BrickQuarantine>().RetryAsync(run, brick, by, ct);
        if (bricks.Count == 0 && run is not null)
            throw new CliException($"No brick of a run '{run}'{(brick is null ? "" : $" with index {brick}")} is in quarantine; 'hcc retry' lists those that are.");
        if (quiet)
            Json.Print(bricks);
        else if (bricks.Count == 0)
            Console.WriteLine("No brick is in quarantine.");
        foreach (QuarantinedBrick back in quiet ? [] : bricks)
            Console.WriteLine($"put back  {StatusView.ShortRun(back)} {back.Key.BrickIndex} ({back.Kind}): {back.Reason}");
        bool canWork = session.Roles.HasFlag(Roles.Features) || (await session.Get<WorkerRepository>().ListAliveAsync(ct)).Any(w => w.Slots > 0);
        if (bricks.Count == 0)
            return ExitCodes.Done;
        if (!canWork)
        {
            Console.Error.WriteLine("hcc: no feature worker is alive; the next that starts takes them up.");
            return ExitCodes.Done;
        }
        await session.Get<BrickRelease>().FillAsync(ct);
        if (noWait)
            return ExitCodes.Done;
        bool held = false;
        await new Stages(1, quiet).RunAsync("Features", async progress =>
        {
            ExtractionProgress done = await Waiting.ForFeaturesAsync(session, progress, ct);
            held = done.StudiesHeld > 0;
            return Waiting.Describe(done);
        });
        return held ? ExitCodes.NeedsAttention : ExitCodes.Done;
    }
}
