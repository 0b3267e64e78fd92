using System.CommandLine;
using HccPipeline.Cli.Hosting;
using HccPipeline.Cli.Output;
using HccPipeline.ModelWorker.Promotion;
using HccPipeline.Persistence.Access;
using HccPipeline.Persistence.Audit;

namespace HccPipeline.Cli.Commands;

/// <summary>Who decides on a version: the holder of an access token, or the account at the keyboard. A name that somebody types proves nothing.</summary>
internal static class DeciderOptions
{
    public const string Variable = "HCC_TOKEN";

    public static readonly Option<string?> TokenFile = new("--token-file")
    {
        Description = $"File with your access token (role approver or admin); its name is who decides (default: the token in {Variable}, else the account).",
        HelpName = "FILE",
    };

    public static readonly Option<string?> OnBehalf = new("--by") { Description = "On whose behalf, a note kept with the reason.", HelpName = "NAME" };

    /// <summary>Who decides, and why.</summary>
    /// <exception cref="CliException">A token was shown that lets nobody decide; the attempt is kept in the history.</exception>
    public static async Task<(Decider By, string Reason)> ReadAsync(RegistrySession session, ParseResult parse, CancellationToken ct)
    {
        string reason = parse.GetRequiredValue(GlobalOptions.RequiredReason);
        if (parse.GetValue(OnBehalf) is { Length: > 0 } whom)
            reason = $"{reason} (on behalf of {whom})";
        return (await ReadAsync(session, SecretOf(parse.GetValue(TokenFile)), parse.CommandResult.Command.Name, ct), reason);
    }

    /// <summary>Who shows a token; the account where none is shown.</summary>
    internal static async Task<Decider> ReadAsync(RegistrySession session, string? secret, string action, CancellationToken ct)
    {
        if (secret is null)
            return new(TokenCommand.Actor, IsProven: false);
        TokenCheck check = await session.Get<AccessTokenRepository>().CheckSecretAsync(secret, ct);
        if (check is { Verdict: TokenVerdict.Valid, Token: { Role: >= AccessRole.Approver, CenterCode: null } token })
            return new(token.Name, IsProven: true);
        string why = check.Verdict != TokenVerdict.Valid ? $"{check.Verdict} token" : check.Token!.CenterCode is null ? "role too low" : "token of one centre";
        await session.Get<AuditLog>().AppendAsync(new(check.Token?.Name ?? "unknown", "refuse", $"models {action}", why, new Dictionary<string, string> { ["account"] = TokenCommand.Actor }), ct);
        throw new CliException("This token lets nobody decide on versions: it takes a valid one of the role approver or admin, for all centres ('hcc token create').");
    }

    private static string? SecretOf(string? file)
    {
        if (file is null)
            return Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } secret ? secret.Trim() : null;
        return File.Exists(file) ? File.ReadAllText(file).Trim() : throw new CliException($"There is no file {file}.", ExitCodes.Usage);
    }
}
