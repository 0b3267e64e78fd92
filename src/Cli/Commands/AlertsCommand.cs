using System.CommandLine;
using System.Globalization;
using HccPipeline.Cli.Hosting;
using HccPipeline.Cli.Output;
using HccPipeline.Contracts.Drift;
using HccPipeline.Persistence.Drift;

namespace HccPipeline.Cli.Commands;

/// <summary><c>hcc alerts</c>: list, ack, close.</summary>
internal static class AlertsCommand
{
    public static Command Create() => new(
        "alerts",
        """
        What was found about the champion, and what people did about it: information, watch, action, rollback-proposal.

        Examples:
          hcc alerts list
          hcc alerts ack 3f2a --reason "asked the centre about its new scanner"
          hcc alerts close 3f2a --reason "recalibrated in version 7"
        """)
    {
        GlobalOptions.Data, List(),
        Change("ack", "Note that somebody has looked at an open alert and works on it.", (alerts, id, actor, reason, ct) => alerts.AcknowledgeAsync(id, actor, reason, ct), "not open any more"),
        Change("close", "Close an alert; the same finding in a later window is a new one.", (alerts, id, actor, reason, ct) => alerts.CloseAsync(id, actor, reason, ct), "closed already"),
    };

    private static Command List()
    {
        Option<bool> all = new("--all") { Description = "Closed ones, too." };
        Option<int> limit = new("--limit") { Description = "Latest alerts shown.", HelpName = "N", DefaultValueFactory = _ => 100 };
        Command command = new("list", "List the alerts that are not closed, the latest first; exit code 1 if one calls for action.") { all, limit, GlobalOptions.AsJson };
        command.SetAction(async (parse, ct) =>
        {
            await using RegistrySession session = await RegistrySession.OpenAsync(GlobalOptions.OpenData(parse), Roles.None, ct);
            IReadOnlyList<AlertRow> rows = await session.Get<AlertRepository>().ListAsync(parse.GetValue(all), Math.Max(1, parse.GetValue(limit)), ct);
            if (parse.GetValue(GlobalOptions.AsJson))
                Json.Print(rows);
            else if (rows.Count == 0)
                Console.WriteLine("No alert. 'hcc drift' assesses the versions; a server does by itself.");
            else
                Print(rows);
            return rows.Any(r => r.State == AlertStates.Open && AlertLevels.Rank(r.Level) >= AlertLevels.Rank(AlertLevels.Action)) ? ExitCodes.NeedsAttention : ExitCodes.Done;
        });
        return command;
    }

    private static Command Change(
        string name, string description, Func<AlertRepository, string, string, string, CancellationToken, Task<bool>> change, string otherwise)
    {
        Argument<string> alert = new("alert") { Description = "Key of the alert, or its beginning, as 'hcc alerts list' shows it." };
        Command command = new(name, description) { alert, GlobalOptions.RequiredReason, GlobalOptions.By };
        command.SetAction(async (parse, ct) =>
        {
            await using RegistrySession session = await RegistrySession.OpenAsync(GlobalOptions.OpenData(parse), Roles.None, ct);
            AlertRepository alerts = session.Get<AlertRepository>();
            string beginning = parse.GetRequiredValue(alert), why = parse.GetRequiredValue(GlobalOptions.RequiredReason), who = parse.GetRequiredValue(GlobalOptions.By);
            if (string.IsNullOrWhiteSpace(why) || string.IsNullOrWhiteSpace(who))
                throw new CliException("A change needs somebody who made it and a reason.", ExitCodes.Usage);
            AlertRow row = await alerts.FindAsync(beginning, ct) switch
            {
                [] => throw new CliException($"No alert begins with '{beginning}'. 'hcc alerts list --all' shows them."),
                [var one] => one,
                _ => throw new CliException($"Several alerts begin with '{beginning}'; give more of it."),
            };
            if (!await change(alerts, row.AlertId, who, why, ct))
                throw new CliException($"Alert {row.AlertId} is {otherwise}.");
            Console.WriteLine($"Alert {row.AlertId}: {(name == "ack" ? "acknowledged" : "closed")} by {who}.");
            return ExitCodes.Done;
        });
        return command;
    }

    // A sentence needs the width of the screen: each alert has a line of its own and a line of what is known of it.
    private static void Print(IReadOnlyList<AlertRow> rows)
    {
        foreach (AlertRow row in rows)
        {
            string windows = row.FirstWindow == row.LastWindow ? row.FirstWindow : $"{row.FirstWindow} to {row.LastWindow}";
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{row.AlertId}  {row.Level}, {row.State}: version {row.ModelVersion}, {(row.CenterCode.Length > 0 ? $"centre {row.CenterCode}" : "all centres")}, {windows}, raised {DateTimeOffset.FromUnixTimeMilliseconds(row.RaisedMs):yyyy-MM-dd HH:mm} UTC"));
            Console.WriteLine($"  {row.Summary}");
            if (row.AcknowledgedBy is { } who)
                Console.WriteLine($"  acknowledged by {who}: {row.AcknowledgedReason}");
            if (row.ClosedBy is { } closer)
                Console.WriteLine($"  closed by {closer}: {row.ClosedReason}");
        }
    }
}
