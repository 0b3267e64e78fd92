using System.Text.Encodings.Web;
using HccPipeline.Persistence.Access;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace HccPipeline.Reporting.Access;

/// <summary>Lets in who shows a valid token in the header <c>Authorization: Bearer</c>; everybody else gets one and the same answer.</summary>
internal sealed class BearerTokenHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory loggers, UrlEncoder encoder, AccessTokenRepository tokens, RefusalLog refusals)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
{
    private const string Prefix = "Bearer ";
    private TokenCheck? _check;

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        string header = Request.Headers.Authorization.ToString();
        if (header.Length == 0)
            return AuthenticateResult.NoResult();
        string? secret = header.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) ? header[Prefix.Length..].Trim() : null;
        _check = await tokens.CheckSecretAsync(secret, Context.RequestAborted);
        return _check is { Verdict: TokenVerdict.Valid, Token: { } token }
            ? AuthenticateResult.Success(new AuthenticationTicket(AccessIdentity.Of(token, Scheme.Name), Scheme.Name))
            : AuthenticateResult.Fail("The token is not valid.");
    }

    protected override async Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        await refusals.WriteAsync(Context, _check?.Token?.Name, _check is null ? TokenReasons.Absent : TokenReasons.Of(_check.Verdict));
        Response.Headers[HeaderNames.WWWAuthenticate] = "Bearer";
        await TypedResults.Problem(statusCode: StatusCodes.Status401Unauthorized, title: "A valid access token is needed.").ExecuteAsync(Context);
    }

    protected override async Task HandleForbiddenAsync(AuthenticationProperties properties)
    {
        await refusals.WriteAsync(Context, AccessIdentity.NameOf(Context.User), "role too low");
        await TypedResults.Problem(statusCode: StatusCodes.Status403Forbidden, title: "The role of this token does not allow it.").ExecuteAsync(Context);
    }
}
