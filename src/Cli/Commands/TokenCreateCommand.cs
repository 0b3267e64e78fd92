using System.CommandLine;
using System.Globalization;
using HccPipeline.Cli.Hosting;
using HccPipeline.Cli.Output;
using HccPipeline.Ingest.Identity;
using HccPipeline.Persistence.Access;

namespace HccPipeline.Cli.Commands;

/// <summary><c>hcc token create</c>.</summary>
internal static class TokenCreateCommand
{
    public static Command Create()
    {
        Option<string> name = new("--name") { Description = "Whose it is: the name that stands behind every change made with it.", HelpName = "NAME", Required = true };
        Option<string> role = new("--role")
        {
            Description = "viewer looks; operator also retries, dismisses and asks for training; approver also approves and rolls back; admin may do everything.",
            Required = true,
        };
        role.AcceptOnlyFromAmong([.. Enum.GetNames<AccessRole>().Select(r => r.ToLowerInvariant())]);
        Option<string?> center = new("--center") { Description = "The only centre that the holder sees (default: all).", HelpName = "C" };
        Option<string> expires = new("--expires") { Description = "How long it is valid: days or hours, as 90d or 12h.", HelpName = "TIME", DefaultValueFactory = _ => "90d" };
        Command command = new(
            "create",
            """
            Make a token and print it, this once.

            Examples:
              hcc token create --name "Ada" --role admin
              hcc token create --name "Ward 3, Hamburg" --role viewer --center HAM --expires 30d
            """)
        {
            name, role, center, expires, GlobalOptions.AsJson,
        };
        command.SetAction(async (parse, ct) =>
        {
            AccessRole wanted = Enum.Parse<AccessRole>(parse.GetRequiredValue(role), ignoreCase: true);
            string? code = CenterOf(parse.GetValue(center), wanted);
            TimeSpan life = LifeOf(parse.GetRequiredValue(expires));
            await using RegistrySession session = await RegistrySession.OpenAsync(GlobalOptions.OpenData(parse), Roles.None, ct);
            try
            {
                IssuedToken issued = await session.Get<AccessTokenRepository>().CreateAsync(parse.GetRequiredValue(name), wanted, code, life, TokenCommand.Actor, ct);
                Print(issued, parse.GetValue(GlobalOptions.AsJson));
            }
            catch (AccessException e)
            {
                throw new CliException(e.Message);
            }
            return ExitCodes.Done;
        });
        return command;
    }

    private static void Print(IssuedToken issued, bool asJson)
    {
        AccessToken token = issued.Token;
        if (asJson)
        {
            Json.Print(new { token.TokenId, token.Name, Role = token.Role.ToString().ToLowerInvariant(), token.CenterCode, token.ExpiresMs, issued.Secret });
            return;
        }
        // The token alone on standard output, so that a script can take it; what there is to say about it beside.
        Console.WriteLine(issued.Secret);
        Console.Error.WriteLine(
            $"{token.Name}: {token.Role.ToString().ToLowerInvariant()} of {token.CenterCode ?? "all centres"}, valid until {DateTimeOffset.FromUnixTimeMilliseconds(token.ExpiresMs):yyyy-MM-dd HH:mm} UTC. "
            + "It is shown this once; keep it like a password.");
    }

    private static string? CenterOf(string? text, AccessRole role) => text switch
    {
        null => null,
        _ when role == AccessRole.Admin => throw new CliException("An admin sees every centre; leave --center out or choose another role.", ExitCodes.Usage),
        _ when CenterCode.TryParse(text, out string code) => code,
        _ => throw new CliException($"'{text}' can't be used: {CenterCode.Rule}.", ExitCodes.Usage),
    };

    private static TimeSpan LifeOf(string text) =>
        text.Length > 1 && int.TryParse(text[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out int n) && n is > 0 and < 100_000 && text[^1] is 'd' or 'h'
            ? text[^1] == 'd' ? TimeSpan.FromDays(n) : TimeSpan.FromHours(n)
            : throw new CliException($"'{text}' is not a time: give days or hours, as 90d or 12h.", ExitCodes.Usage);
}
