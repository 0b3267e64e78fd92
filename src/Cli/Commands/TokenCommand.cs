using System.CommandLine;
using HccPipeline.Cli.Hosting;
using HccPipeline.Cli.Output;
using HccPipeline.Persistence.Access;
using Spectre.Console;

namespace HccPipeline.Cli.Commands;

/// <summary><c>hcc token</c>: who may look and who may change.</summary>
internal static class TokenCommand
{
    public static Command Create() => new(
        "token",
        """
        Access tokens of the dashboard and the read API. A token is told once, when it is made; the registry keeps its hash.

        Examples:
          hcc token create --name "Ada" --role approver
          hcc token create --name "Ward 3, Hamburg" --role viewer --center HAM --expires 30d
          hcc token list
          hcc token revoke "Ada" --reason "left the trial"
        """)
    {
        GlobalOptions.Data, TokenCreateCommand.Create(), List(), Revoke(),
    };

    /// <summary>Who is at the keyboard: the account, as the machine knows it.</summary>
    internal static string Actor => $"{Environment.UserName}@{Environment.MachineName}";

    private static Command List()
    {
        Command command = new("list", "List all tokens, the latest first.") { GlobalOptions.AsJson };
        command.SetAction(async (parse, ct) =>
        {
            await using RegistrySession session = await RegistrySession.OpenAsync(GlobalOptions.OpenData(parse), Roles.None, ct);
            IReadOnlyList<AccessToken> tokens = await session.Get<AccessTokenRepository>().ListAsync(ct);
            if (parse.GetValue(GlobalOptions.AsJson))
                Json.Print(tokens.Select(t => new { t.TokenId, t.Name, Role = t.Role.ToString().ToLowerInvariant(), t.CenterCode, t.CreatedMs, t.ExpiresMs, t.RevokedMs }));
            else if (tokens.Count == 0)
                Console.WriteLine("There is no token yet; 'hcc token create --name NAME --role admin' makes the first.");
            else
                AnsiConsole.Write(TableOf(tokens, session.Get<TimeProvider>().GetUtcNow().ToUnixTimeMilliseconds()));
            return ExitCodes.Done;
        });
        return command;
    }

    private static Command Revoke()
    {
        Argument<string> token = new("token") { Description = "Key of a token as 'hcc token list' shows it, or the name of a valid one." };
        Option<string> reason = new("--reason") { Description = "Why; kept in the audit.", HelpName = "TEXT", DefaultValueFactory = _ => "no longer needed" };
        Command command = new("revoke", "Revoke a token at once: who is signed in with it is out.") { token, reason };
        command.SetAction(async (parse, ct) =>
        {
            await using RegistrySession session = await RegistrySession.OpenAsync(GlobalOptions.OpenData(parse), Roles.None, ct);
            string wanted = parse.GetRequiredValue(token);
            AccessToken revoked = await session.Get<AccessTokenRepository>().RevokeAsync(wanted, Actor, parse.GetRequiredValue(reason), ct)
                ?? throw new CliException($"No valid token has the key or name '{wanted}'; 'hcc token list' lists all.");
            Console.WriteLine($"Revoked: {revoked.Name} ({revoked.TokenId})");
            return ExitCodes.Done;
        });
        return command;
    }

    private static Table TableOf(IReadOnlyList<AccessToken> tokens, long nowMs)
    {
        Table table = new Table().Border(TableBorder.Simple).AddColumn("token").AddColumn("name").AddColumn("role").AddColumn("centre").AddColumn("valid until (UTC)").AddColumn("state");
        foreach (AccessToken token in tokens)
        {
            table.AddRow(
                token.TokenId, Markup.Escape(token.Name), token.Role.ToString().ToLowerInvariant(), Markup.Escape(token.CenterCode ?? "all"),
                $"{DateTimeOffset.FromUnixTimeMilliseconds(token.ExpiresMs):yyyy-MM-dd HH:mm}",
                token.RevokedMs is not null ? "revoked" : token.ExpiresMs <= nowMs ? "expired" : "valid");
        }
        return table;
    }
}
