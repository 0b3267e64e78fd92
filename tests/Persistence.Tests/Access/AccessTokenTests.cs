using HccPipeline.Persistence.Access;
using HccPipeline.Persistence.Audit;
using HccPipeline.Testing;
using Xunit;

namespace HccPipeline.Persistence.Tests.Access;

public abstract class AccessTokenTests : DatabaseTests
{
    private AccessTokenRepository Tokens => Get<AccessTokenRepository>();

    [Fact]
    public async Task CreateAsync_Token_IsValidAndItsSecretIsNowhere()
    {
        IssuedToken issued = await IssueAsync("Ada", AccessRole.Approver, "C01");

        Assert.Matches("^hcc_[A-Za-z0-9_-]{43}$", issued.Secret);
        Assert.Equal(new TokenCheck(TokenVerdict.Valid, issued.Token), await Tokens.CheckSecretAsync(issued.Secret, Ct));
        Assert.Equal(new TokenCheck(TokenVerdict.Valid, issued.Token), await Tokens.CheckIdAsync(issued.Token.TokenId, Ct));
        Assert.Equal([issued.Token], await Tokens.ListAsync(Ct));
        Assert.Equal(0L, await ScalarAsync<long>($"SELECT COUNT(*) FROM access_token WHERE secret_sha256 = '{issued.Secret}' OR name = '{issued.Secret}'"));
        AuditRow row = Assert.Single(await Get<AuditLog>().ListAsync(10, Ct));
        Assert.Equal(("root", "create-token", $"token {issued.Token.TokenId}"), (row.Actor, row.Action, row.Subject));
        Assert.Contains("\"role\":\"approver\"", row.Detail, StringComparison.Ordinal);
        Assert.DoesNotContain(issued.Secret, row.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CreateAsync_ManyTokens_HaveDifferentSecrets()
    {
        HashSet<string> secrets = [];
        for (int i = 0; i < 20; i++)
            Assert.True(secrets.Add((await IssueAsync($"A{i}")).Secret));
    }

    [Fact]
    public async Task CheckSecretAsync_AfterItsTime_IsExpired()
    {
        IssuedToken issued = await IssueAsync("Ada");
        Clock.Advance(TimeSpan.FromDays(1) - TimeSpan.FromMilliseconds(1));
        Assert.Equal(TokenVerdict.Valid, (await Tokens.CheckSecretAsync(issued.Secret, Ct)).Verdict);
        Clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(TokenVerdict.Expired, (await Tokens.CheckSecretAsync(issued.Secret, Ct)).Verdict);
        Assert.Equal(TokenVerdict.Expired, (await Tokens.CheckIdAsync(issued.Token.TokenId, Ct)).Verdict);
    }

    [Theory]
    [InlineData("")]
    [InlineData("hcc_")]
    [InlineData("hcc_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'")]
    [InlineData("xcc_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public async Task CheckSecretAsync_NotATokensForm_IsMalformed(string secret) =>
        Assert.Equal(new(TokenVerdict.Malformed, null), await Tokens.CheckSecretAsync(secret, Ct));

    [Fact]
    public async Task CheckSecretAsync_OneBitOff_IsUnknown()
    {
        IssuedToken issued = await IssueAsync("Ada");
        char other = issued.Secret[10] == 'A' ? 'B' : 'A';
        Assert.Equal(new(TokenVerdict.Unknown, null), await Tokens.CheckSecretAsync(issued.Secret[..10] + other + issued.Secret[11..], Ct));
    }

    [Fact]
    public async Task RevokeAsync_ByNameOrKey_ActsAtOnceOnceAndIsAudited()
    {
        IssuedToken ada = await IssueAsync("Ada"), grace = await IssueAsync("Grace");

        Assert.Equal(ada.Token.TokenId, (await Tokens.RevokeAsync("Ada", "root", "left", Ct))?.TokenId);
        Assert.Equal(grace.Token.TokenId, (await Tokens.RevokeAsync(grace.Token.TokenId, "root", "left", Ct))?.TokenId);
        Assert.Null(await Tokens.RevokeAsync("Ada", "root", "again", Ct));
        Assert.Null(await Tokens.RevokeAsync(grace.Token.TokenId, "root", "again", Ct));

        Assert.Equal(TokenVerdict.Revoked, (await Tokens.CheckSecretAsync(ada.Secret, Ct)).Verdict);
        Assert.Equal(TokenVerdict.Revoked, (await Tokens.CheckIdAsync(grace.Token.TokenId, Ct)).Verdict);
        Assert.Equal(["revoke-token", "revoke-token", "create-token", "create-token"], (await Get<AuditLog>().ListAsync(10, Ct)).Select(r => r.Action));
    }

    [Fact]
    public async Task CreateAsync_NameOfAValidToken_IsRefusedUntilItIsRevokedOrExpired()
    {
        await IssueAsync("Ada");
        await Assert.ThrowsAsync<AccessException>(() => IssueAsync(" Ada "));
        Clock.Advance(TimeSpan.FromDays(1));
        await IssueAsync("Ada");
        await Tokens.RevokeAsync("Ada", "root", "left", Ct);
        await IssueAsync("Ada");
        Assert.Equal(3, (await Tokens.ListAsync(Ct)).Count);
    }

    [Fact]
    public async Task CreateAsync_OneNameTwiceAtOnce_GivesOneToken()
    {
        Task<IssuedToken>[] both = [.. Enumerable.Range(0, 2).Select(_ => Task.Run(() => IssueAsync("Ada"), Ct))];
        await Assert.ThrowsAsync<AccessException>(() => Task.WhenAll(both));
        Assert.Single(await Tokens.ListAsync(Ct));
    }

    [Theory]
    [InlineData("  ", 1)]
    [InlineData("A\nda", 1)]
    [InlineData("Ada", 0)]
    [InlineData("Ada", 100_000)]
    public async Task CreateAsync_UnusableNameOrLife_IsRefused(string name, int days) =>
        await Assert.ThrowsAsync<AccessException>(() => Tokens.CreateAsync(name, AccessRole.Viewer, null, TimeSpan.FromDays(days), "root", Ct));

    [Fact]
    public void DataKeys_StoredTwice_AreListedOnceInOrder()
    {
        DataKeyRepository keys = Get<DataKeyRepository>();
        keys.Put("b", "<b/>");
        Clock.Advance(TimeSpan.FromSeconds(1));
        keys.Put("a", "<a/>");
        keys.Put("a", "<a2/>");
        Assert.Equal(["<b/>", "<a2/>"], keys.List());
    }

    private Task<IssuedToken> IssueAsync(string name, AccessRole role = AccessRole.Viewer, string? center = null) =>
        Tokens.CreateAsync(name, role, center, TimeSpan.FromDays(1), "root", Ct);
}

public sealed class SqliteAccessTokenTests : AccessTokenTests
{
    protected override Task<TestDatabase> CreateDatabaseAsync() => TestDatabase.SqliteAsync(Ct);
}

public sealed class PostgreSqlAccessTokenTests(PostgreSqlServer server) : AccessTokenTests
{
    protected override Task<TestDatabase> CreateDatabaseAsync() => TestDatabase.PostgreSqlAsync(server, Ct);
}
