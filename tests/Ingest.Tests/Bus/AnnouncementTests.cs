using HccPipeline.Contracts.Messages;
using HccPipeline.Ingest.Bus;
using HccPipeline.Ingest.Tests.Pipeline;
using HccPipeline.Persistence.Registry;
using HccPipeline.Testing;
using MassTransit;
using MassTransit.Testing;
using Xunit;

namespace HccPipeline.Ingest.Tests.Bus;

public sealed class AnnouncementTests : IAsyncLifetime
{
    private static readonly SampleVisit Pre = new("HCC-1", new DateOnly(2023, 5, 20));
    private IngestWorkplace _place = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _place = new(await TestDatabase.SqliteAsync(Ct));
        SampleVisit.Write(_place.Input, "pre", Pre.All);
    }

    public ValueTask DisposeAsync() => _place.DisposeAsync();

    private Task WriteClinicalAsync() =>
        File.WriteAllTextAsync(Path.Combine(_place.Input, "clinical.csv"), "patient_id,treatment_start,mrecist_response\nHCC-1,2023-06-01,PD\n", Ct);

    private async Task<ITestHarness> WithBusAsync()
    {
        await _place.RestartAsync(services =>
        {
            services.AddMassTransitTestHarness(bus => bus.AddIngestConsumers());
            services.AddIngestSweeper();
        });
        ITestHarness harness = _place.Get<ITestHarness>();
        await harness.Start();
        return harness;
    }

    private static async Task<T> PublishedAsync<T>(ITestHarness harness) where T : class
    {
        await foreach (IPublishedMessage<T> message in harness.Published.SelectAsync<T>(Ct))
            return message.Context.Message;
        throw new InvalidOperationException($"{typeof(T).Name} was not published.");
    }

    [Fact]
    public async Task IngestAsync_WithABus_AnnouncesStudyRecordAndOutcomeOnce()
    {
        await WriteClinicalAsync();
        ITestHarness harness = await WithBusAsync();
        string study = Assert.Single((await _place.RunAsync()).Ready).StudyUid;

        StudyIngested announced = await PublishedAsync<StudyIngested>(harness);
        Assert.Equal((study, "C01"), (announced.StudyInstanceUid, announced.CenterCode));
        Assert.Equal(announced.Pseudonym, (await PublishedAsync<ClinicalRecordUpdated>(harness)).Pseudonym);
        Assert.Equal(announced.Pseudonym, (await PublishedAsync<OutcomeRecorded>(harness)).Pseudonym);

        await _place.RunAsync();
        Assert.Single(harness.Published.Select<StudyIngested>(Ct));
    }

    [Fact]
    public async Task SweepAsync_StudyThatWasNeverAnnounced_IsAnnouncedByTheNextProcess()
    {
        await WriteClinicalAsync();
        string study = Assert.Single((await _place.RunAsync()).Ready).StudyUid;   // no bus: nothing is announced

        ITestHarness harness = await WithBusAsync();
        await _place.Get<AnnouncementSweeper>().SweepAsync(Ct);

        Assert.Equal(study, (await PublishedAsync<StudyIngested>(harness)).StudyInstanceUid);
        await _place.Get<AnnouncementSweeper>().SweepAsync(Ct);
        Assert.Single(harness.Published.Select<StudyIngested>(Ct));
    }

    [Fact]
    public async Task SweepAsync_IngestThatDiedBeforeJudging_IsCompletedOnceItIsQuiet()
    {
        await WriteClinicalAsync();
        using CancellationTokenSource kill = new();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _place.Ingest.IngestAsync([_place.Input], "C01", new Kill(kill), kill.Token));
        ITestHarness harness = await WithBusAsync();

        await _place.Get<AnnouncementSweeper>().SweepAsync(Ct);
        Assert.Empty(harness.Published.Select<StudyIngested>(Ct));   // it may still be under way elsewhere

        _place.Clock.Advance(TimeSpan.FromMinutes(3));
        await _place.Get<AnnouncementSweeper>().SweepAsync(Ct);
        Assert.NotNull(await PublishedAsync<StudyIngested>(harness));
        Assert.NotNull(await PublishedAsync<ClinicalRecordUpdated>(harness));
    }

    [Fact]
    public async Task Consume_RecordOfAWaitingPatientDeliveredTwice_AnnouncesTheStudyOnce()
    {
        string pseudonym = Assert.Single((await _place.RunAsync()).Waiting).Pseudonym;
        ITestHarness harness = await WithBusAsync();
        // A record that came by another way than a table beside the images.
        await _place.Get<ClinicalRecordRepository>().StoreAsync(
            [new() { Pseudonym = pseudonym, CenterCode = "C01", TreatmentStart = await StudyDateAsync(pseudonym), EntryQuarter = "2023Q2", Values = new Dictionary<string, double>() }], Ct);

        await harness.Bus.Publish(new ClinicalRecordUpdated { Pseudonym = pseudonym }, Ct);
        Assert.Equal(pseudonym, (await PublishedAsync<StudyIngested>(harness)).Pseudonym);
        await harness.Bus.Publish(new ClinicalRecordUpdated { Pseudonym = pseudonym }, Ct);

        int consumed = 0;
        await foreach (IReceivedMessage<ClinicalRecordUpdated> _ in harness.GetConsumerHarness<ClinicalRecordUpdatedConsumer>().Consumed.SelectAsync<ClinicalRecordUpdated>(Ct))
        {
            if (++consumed == 2)
                break;
        }
        Assert.Single(harness.Published.Select<StudyIngested>(Ct));
    }

    private async Task<DateOnly> StudyDateAsync(string pseudonym)
    {
        DateOnly date = default;
        await _place.Get<StudyRepository>().JudgeAsync(pseudonym, p =>
        {
            date = p.Studies[0].StudyDate!.Value;
            return [];
        }, Ct);
        return date;
    }

    private sealed class Kill(CancellationTokenSource source) : IProgress<IngestProgress>
    {
        public void Report(IngestProgress value) => source.Cancel();
    }
}
