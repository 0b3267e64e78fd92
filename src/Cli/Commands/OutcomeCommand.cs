using System.CommandLine;
using HccPipeline.Cli.Hosting;
using HccPipeline.Cli.Output;
using HccPipeline.Persistence.Registry;
using Spectre.Console;

namespace HccPipeline.Cli.Commands;

/// <summary><c>hcc outcome</c>: outcomes with their history, and decisions on them.</summary>
internal static class OutcomeCommand
{
    private static readonly Argument<string> Pseudonym = new("pseudonym") { Description = "Pseudonym of the patient ('hcc cohort --all' lists them)." };

    public static Command Create() => new(
        "outcome",
        """
        Decide on the response of a patient, or show every outcome that a patient was known to have.

        Examples:
          hcc outcome adjudicate P-4f0c2a91d3e85b76 PD --reason "second reader, panel of 12 May"
          hcc outcome show P-4f0c2a91d3e85b76
        """)
    {
        GlobalOptions.Data, Adjudicate(), Show(),
    };

    private static Command Adjudicate()
    {
        Argument<string> response = new("response") { Description = "The response by mRECIST." };
        response.AcceptOnlyFromAmong("CR", "PR", "SD", "PD");
        Command command = new(
            "adjudicate",
            """
            Store a person's decision on the response. It stands above the clinical table, now and later, until the next decision.

            Examples:
              hcc outcome adjudicate P-4f0c2a91d3e85b76 PD --reason "second reader, panel of 12 May"
              hcc outcome adjudicate P-4f0c2a91d3e85b76 SD --reason "swelling, not growth" --by "A. Reader"
            """)
        {
            Pseudonym, response, GlobalOptions.RequiredReason, GlobalOptions.By, GlobalOptions.AsJson,
        };
        command.SetAction(async (parse, ct) =>
        {
            string patient = parse.GetRequiredValue(Pseudonym), decision = parse.GetRequiredValue(response), reason = parse.GetRequiredValue(GlobalOptions.RequiredReason);
            if (string.IsNullOrWhiteSpace(reason))
                throw new CliException("--reason must say why.", ExitCodes.Usage);
            await using RegistrySession session = await RegistrySession.OpenAsync(GlobalOptions.OpenData(parse), Roles.None, ct);
            AdjudicationOutcome outcome = await session.Get<OutcomeRepository>().AdjudicateAsync(patient, decision, reason, parse.GetRequiredValue(GlobalOptions.By), ct);
            if (outcome == AdjudicationOutcome.NoRecord)
                throw new CliException($"Patient {patient} has no clinical record: there is nothing to decide on. 'hcc cohort --all' lists the patients.");
            if (parse.GetValue(GlobalOptions.AsJson))
                Json.Print(new { patient, response = decision, outcome = outcome.ToString().ToLowerInvariant() });
            else
                Console.WriteLine(outcome == AdjudicationOutcome.Stored ? $"{patient}: {decision}, from now on." : $"{patient}: {decision} for this reason was the last decision already.");
            return ExitCodes.Done;
        });
        return command;
    }

    private static Command Show()
    {
        Command command = new("show", "Show every outcome that a patient was known to have, oldest first.") { Pseudonym, GlobalOptions.AsJson };
        command.SetAction(async (parse, ct) =>
        {
            string patient = parse.GetRequiredValue(Pseudonym);
            await using RegistrySession session = await RegistrySession.OpenAsync(GlobalOptions.OpenData(parse), Roles.None, ct);
            IReadOnlyList<OutcomeRevision> revisions = await session.Get<OutcomeRepository>().ListAsync(patient, ct);
            if (parse.GetValue(GlobalOptions.AsJson))
                Json.Print(revisions);
            else if (revisions.Count == 0)
                Console.WriteLine($"No outcome of {patient} is known.");
            else
                AnsiConsole.Write(TableOf(revisions));
            return ExitCodes.Done;
        });
        return command;
    }

    private static Table TableOf(IReadOnlyList<OutcomeRevision> revisions)
    {
        Table table = new Table().Border(TableBorder.Simple)
            .AddColumn("revision").AddColumn("when (UTC)").AddColumn("response").AddColumn("recorded").AddColumn("PFS, months").AddColumn("source").AddColumn("why");
        foreach (OutcomeRevision r in revisions)
        {
            string survival = r.PfsMonths is { } months ? $"{months:0.##}{(r.PfsEvent == true ? "" : "+")}" : "";
            table.AddRow(
                $"{r.Revision}", $"{DateTimeOffset.FromUnixTimeMilliseconds(r.RecordedMs):yyyy-MM-dd HH:mm}", r.Response ?? "unknown", r.RecordedResponse ?? "unknown", survival,
                r.Source, Markup.Escape(r.Reason ?? ""));
        }
        return table;
    }
}
