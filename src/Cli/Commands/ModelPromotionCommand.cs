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
        command.SetAction((parse, ct) => RunAsync(parse, async promotion =>
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

            Example:
              hcc models approve 3 --by "A. Lovelace" --reason "calibration is better in every centre"
            """)
        {
            version, GlobalOptions.By, GlobalOptions.RequiredReason,
        };
        command.SetAction((parse, ct) => RunAsync(parse, async promotion =>
        {
            int number = parse.GetValue(version);
            (StoredComparison compared, bool promoted) = await promotion.ApproveAsync(
                number, parse.GetRequiredValue(GlobalOptions.By), parse.GetRequiredValue(GlobalOptions.RequiredReason), ct);
            Console.WriteLine(promoted
                ? $"Version {number} is the champion."
                : $"Approved by {string.Join(", ", compared.Approvals.Select(a => a.Approver))}; {compared.MissingApprovals} more approvals are needed.");
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
            Make a version the champion: one that holds and is approved, or, with --override, one that is not.

            Examples:
              hcc models promote 3 --reason "approved in the board of November"
              hcc models promote 3 --override --reason "the old scanner is gone"
            """)
        {
            version, overriding, GlobalOptions.By, GlobalOptions.RequiredReason,
        };
        command.SetAction((parse, ct) => RunAsync(parse, async promotion =>
        {
            int number = parse.GetValue(version);
            await promotion.PromoteAsync(
                number, parse.GetRequiredValue(GlobalOptions.By), parse.GetRequiredValue(GlobalOptions.RequiredReason), parse.GetValue(overriding), ct);
            Console.WriteLine($"Version {number} is the champion.");
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
            Go back to the version whose place the champion took.

            Examples:
              hcc models rollback --reason "refuses too many patients of the new scanner"
              hcc models rollback --to 1 --reason "the last one that was validated"
            """)
        {
            to, GlobalOptions.By, GlobalOptions.RequiredReason,
        };
        command.SetAction((parse, ct) => RunAsync(parse, async promotion =>
        {
            int champion = await promotion.RollBackAsync(parse.GetValue(to), parse.GetRequiredValue(GlobalOptions.By), parse.GetRequiredValue(GlobalOptions.RequiredReason), ct);
            Console.WriteLine($"Version {champion} is the champion again.");
            return ExitCodes.Done;
        }, ct));
        return command;
    }

    private static Argument<int> Version() => new("version") { Description = "Version number, as 'hcc models list' shows it." };

    private static async Task<int> RunAsync(ParseResult parse, Func<PromotionService, Task<int>> action, CancellationToken ct)
    {
        await using RegistrySession session = await RegistrySession.OpenAsync(GlobalOptions.OpenData(parse), Roles.None, ct);
        try
        {
            return await action(session.Get<PromotionService>());
        }
        catch (Exception e) when (e is PromotionException or PolicyException)
        {
            throw new CliException(e.Message);
        }
    }
}
