using HccPipeline.Contracts.Messages;
using HccPipeline.Ingest.Bus;
using HccPipeline.Ingest.Tests.Pipeline;
using HccPipeline.Persistence.Registry;
using HccPipeline.Testing;
using MassTransit;
using Xunit;

namespace HccPipeline.Ingest.Tests.Bus;

public sealed class AnnouncementTests : IAsyncLifetime
{
    private static readonly SampleVisit Pre = new("HCC-1", new DateOnly(2023, 5, 20));
    private IngestWorkplace _place = null!;
    private IBusControl? _bus;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _place = new(await TestDatabase.SqliteAsync(Ct));
        SampleVisit.Write(_place.Input, "pre", Pre.All);
    }

    public async ValueTask DisposeAsync()
    {
        if (_bus is not null)
            await _bus.StopAsync(CancellationToken.None);
        await _place.DisposeAsync();
    }

    private Task WriteClinicalAsync() =>
        File.WriteAllTextAsync(Path.Combine(_place.Input, "clinical.csv"), "patient_id,treatment_start,mrecist_response\nHCC-1,2023-06-01,PD\n", Ct);

    private async Task<BusRecorder> WithBusAsync()
    {
        await _place.RestartAsync(services =>
        {
            services.AddMassTransit(bus =>
            {
                bus.DisableUsageTelemetry();
                bus.AddIngestConsumers();
                bus.UsingInMemory((context, cfg) => cfg.ConfigureEndpoints(context));
            });
            services.AddIngestSweeper();
        });
        _bus = _place.Get<IBusControl>();
        BusRecorder recorder = new();
        _bus.ConnectPublishObserver(recorder);
        _bus.ConnectConsumeObserver(recorder);
        await _bus.StartAsync(Ct);
        return recorder;
    }

    [Fact]
    public async Task IngestAsync_WithABus_AnnouncesStudyRecordAndOutcomeOnce()
    {
        await WriteClinicalAsync();
        BusRecorder recorder = await WithBusAsync();
        string study = Assert.Single((await _place.RunAsync()).Ready).StudyUid;

        StudyIngested announced = Assert.Single(recorder.Published<StudyIngested>());
        Assert.Equal((study, "C01"), (announced.StudyInstanceUid, announced.CenterCode));
        Assert.Equal(announced.Pseudonym, Assert.Single(recorder.Published<ClinicalRecordUpdated>()).Pseudonym);
        Assert.Equal(announced.Pseudonym, Assert.Single(recorder.Published<OutcomeRecorded>()).Pseudonym);

        await _place.RunAsync();
        Assert.Single(recorder.Published<StudyIngested>());
    }

    [Fact]
    public async Task SweepAsync_StudyThatWasNeverAnnounced_IsAnnouncedByTheNextProcess()
    {
        await WriteClinicalAsync();
        string study = Assert.Single((await _place.RunAsync()).Ready).StudyUid;   // no bus: nothing is announced

        BusRecorder recorder = await WithBusAsync();
        await _place.Get<AnnouncementSweeper>().SweepAsync(Ct);

        Assert.Equal(study, Assert.Single(recorder.Published<StudyIngested>()).StudyInstanceUid);
        await _place.Get<AnnouncementSweeper>().SweepAsync(Ct);
        Assert.Single(recorder.Published<StudyIngested>());
    }

    [Fact]
    public async Task AnnounceStudiesNotAnnouncedAsync_SeveralAtOnce_AnnounceAStudyOnce()
    {
        await WriteClinicalAsync();
        await _place.RunAsync();
        BusRecorder recorder = await WithBusAsync();
        Announcer announcer = _place.Get<Announcer>();

        int[] announced = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => announcer.AnnounceStudiesNotAnnouncedAsync(null, Ct), Ct)));

        Assert.Equal(1, announced.Sum());
        Assert.Single(recorder.Published<StudyIngested>());
    }

    [Fact]
    public async Task SweepAsync_IngestThatDiedBeforeJudging_IsCompletedOnceItIsQuiet()
    {
        await WriteClinicalAsync();
        using CancellationTokenSource kill = new();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _place.Ingest.IngestAsync([_place.Input], "C01", new Kill(kill), kill.Token));
        BusRecorder recorder = await WithBusAsync();

        await _place.Get<AnnouncementSweeper>().SweepAsync(Ct);
        Assert.Empty(recorder.Published<StudyIngested>());   // it may still be under way elsewhere

        _place.Clock.Advance(TimeSpan.FromMinutes(3));
        await _place.Get<AnnouncementSweeper>().SweepAsync(Ct);
        Assert.Single(recorder.Published<StudyIngested>());
        Assert.Single(recorder.Published<ClinicalRecordUpdated>());
    }

    [Fact]
    public async Task Consume_RecordOfAPatientDeliveredTwice_AnnouncesTheStudyOnce()
    {
        string pseudonym = Assert.Single((await _place.RunAsync()).Ready).Pseudonym;
        BusRecorder recorder = await WithBusAsync();
        // A record that came by another way than a table beside the images.
        await _place.Get<ClinicalRecordRepository>().StoreAsync(
            [new() { Pseudonym = pseudonym, CenterCode = "C01", TreatmentStart = await StudyDateAsync(pseudonym), EntryQuarter = "2023Q2", Values = new Dictionary<string, double>() }], Ct);

        for (int delivery = 0; delivery < 2; delivery++)
        {
            await _place.Get<IBus>().Publish(new ClinicalRecordUpdated { Pseudonym = pseudonym }, Ct);
            Assert.IsType<ClinicalRecordUpdated>(await recorder.ConsumedAsync(Ct));
            Assert.Equal(pseudonym, Assert.Single(recorder.Published<StudyIngested>()).Pseudonym);
        }
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
