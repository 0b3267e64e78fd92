using System.Security.Claims;
using HccPipeline.Persistence.Access;

namespace HccPipeline.Reporting.Access;

/// <summary>Who is in, as claims: a token's key, name, roles and centre.</summary>
internal static class AccessIdentity
{
    private const string CenterClaim = "hcc:center";

    /// <summary>The holder of a token.</summary>
    public static ClaimsPrincipal Of(AccessToken token, string scheme)
    {
        List<Claim> claims = [new(ClaimTypes.NameIdentifier, token.TokenId), new(ClaimTypes.Name, token.Name)];
        claims.AddRange(Enum.GetValues<AccessRole>().Where(role => role <= token.Role).Select(role => new Claim(ClaimTypes.Role, role.ToString())));
        if (token.CenterCode is { } center)
            claims.Add(new(CenterClaim, center));
        return new(new ClaimsIdentity(claims, scheme));
    }

    /// <summary>Key of the token behind a principal; null where there is none.</summary>
    public static string? TokenIdOf(ClaimsPrincipal principal) => principal.FindFirstValue(ClaimTypes.NameIdentifier);

    /// <summary>Name of the holder.</summary>
    public static string NameOf(ClaimsPrincipal principal) => principal.FindFirstValue(ClaimTypes.Name) ?? "unknown";

    /// <summary>The only centre that the holder sees; null for all.</summary>
    public static string? CenterOf(ClaimsPrincipal principal) => principal.FindFirstValue(CenterClaim);
}
