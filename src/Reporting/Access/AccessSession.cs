using HccPipeline.Persistence.Access;
using HccPipeline.Persistence.Audit;
using Microsoft.AspNetCore.Components.Authorization;

namespace HccPipeline.Reporting.Access;

/// <summary>Who looks at an interactive page: the token is asked for again while the page is open, and before anything is changed.</summary>
internal sealed class AccessSession(
    AuthenticationStateProvider state, AccessTokenRepository tokens, AuditLog audit, OtherCentres others, RefusalLog refusals)
{
    private const string FromAPage = "a page";   // an open page has no request, and so no address

    private Holder? _holder;

    /// <summary>The holder, as they came in.</summary>
    public async Task<Holder> HolderAsync() => _holder ??= Holder.Of((await state.GetAuthenticationStateAsync()).User);

    /// <summary>Whether the token still lets its holder in.</summary>
    public async Task<bool> IsValidAsync(CancellationToken ct) =>
        (await tokens.CheckIdAsync((await HolderAsync()).TokenId, ct)).Verdict == TokenVerdict.Valid;

    /// <summary>Writes down that the holder opened the page of a study or patient that is there and another centre's; the page shows what it shows of nothing.</summary>
    /// <param name="page">Address of the page.</param>
    /// <param name="studyOrPseudonym">What was asked for.</param>
    /// <param name="ct">Cancels.</param>
    public async Task NoteAsync(string page, string studyOrPseudonym, CancellationToken ct)
    {
        Holder holder = await HolderAsync();
        if (await others.OwnAsync(studyOrPseudonym, holder.CenterCode, ct))
            await refusals.WriteAsync(FromAPage, holder.Name, OtherCentres.Reason, $"GET {page}");
    }

    /// <summary>The holder, who may change something.</summary>
    /// <param name="role">Role that the change needs.</param>
    /// <param name="everyCentre">Whether it concerns all centres, so that a token of one can't make it.</param>
    /// <param name="ct">Cancels.</param>
    /// <exception cref="AccessException">Role or centre do not allow it, or the token is no longer valid; it is audited.</exception>
    public async Task<Holder> RequireAsync(AccessRole role, bool everyCentre, CancellationToken ct)
    {
        Holder holder = await HolderAsync();
        (string Reason, string Answer)? problem =
            !await IsValidAsync(ct) ? ("token no longer valid", "This token is no longer valid; sign in again.")
            : holder.Role < role ? ("role too low", $"This needs the role {role.ToString().ToLowerInvariant()}.")
            : everyCentre && holder.CenterCode is not null ? ("token of one centre", "This concerns every centre; a token of one can't do it.")
            : null;
        if (problem is not { } p)
            return holder;
        await audit.AppendAsync(new(holder.Name, "refuse", $"token {holder.TokenId}", p.Reason), ct);
        throw new AccessException(p.Answer);
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
