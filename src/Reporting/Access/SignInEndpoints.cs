using HccPipeline.Persistence.Access;
using HccPipeline.Persistence.Audit;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace HccPipeline.Reporting.Access;

/// <summary>Where a token becomes a cookie, and where the cookie goes.</summary>
internal static class SignInEndpoints
{
    private static readonly TimeSpan LongestSession = TimeSpan.FromHours(12);

    public static void MapSignIn(this IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder group = routes.MapGroup("").AllowAnonymous().ExcludeFromDescription();
        group.MapGet(AccessSchemes.SignInPath, (string? to) => Page(to, refused: false));
        group.MapPost(AccessSchemes.SignInPath, SignInAsync);
        group.MapPost("/sign-out", async (HttpContext context, [FromForm] string? ignored) =>
        {
            await context.SignOutAsync(AccessSchemes.Cookie);
            return TypedResults.LocalRedirect(AccessSchemes.SignInPath);
        });
    }

    private static async Task<IResult> SignInAsync(
        HttpContext context, [FromForm] string? token, [FromForm] string? to, AccessTokenRepository tokens, RefusalLog refusals, AuditLog audit, TimeProvider clock)
    {
        TokenCheck check = await tokens.CheckSecretAsync(token?.Trim(), context.RequestAborted);
        if (check is not { Verdict: TokenVerdict.Valid, Token: { } holder })
        {
            await refusals.WriteAsync(context, check.Token?.Name, TokenReasons.Of(check.Verdict));
            return Page(to, refused: true);
        }
        DateTimeOffset session = clock.GetUtcNow() + LongestSession;
        DateTimeOffset end = DateTimeOffset.FromUnixTimeMilliseconds(holder.ExpiresMs);
        await context.SignInAsync(AccessSchemes.Cookie, AccessIdentity.Of(holder, AccessSchemes.Cookie), new() { ExpiresUtc = end < session ? end : session });
        await audit.AppendAsync(new(holder.Name, "sign-in", $"token {holder.TokenId}", "token accepted"), context.RequestAborted);
        return TypedResults.LocalRedirect(LocalOrHome(to));
    }

    private static RazorComponentResult<SignInPage> Page(string? to, bool refused) => new(new { To = LocalOrHome(to), Refused = refused })
    {
        StatusCode = refused ? StatusCodes.Status401Unauthorized : StatusCodes.Status200OK,
    };

    /// <summary>An address of this site, whatever was asked for.</summary>
    private static string LocalOrHome(string? to) =>
        to is { Length: > 0 } && to[0] == '/' && (to.Length == 1 || to[1] is not ('/' or '\\')) && !to.Any(char.IsControl) ? to : "/";
}
