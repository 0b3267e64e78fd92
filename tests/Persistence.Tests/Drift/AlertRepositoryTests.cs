using HccPipeline.Contracts.Drift;
using HccPipeline.Persistence.Audit;
using HccPipeline.Persistence.Drift;
using HccPipeline.Testing;
using Xunit;

namespace HccPipeline.Persistence.Tests.Drift;

public abstract class AlertRepositoryTests : DatabaseTests
{
    private AlertRepository Alerts => Get<AlertRepository>();

    [Fact]
    public async Task RaiseAsync_SameFindingAgain_IsOneAlertWhoseEndMoves()
    {
        await DriftDocuments.AddVersionsAsync(Get<IServiceProvider>(), Ct);

        Assert.Equal(2, await RaiseAsync(DriftDocuments.Finding(), DriftDocuments.Finding(AlertLevels.Action, "consecutive-falls")));
        Assert.Equal(0, await RaiseAsync(DriftDocuments.Finding(), DriftDocuments.Finding(window: "2023Q4")));
        Assert.Equal(1, await RaiseAsync(DriftDocuments.Finding(center: null)));

        IReadOnlyList<AlertRow> rows = await Alerts.ListAsync(withClosed: false, 10, Ct);
        Assert.Equal(3, rows.Count);
        AlertRow moved = rows.Single(r => r is { CenterCode: "B", Level: AlertLevels.Watch });
        Assert.Equal(("2023Q3", "2023Q4", AlertStates.Open, "In 2023Q4 something."), (moved.FirstWindow, moved.LastWindow, moved.State, moved.Summary));
        Assert.Equal([(AlertLevels.Action, AlertStates.Open, 1L), (AlertLevels.Watch, AlertStates.Open, 2L)], await Alerts.CountAsync(Ct));
    }

    [Fact]
    public async Task RaiseAsync_AcknowledgedAndFoundLater_StaysAcknowledgedUntilItRises()
    {
        await DriftDocuments.AddVersionsAsync(Get<IServiceProvider>(), Ct);
        await RaiseAsync(DriftDocuments.Finding());
        string id = (await Alerts.ListNotAnnouncedAsync(Ct)).Single().AlertId;
        await Alerts.MarkAnnouncedAsync(id, Ct);
        await Alerts.MarkDeliveredAsync(id, Ct);
        await Alerts.AcknowledgeAsync(id, "Ada", "asked the centre", Ct);

        Assert.Equal(0, await RaiseAsync(DriftDocuments.Finding(window: "2023Q4")));
        AlertRow same = (await Alerts.ListAsync(false, 10, Ct)).Single();
        Assert.Equal((AlertStates.Acknowledged, "Ada", "In 2023Q4 something."), (same.State, same.AcknowledgedBy, same.Summary));
        Assert.Empty(await Alerts.ListNotAnnouncedAsync(Ct));

        Assert.Equal(1, await RaiseAsync(DriftDocuments.Finding(window: "2023Q4"), DriftDocuments.Finding(AlertLevels.Action, window: "2024Q1")));
        AlertRow risen = (await Alerts.ListAsync(false, 10, Ct)).Single();
        Assert.Equal((id, AlertLevels.Action, AlertStates.Open, (string?)null, "2023Q3", "2024Q1"), (risen.AlertId, risen.Level, risen.State, risen.AcknowledgedBy, risen.FirstWindow, risen.LastWindow));
        Assert.Equal(id, (await Alerts.ListNotAnnouncedAsync(Ct)).Single().AlertId);   // it goes out again
        Assert.Equal(id, (await Alerts.ListToDeliverAsync(1, 0, Ct)).Single().AlertId);

        Assert.Equal(0, await RaiseAsync(DriftDocuments.Finding(window: "2024Q2")));   // less is no news while more is open
        Assert.Equal(AlertLevels.Action, (await Alerts.ListAsync(true, 10, Ct)).Single().Level);
    }

    [Fact]
    public async Task CloseAsync_ThenFoundHigherOnTheLadder_IsNewsInTheSameWindow()
    {
        await DriftDocuments.AddVersionsAsync(Get<IServiceProvider>(), Ct);
        await RaiseAsync(DriftDocuments.Finding());
        await Alerts.CloseAsync((await Alerts.ListAsync(false, 10, Ct)).Single().AlertId, "Ada", "one sign only", Ct);

        Assert.Equal(1, await RaiseAsync(DriftDocuments.Finding(AlertLevels.Action)));
        Assert.Equal(AlertLevels.Action, (await Alerts.ListAsync(false, 10, Ct)).Single().Level);
    }

    [Fact]
    public async Task CloseAsync_ThenFoundAgain_IsNewsOnlyInALaterWindow()
    {
        await DriftDocuments.AddVersionsAsync(Get<IServiceProvider>(), Ct);
        await RaiseAsync(DriftDocuments.Finding(), DriftDocuments.Finding(window: "2023Q4"));
        string id = (await Alerts.ListAsync(false, 10, Ct)).Single().AlertId;

        Assert.True(await Alerts.CloseAsync(id, "Ada", "recalibrated", Ct));

        Assert.Equal(0, await RaiseAsync(DriftDocuments.Finding(), DriftDocuments.Finding(window: "2023Q4")));
        Assert.Empty(await Alerts.ListAsync(false, 10, Ct));
        Assert.Equal(1, await RaiseAsync(DriftDocuments.Finding(window: "2024Q1")));
        Assert.Equal(2, (await Alerts.ListAsync(withClosed: true, 10, Ct)).Count);
    }

