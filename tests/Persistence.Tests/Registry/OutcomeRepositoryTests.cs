using HccPipeline.Persistence.Audit;
using HccPipeline.Persistence.Registry;
using HccPipeline.Testing;
using Xunit;

namespace HccPipeline.Persistence.Tests.Registry;

public abstract class OutcomeRepositoryTests : DatabaseTests
{
    private OutcomeRepository Outcomes => Get<OutcomeRepository>();

    [Fact]
    public async Task StoreAsync_OutcomeThatChanges_AddsARevisionForEachChangeAndNoOther()
    {
        await StoreAsync(null, null, null);
        Assert.Empty(await Outcomes.ListAsync("P-a", Ct));

        await StoreAsync("SD", 10, false);
        await StoreAsync("SD", 10, false, nlr: 3);   // another value, the same outcome
        await StoreAsync("SD", 14, true);
        await StoreAsync("PD", 14, true);

        Assert.Equal(
            [(1, "SD", 10.0, false), (2, "SD", 14, true), (3, "PD", 14, true)],
            (await Outcomes.ListAsync("P-a", Ct)).Select(o => (o.Revision, o.Response!, o.PfsMonths!.Value, o.PfsEvent!.Value)));
    }

    [Fact]
    public async Task AdjudicateAsync_ThenTheTableComesAgain_StandsAboveIt()
    {
        await StoreAsync("SD", 10, false);
        Assert.Equal(AdjudicationOutcome.Stored, await Outcomes.AdjudicateAsync("P-a", "PD", "second reader", "A. Reader", Ct));
        Assert.Equal(AdjudicationOutcome.Unchanged, await Outcomes.AdjudicateAsync("P-a", "PD", "second reader", "A. Reader", Ct));
        Assert.Equal(ClinicalOutcome.Unchanged, await StoreAsync("SD", 10, false));

        await StoreAsync("PR", 12, false);   // the centre corrects its own entry, and the follow-up is longer

        AuditRow entry = Assert.Single(await Get<AuditLog>().ListAsync(10, Ct));   // the repeated decision changed nothing
        Assert.Equal(("A. Reader", "adjudicate-outcome", "P-a", "second reader"), (entry.Actor, entry.Action, entry.Subject, entry.Reason));
        Assert.Equal("PD", await ScalarAsync<string>("SELECT response FROM clinical_record"));
        Assert.Equal(
            [("recorded", "SD", "SD", 10.0), ("adjudicated", "PD", "SD", 10), ("recorded", "PD", "PR", 12)],
            (await Outcomes.ListAsync("P-a", Ct)).Select(o => (o.Source, o.Response!, o.RecordedResponse!, o.PfsMonths!.Value)));
    }

    [Fact]
    public async Task AdjudicateAsync_Stored_IsAnnouncedAgain()
    {
        await StoreAsync("SD", 10, false);
        ClinicalRecordRepository records = Get<ClinicalRecordRepository>();
        ClinicalAnnouncement before = Assert.Single(await records.ListNotAnnouncedAsync(long.MaxValue, Ct));
        await Outcomes.AdjudicateAsync("P-a", "PD", "second reader", "A. Reader", Ct);
        await records.MarkAnnouncedAsync(before, Ct);   // what was read before the decision does not count as its announcement

        Assert.True(Assert.Single(await records.ListNotAnnouncedAsync(long.MaxValue, Ct)).HasOutcome);
    }

    [Fact]
    public async Task AdjudicateAsync_NobodyKnownOrNoResponse_IsRefused()
    {
        Assert.Equal(AdjudicationOutcome.NoRecord, await Outcomes.AdjudicateAsync("P-z", "PD", "because", "A. Reader", Ct));
        await Assert.ThrowsAsync<ArgumentException>(() => Outcomes.AdjudicateAsync("P-a", "pd", "because", "A. Reader", Ct));
        await Assert.ThrowsAsync<ArgumentException>(() => Outcomes.AdjudicateAsync("P-a", "PD", " ", "A. Reader", Ct));
    }

    private async Task<ClinicalOutcome> StoreAsync(string? response, double? months, bool? seen, double nlr = 2) => Assert.Single(
        await Get<ClinicalRecordRepository>().StoreAsync(
        [
            new()
            {
                Pseudonym = "P-a", CenterCode = "C01", TreatmentStart = new(2023, 5, 1), EntryQuarter = "2023Q2", Response = response, PfsMonths = months, PfsEvent = seen,
                Values = new Dictionary<string, double> { ["NLR"] = nlr },
            },
        ], Ct));
}

public sealed class SqliteOutcomeRepositoryTests : OutcomeRepositoryTests
{
    protected override Task<TestDatabase> CreateDatabaseAsync() => TestDatabase.SqliteAsync(Ct);
}

public sealed class PostgreSqlOutcomeRepositoryTests(PostgreSqlServer server) : OutcomeRepositoryTests
{
    protected override Task<TestDatabase> CreateDatabaseAsync() => TestDatabase.PostgreSqlAsync(server, Ct);
}
