using System.CommandLine;
using HccPipeline.Cli.Hosting;
using HccPipeline.Cli.Output;
using HccPipeline.ModelWorker.Promotion;

namespace HccPipeline.Cli.Commands;

/// <summary><c>hcc models compare|approve|promote|rollback</c>: which version is in use.</summary>
internal static class ModelPromotionCommand
{
    public static IEnumerable<Command> Create() => [Compare(), Approve(), Promote(), RollBack()];

    private static Command Compare()
    {
        Argument<int> version = Version();
        Command command = new(
            "compare",
            """
            Compare a version with the champion on the same patients, none of whom is scored by a model that learned from them, and judge it by the
            policy of promotion. Exit code 1 when it does not hold.

            Example:
              hcc models compare 3
            """)
        {
            version, GlobalOptions.AsJson,
        };
        command.SetAction((parse, ct) => RunAsync(parse, async (promotion, _) =>
        {
            StoredComparison compared = await promotion.CompareAsync(parse.GetValue(version), ct);
            if (parse.GetValue(GlobalOptions.AsJson))
                Json.Print(new { compared.Row.ComparisonId, compared.Row.Verdict, compared.Row.PolicySha256, compared.MissingApprovals, compared.Approvals, compared.Comparison });
            else
                ComparisonView.Print(compared);
            return compared.IsHeld ? ExitCodes.Done : ExitCodes.NeedsAttention;
        }, ct));
        return command;
    }

    private static Command Approve()
    {
        Argument<int> version = Version();
        Command command = new(
            "approve",
            """
            Approve a version whose comparison holds. When as many people as the policy asks for have, it becomes the champion.
            Who approves is the holder of the access token. Where the policy names nobody and asks for one person at most, a token is not needed,
            and the account approves.

            Examples:
              hcc models approve 3 --token-file ada.token --reason "calibration is better in every centre"
              HCC_TOKEN=hcc_… hcc models approve 3 --reason "calibration is better in every centre"
            """)
        {
            version, DeciderOptions.TokenFile, DeciderOptions.OnBehalf, GlobalOptions.RequiredReason,
        };
        command.SetAction((parse, ct) => RunAsync(parse, async (promotion, session) =>
        {
            (Decider by, string reason) = await DeciderOptions.ReadAsync(session, parse, ct);
            int number = parse.GetValue(version);
            (StoredComparison compared, bool promoted) = await promotion.ApproveAsync(number, by, reason, ct);
            PrintDecision(number, compared, promoted);
            return ExitCodes.Done;
        }, ct));
        return command;
    }

    private static Command Promote()
    {
        Argument<int> version = Version();
        Option<bool> overriding = new("--override") { Description = "Decide against the policy, where it allows that; the reason is kept." };
        Command command = new(
            "promote",
            """
            Make a version the champion: one that holds and is approved, or, with --override, one that does not. Who decides is known as in
            'hcc models approve', and must be among the approvers where the policy names them; where it asks for two people, an override takes two.

            Examples:
              hcc models promote 3 --reason "approved in the board of November"
              hcc models promote 3 --override --reason "the old scanner is gone"
            """)
        {
            version, overriding, DeciderOptions.TokenFile, DeciderOptions.OnBehalf, GlobalOptions.RequiredReason,
        };
        command.SetAction((parse, ct) => RunAsync(parse, async (promotion, session) =>
        {
            (Decider by, string reason) = await DeciderOptions.ReadAsync(session, parse, ct);
            int number = parse.GetValue(version);
            (StoredComparison compared, bool promoted) = await promotion.PromoteAsync(number, by, reason, parse.GetValue(overriding), ct);
            PrintDecision(number, compared, promoted);
            return ExitCodes.Done;
        }, ct));
        return command;
    }

    private static Command RollBack()
    {
        Option<int?> to = new("--to") { Description = "A version that was the champion before (default: the one whose place the champion took).", HelpName = "N" };
        Command command = new(
            "rollback",
            """
            Go back to the version whose place the champion took. Who decides is known as in 'hcc models approve', and must be among the approvers
            where the policy names them; one is enough.

            Examples:
              hcc models rollback --reason "refuses too many patients of the new scanner"
              hcc models rollback --to 1 --reason "the last one that was validated"
            """)
        {
            to, DeciderOptions.TokenFile, DeciderOptions.OnBehalf, GlobalOptions.RequiredReason,
        };
        command.SetAction((parse, ct) => RunAsync(parse, async (promotion, session) =>
        {
            (Decider by, string reason) = await DeciderOptions.ReadAsync(session, parse, ct);
            int champion = await promotion.RollBackAsync(parse.GetValue(to), by, reason, ct);
            Console.WriteLine($"Version {champion} is the champion again.");
            return ExitCodes.Done;
        }, ct));
        return command;
    }

    private static Argument<int> Version() => new("version") { Description = "Version number, as 'hcc models list' shows it." };

    private static void PrintDecision(int version, StoredComparison compared, bool promoted) => Console.WriteLine(promoted
        ? $"Version {version} is the champion."
        : compared.MissingApprovals == 0 ? "The champion changed meanwhile: compare again."
        : $"Noted. So far {string.Join(", ", compared.Approvals.Select(a => a.Approver))}; {compared.MissingApprovals} more {(compared.MissingApprovals == 1 ? "person has" : "people have")} to decide so.");

    private static async Task<int> RunAsync(ParseResult parse, Func<PromotionService, RegistrySession, Task<int>> action, CancellationToken ct)
    {
        await using RegistrySession session = await RegistrySession.OpenAsync(GlobalOptions.OpenData(parse), Roles.None, ct);
        try
        {
            return await action(session.Get<PromotionService>(), session);
        }
        catch (Exception e) when (e is PromotionException or PolicyException)
        {
            throw new CliException(e.Message);
        }
    }
}