    [Fact]
    public async Task AcknowledgeAsync_OpenAlert_KeepsWhoWhenWhyAndIsAudited()
    {
        await DriftDocuments.AddVersionsAsync(Get<IServiceProvider>(), Ct);
        await RaiseAsync(DriftDocuments.Finding());
        string id = (await Alerts.ListAsync(false, 10, Ct)).Single().AlertId;
        Clock.Advance(TimeSpan.FromHours(2));

        Assert.True(await Alerts.AcknowledgeAsync(id, "Ada", "asked the centre", Ct));
        Assert.False(await Alerts.AcknowledgeAsync(id, "Grace", "me too", Ct));
        Assert.True(await Alerts.CloseAsync(id, "Grace", "settled", Ct));
        Assert.False(await Alerts.CloseAsync(id, "Ada", "again", Ct));
        Assert.False(await Alerts.CloseAsync("none", "Ada", "what", Ct));

        AlertRow row = (await Alerts.FindAsync(id[..4], Ct)).Single();
        Assert.Equal((AlertStates.Closed, "Ada", "asked the centre", "Grace", "settled"), (row.State, row.AcknowledgedBy, row.AcknowledgedReason, row.ClosedBy, row.ClosedReason));
        Assert.Equal(2 * 3600 * 1000, row.AcknowledgedMs - row.RaisedMs);
        Assert.Equal(["close-alert", "acknowledge-alert"], (await Get<AuditLog>().ListAsync(2, Ct)).Select(a => a.Action));
    }

    [Fact]
    public async Task RaiseAsync_ManyAtOnce_RaiseOneAlert()
    {
        await DriftDocuments.AddVersionsAsync(Get<IServiceProvider>(), Ct);

        int[] raised = await Task.WhenAll(Enumerable.Range(1, 4).Select(q => Task.Run(() => RaiseAsync(DriftDocuments.Finding(window: $"2023Q{q}")), Ct)));

        Assert.Equal(1, raised.Sum());
        Assert.Equal("2023Q4", (await Alerts.ListAsync(true, 10, Ct)).Single().LastWindow);
    }

    [Fact]
    public async Task TakeDeliveryAsync_Two_OneGetsItAndTheNextIsLater()
    {
        await DriftDocuments.AddVersionsAsync(Get<IServiceProvider>(), Ct);
        await RaiseAsync(DriftDocuments.Finding());
        AlertRow alert = (await Alerts.ListToDeliverAsync(3, 0, Ct)).Single();
        long next = Clock.GetUtcNow().AddMinutes(1).ToUnixTimeMilliseconds();

        Assert.True(await Alerts.TakeDeliveryAsync(alert, next, Ct));
        Assert.False(await Alerts.TakeDeliveryAsync(alert, next, Ct));
        Assert.Empty(await Alerts.ListToDeliverAsync(3, 0, Ct));
        Clock.Advance(TimeSpan.FromMinutes(2));
        Assert.Empty(await Alerts.ListToDeliverAsync(1, 0, Ct));
        Assert.Empty(await Alerts.ListToDeliverAsync(3, alert.RaisedMs + 1, Ct));
        Assert.Equal(1, (await Alerts.ListToDeliverAsync(3, 0, Ct)).Single().WebhookAttempts);
        await Alerts.MarkDeliveredAsync(alert.AlertId, Ct);
        Assert.Empty(await Alerts.ListToDeliverAsync(3, 0, Ct));
    }

    [Fact]
    public async Task MarkAnnouncedAsync_Announced_IsNotListedAgain()
    {
        await DriftDocuments.AddVersionsAsync(Get<IServiceProvider>(), Ct);
        await RaiseAsync(DriftDocuments.Finding());

        foreach (AlertRow alert in await Alerts.ListNotAnnouncedAsync(Ct))
            await Alerts.MarkAnnouncedAsync(alert.AlertId, Ct);

        Assert.Empty(await Alerts.ListNotAnnouncedAsync(Ct));
        Assert.Single(await Alerts.ListAsync(false, 10, Ct));
    }

    private Task<int> RaiseAsync(params FindingDocument[] findings) => Alerts.RaiseAsync(DriftDocuments.Make(findings: findings), "document", Ct);
}

public sealed class SqliteAlertRepositoryTests : AlertRepositoryTests
{
    protected override Task<TestDatabase> CreateDatabaseAsync() => TestDatabase.SqliteAsync(Ct);
}

public sealed class PostgreSqlAlertRepositoryTests(PostgreSqlServer server) : AlertRepositoryTests
{
    protected override Task<TestDatabase> CreateDatabaseAsync() => TestDatabase.PostgreSqlAsync(server, Ct);
}
