using HccPipeline.Persistence.Access;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http;

namespace HccPipeline.Reporting.Access;

/// <summary>A cookie is worth what its token is worth at this moment: every request asks the database, so that a revoked token is out at once.</summary>
internal sealed class SessionCookieEvents(AccessTokenRepository tokens, RefusalLog refusals) : CookieAuthenticationEvents
{
    private static readonly object Refused = new();

    public override async Task ValidatePrincipal(CookieValidatePrincipalContext context)
    {
        TokenCheck check = context.Principal is { } principal && AccessIdentity.TokenIdOf(principal) is { } id
            ? await tokens.CheckIdAsync(id, context.HttpContext.RequestAborted)
            : new(TokenVerdict.Malformed, null);
        if (check is { Verdict: TokenVerdict.Valid, Token: { } token })
        {
            context.ReplacePrincipal(AccessIdentity.Of(token, AccessSchemes.Cookie));
            return;
        }
        context.RejectPrincipal();
        context.HttpContext.Items[Refused] = true;
        await refusals.WriteAsync(context.HttpContext, check.Token?.Name, TokenReasons.Of(check.Verdict));
        await context.HttpContext.SignOutAsync(AccessSchemes.Cookie);
    }

    public override async Task RedirectToLogin(RedirectContext<CookieAuthenticationOptions> context)
    {
        if (!context.HttpContext.Items.ContainsKey(Refused))
            await refusals.WriteAsync(context.HttpContext, null, context.Request.Cookies.ContainsKey(AccessSchemes.CookieName) ? TokenReasons.ForgedCookie : TokenReasons.Absent);
        if (IsPage(context.Request))
            context.Response.Redirect(context.RedirectUri);
        else
            await TypedResults.Problem(statusCode: StatusCodes.Status401Unauthorized, title: "A valid access token is needed.").ExecuteAsync(context.HttpContext);
    }

    public override async Task RedirectToAccessDenied(RedirectContext<CookieAuthenticationOptions> context)
    {
        await refusals.WriteAsync(context.HttpContext, AccessIdentity.NameOf(context.HttpContext.User), "role too low");
        await TypedResults.Problem(statusCode: StatusCodes.Status403Forbidden, title: "The role of this token does not allow it.").ExecuteAsync(context.HttpContext);
    }

    private static bool IsPage(HttpRequest request) =>
        HttpMethods.IsGet(request.Method) && !request.Path.StartsWithSegments(AccessSchemes.ApiPath) && !request.Path.StartsWithSegments("/_blazor");
}
