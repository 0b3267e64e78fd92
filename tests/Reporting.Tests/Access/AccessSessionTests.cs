using System.Security.Claims;
using HccPipeline.Persistence.Access;
using HccPipeline.Persistence.Audit;
using HccPipeline.Reporting.Access;
using Microsoft.AspNetCore.Components.Authorization;
using Xunit;

namespace HccPipeline.Reporting.Tests.Access;

/// <summary>What the holder of an open page may change.</summary>
public sealed class AccessSessionTests : IAsyncLifetime
{
    private DashboardApp _app = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _app = await DashboardApp.StartAsync();

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    [Fact]
    public async Task RequireAsync_EnoughRole_IsTheHolder()
    {
        AccessSession session = await SessionAsync(AccessRole.Approver);
        Assert.Equal("Ada", (await session.RequireAsync(AccessRole.Operator, everyCentre: true, Ct)).Name);
        Assert.Empty(await _app.RefusalsAsync());
    }

    [Fact]
    public async Task RequireAsync_RoleTooLow_IsRefusedAndAudited()
    {
        AccessSession session = await SessionAsync(AccessRole.Viewer);
        await Assert.ThrowsAsync<AccessException>(() => session.RequireAsync(AccessRole.Operator, everyCentre: false, Ct));
        Assert.Equal([("Ada", "role too low")], await _app.RefusalsAsync());
    }

    [Fact]
    public async Task RequireAsync_TokenOfOneCentre_ChangesItsOwnAndNothingOfAll()
    {
        AccessSession session = await SessionAsync(AccessRole.Approver, "A");
        Assert.Equal("A", (await session.RequireAsync(AccessRole.Operator, everyCentre: false, Ct)).CenterCode);
        await Assert.ThrowsAsync<AccessException>(() => session.RequireAsync(AccessRole.Approver, everyCentre: true, Ct));
        Assert.Equal([("Ada", "token of one centre")], await _app.RefusalsAsync());
    }

    [Fact]
    public async Task RequireAsync_TokenRevokedWhileThePageIsOpen_IsRefused()
    {
        AccessSession session = await SessionAsync(AccessRole.Admin);
        Assert.True(await session.IsValidAsync(Ct));
        await _app.Get<AccessTokenRepository>().RevokeAsync("Ada", "root", "left", Ct);
        Assert.False(await session.IsValidAsync(Ct));
        await Assert.ThrowsAsync<AccessException>(() => session.RequireAsync(AccessRole.Viewer, everyCentre: false, Ct));
    }

    private async Task<AccessSession> SessionAsync(AccessRole role, string? center = null)
    {
        AccessToken token = (await _app.IssueAsync(role, center)).Token;
        return new AccessSession(new Signed(AccessIdentity.Of(token, "test")), _app.Get<AccessTokenRepository>(), _app.Get<AuditLog>(), _app.Get<OtherCentres>(), _app.Get<RefusalLog>());
    }

    private sealed class Signed(ClaimsPrincipal principal) : AuthenticationStateProvider
    {
        public override Task<AuthenticationState> GetAuthenticationStateAsync() => Task.FromResult(new AuthenticationState(principal));
    }
}
