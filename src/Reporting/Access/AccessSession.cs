using HccPipeline.Persistence.Access;
using HccPipeline.Persistence.Audit;
using Microsoft.AspNetCore.Components.Authorization;

namespace HccPipeline.Reporting.Access;

/// <summary>Who looks at an interactive page: the token is asked for again while the page is open, and before anything is changed.</summary>
internal sealed class AccessSession(AuthenticationStateProvider state, AccessTokenRepository tokens, AuditLog audit)
{
    private Holder? _holder;

    /// <summary>The holder, as they came in.</summary>
    public async Task<Holder> HolderAsync() => _holder ??= Holder.Of((await state.GetAuthenticationStateAsync()).User);

    /// <summary>Whether the token still lets its holder in.</summary>
    public async Task<bool> IsValidAsync(CancellationToken ct) =>
        (await tokens.CheckIdAsync((await HolderAsync()).TokenId, ct)).Verdict == TokenVerdict.Valid;

    /// <summary>The holder, who may change something.</summary>
    /// <exception cref="AccessException">The role does not allow it, or the token is no longer valid; it is audited.</exception>
    public async Task<Holder> RequireAsync(AccessRole role, CancellationToken ct)
    {
        Holder holder = await HolderAsync();
        bool isValid = await IsValidAsync(ct);
        if (isValid && holder.Role >= role)
            return holder;
        await audit.AppendAsync(new(holder.Name, "refuse", $"token {holder.TokenId}", isValid ? "role too low" : "token no longer valid"), ct);
        throw new AccessException(isValid ? $"This needs the role {role.ToString().ToLowerInvariant()}." : "This token is no longer valid; sign in again.");
    }
}

/// <summary>The holder of a token.</summary>
/// <param name="TokenId">Key of the token.</param>
/// <param name="Name">Name.</param>
/// <param name="Role">What they may do.</param>
/// <param name="CenterCode">The only centre that they see; null for all.</param>
internal sealed record Holder(string TokenId, string Name, AccessRole Role, string? CenterCode)
{
    /// <summary>The holder behind a principal.</summary>
    public static Holder Of(System.Security.Claims.ClaimsPrincipal principal) => new(
        AccessIdentity.TokenIdOf(principal) ?? throw new AccessException("Nobody is signed in."),
        AccessIdentity.NameOf(principal),
        Enum.GetValues<AccessRole>().Where(r => principal.IsInRole(r.ToString())).DefaultIfEmpty(AccessRole.Viewer).Max(),
        AccessIdentity.CenterOf(principal));
}
