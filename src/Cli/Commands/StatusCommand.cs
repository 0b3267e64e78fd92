using System.CommandLine;
using System.Globalization;
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
        Option<double> watch = new("--watch")
        {
            Description = "Keep it on screen and look again every so many seconds (2); Ctrl-C ends it. Into a file, one line whenever something changed.",
            HelpName = "SECONDS",
            Arity = ArgumentArity.ZeroOrOne,
            DefaultValueFactory = _ => 2,
        };
        watch.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && !(double.TryParse(token.Value, CultureInfo.InvariantCulture, out double seconds) && seconds is >= 0.1 and <= 3600))
                result.AddError("--watch takes seconds, from 0.1 to 3600.");
        });
        Command command = new(
            "status",
            """
            Show what the registry holds, what is in work and how fast it goes, which workers are alive, what waits and for what, and what is
            in quarantine.

            Examples:
              hcc status
              hcc status --watch
              hcc status --watch 10 --json
            """)
        {
            watch, GlobalOptions.Data, GlobalOptions.AsJson,
        };
        command.SetAction(async (parse, ct) =>
        {
            await using RegistrySession session = await RegistrySession.OpenAsync(GlobalOptions.OpenData(parse), Roles.None, ct);
            bool json = parse.GetValue(GlobalOptions.AsJson);
            if (parse.GetResult(watch) is { Implicit: false })
                await WatchAsync(session, json, TimeSpan.FromSeconds(parse.GetRequiredValue(watch)), ct);
            else if (json)
                Json.Print(await ReadAsync(session, ct));
            else
                AnsiConsole.Write(StatusView.Of(await ReadAsync(session, ct)));
            return ExitCodes.Done;
        });
        return command;
    }

    private static Task<RegistryStatus> ReadAsync(RegistrySession session, CancellationToken ct) =>
        session.Get<StatusReader>().ReadAsync(session.Get<ProfileCatalog>().Current.Sha256, ct);

    private static async Task WatchAsync(RegistrySession session, bool json, TimeSpan interval, CancellationToken ct)
    {
        try
        {
            if (!json && AnsiConsole.Profile.Capabilities.Interactive && !Console.IsOutputRedirected)
                await AnsiConsole.Live(StatusView.Of(await ReadAsync(session, ct))).StartAsync(live => EachAsync(status => live.UpdateTarget(StatusView.Of(status))));
            else
                await EachAsync(Changes(json));
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // the way to end it
        }

        async Task EachAsync(Action<RegistryStatus> show)
        {
            using PeriodicTimer timer = new(interval);
            do
                show(await ReadAsync(session, ct));
            while (await timer.WaitForNextTickAsync(ct));
        }
    }

    /// <summary>Prints a line whenever it is another than the last.</summary>
    private static Action<RegistryStatus> Changes(bool json)
    {
        string last = "";
        return status =>
        {
            string line = json ? Json.Line(status) : StatusView.Line(status);
            if (line != last)
                Console.WriteLine(line);
            last = line;
        };
    }
}
