using HccPipeline.Cli.Commands;
using HccPipeline.Cli.Hosting;
using HccPipeline.Cli.Output;
using HccPipeline.ModelWorker.Promotion;
using HccPipeline.Persistence.Access;
using HccPipeline.Persistence.Audit;

namespace HccPipeline.Cli.Tests.Access;

/// <summary>Who decides on a version on the command line.</summary>
public sealed class DeciderTests : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("hcc-decider-").FullName;
    private RegistrySession _session = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _session = await RegistrySession.OpenAsync(new(_folder), Roles.None, Ct);

    public async ValueTask DisposeAsync()
    {
        await _session.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Theory]
    [InlineData(AccessRole.Approver)]
    [InlineData(AccessRole.Admin)]
    public async Task ReadAsync_TokenOfAnApprover_IsItsNameProven(AccessRole role) =>
        Assert.Equal(new("Ada", IsProven: true), await ReadAsync(await IssueAsync("Ada", role)));

    [Fact]
    public async Task ReadAsync_NoToken_IsTheAccountUnproven() => Assert.Equal(new(TokenCommand.Actor, IsProven: false), await ReadAsync(null));

    [Fact]
    public async Task ReadAsync_TokenThatLetsNobodyDecide_IsRefusedAndAudited()
    {
        string revoked = await IssueAsync("Grace", AccessRole.Admin);
        await _session.Get<AccessTokenRepository>().RevokeAsync("Grace", "test", "left", Ct);
        (string Secret, string Who, string Why)[] bad =
        [
            ("no token", "unknown", "Malformed token"), ("hcc_" + new string('A', 43), "unknown", "Unknown token"), (revoked, "Grace", "Revoked token"),
            (await IssueAsync("Bob", AccessRole.Operator), "Bob", "role too low"), (await IssueAsync("Eve", AccessRole.Approver, "HAM"), "Eve", "token of one centre"),
        ];
        foreach ((string secret, string who, string why) in bad)
        {
            Assert.DoesNotContain(secret, (await Assert.ThrowsAsync<CliException>(() => ReadAsync(secret))).Message, StringComparison.Ordinal);
            AuditRow row = (await _session.Get<AuditLog>().ListAsync(1, Ct))[0];
            Assert.Equal((who, "refuse", "models approve", why), (row.Actor, row.Action, row.Subject, row.Reason));
        }
    }

    private Task<Decider> ReadAsync(string? secret) => DeciderOptions.ReadAsync(_session, secret, "approve", Ct);

    private async Task<string> IssueAsync(string name, AccessRole role, string? center = null) =>
        (await _session.Get<AccessTokenRepository>().CreateAsync(name, role, center, TimeSpan.FromHours(1), "test", Ct)).Secret;
}
