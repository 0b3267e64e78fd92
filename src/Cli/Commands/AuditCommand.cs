using System.CommandLine;
using System.Globalization;
using HccPipeline.Cli.Hosting;
using HccPipeline.Cli.Output;
using HccPipeline.Persistence.Audit;
using Spectre.Console;

namespace HccPipeline.Cli.Commands;

/// <summary><c>hcc audit</c>: the history of changes, and whether it is whole.</summary>
internal static class AuditCommand
{
    public static Command Create() => new(
        "audit",
        """
        Who changed what, when and why: promotions, approvals, rollbacks, overrides. Entries are chained by their hashes.

        Examples:
          hcc audit list
          hcc audit verify
        """)
    {
        GlobalOptions.Data, List(), Verify(),
    };

    private static Command List()
    {
        Option<int> limit = new("--limit") { Description = "Latest entries shown.", HelpName = "N", DefaultValueFactory = _ => 50 };
        Command command = new("list", "List the latest changes, the last first.") { limit, GlobalOptions.AsJson };
        command.SetAction(async (parse, ct) =>
        {
            await using RegistrySession session = await RegistrySession.OpenAsync(GlobalOptions.OpenData(parse), Roles.None, ct);
            IReadOnlyList<AuditRow> rows = await session.Get<AuditLog>().ListAsync(Math.Max(1, parse.GetValue(limit)), ct);
            if (parse.GetValue(GlobalOptions.AsJson))
                Json.Print(rows);
            else if (rows.Count == 0)
                AnsiConsole.WriteLine("Nothing was changed yet.");
            else
                AnsiConsole.Write(TableOf(rows));
            return ExitCodes.Done;
        });
        return command;
    }

    private static Command Verify()
    {
        Option<string?> noted = new("--noted")
        {
            Description = "An entry that was noted elsewhere, as this command printed it: proves that the history was not written anew since.",
            HelpName = "N:SHA256",
        };
        Command command = new(
            "verify",
            """
            Check that no entry was changed, moved, added or deleted, and that versions, comparisons, policies, approvals and promotions are stored as
            the entries say: each row has its entry with the same hash, and none is missing. Exit code 1, with a line for each difference, if one is not.

            Who can write the whole database can write a history that agrees with it. Note the last entry elsewhere, and hand it back with --noted.

            Examples:
              hcc audit verify
              hcc audit verify --noted 42:8f3c…
            """)
        {
            noted, GlobalOptions.AsJson,
        };
        command.SetAction(async (parse, ct) =>
        {
            (long, string)? entry = Read(parse.GetValue(noted));
            await using RegistrySession session = await RegistrySession.OpenAsync(GlobalOptions.OpenData(parse), Roles.None, ct);
            AuditVerdict verdict = await session.Get<AuditLog>().VerifyAsync(entry, ct);
            if (parse.GetValue(GlobalOptions.AsJson))
                Json.Print(verdict);
            else if (verdict.Problem is null)
                Console.WriteLine($"Whole: {verdict.Entries} entries, and what they vouch for. Last entry {verdict.Entries}:{verdict.HeadSha256}");
            foreach (string problem in parse.GetValue(GlobalOptions.AsJson) ? [] : verdict.Problems)
                Console.WriteLine(problem);
            return verdict.Problem is null ? ExitCodes.Done : ExitCodes.NeedsAttention;
        });
        return command;
    }

    private static (long AuditId, string Sha256)? Read(string? noted)
    {
        if (noted is null)
            return null;
        string[] parts = noted.Split(':');
        return parts.Length == 2 && long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out long id)
            ? (id, parts[1])
            : throw new CliException($"'{noted}' is not the number and hash of an entry, as 'hcc audit verify' prints them.", ExitCodes.Usage);
    }

    private static Table TableOf(IReadOnlyList<AuditRow> rows)
    {
        Table table = new Table().Border(TableBorder.Simple)
            .AddColumn("entry").AddColumn("when (UTC)").AddColumn("who").AddColumn("what").AddColumn("subject").AddColumn("why");
        foreach (AuditRow row in rows)
        {
            table.AddRow(
                $"{row.AuditId}", $"{DateTimeOffset.FromUnixTimeMilliseconds(row.RecordedMs):yyyy-MM-dd HH:mm:ss}",
                Markup.Escape(row.Actor), Markup.Escape(row.Action), Markup.Escape(row.Subject), Markup.Escape(row.Reason));
        }
        return table;
    }
}
