using HccPipeline.Contracts;
using HccPipeline.Persistence.Registry;
using HccPipeline.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace HccPipeline.Persistence.Tests.Registry;

public abstract class RegistryTests : IAsyncLifetime
{
    private TestDatabase _database = null!;
    private ServiceProvider _services = null!;

    protected static CancellationToken Ct => TestContext.Current.CancellationToken;

    private FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));

    private InstanceRepository Instances => _services.GetRequiredService<InstanceRepository>();

    private StudyRepository Studies => _services.GetRequiredService<StudyRepository>();

    private ClinicalRecordRepository Clinical => _services.GetRequiredService<ClinicalRecordRepository>();

    private QuarantineRepository Quarantine => _services.GetRequiredService<QuarantineRepository>();

    protected abstract Task<TestDatabase> CreateDatabaseAsync();

    public async ValueTask InitializeAsync()
    {
        _database = await CreateDatabaseAsync();
        _services = _database.Services(Clock).BuildServiceProvider();
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await _database.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    private static ReceivedInstance Instance(string sop, string study = "1.1", string series = "1.1.1", string patient = "P-a") => new()
    {
        Pseudonym = patient,
        CenterCode = "C01",
        StudyUid = study,
        StudyDate = new DateOnly(2023, 5, 1),
        SeriesUid = series,
        Modality = "MR",
        FrameOfReferenceUid = "1.9",
        Manufacturer = "ACME",
        ScannerModel = "M",
        FieldStrengthTesla = 1.5,
        AcquiredMs = 2000,
        SopInstanceUid = sop,
        BlobSha256 = "blob-" + sop,
        SourceSha256 = "source-" + sop,
        Shows = "T2",
        PositionMm = 4.5,
        Grid = "2 2 1 1 1 0 0 0 1 0",
        FrameCount = 1,
    };

    private static ClinicalRecord Record(string pseudonym = "P-a", double nlr = 3, string? response = "PD") => new()
    {
        Pseudonym = pseudonym,
        CenterCode = "C01",
        TreatmentStart = new DateOnly(2023, 5, 2),
        EntryQuarter = "2023Q2",
        Response = response,
        PfsMonths = response is null ? null : 5.5,
        PfsEvent = response is null ? null : true,
        Values = new Dictionary<string, double> { ["NLR"] = nlr, ["age"] = 61 },
    };

    private static StudyDecision Decide(StoredStudy study, string content = "c1", Rejection? rejection = null, string? waitingFor = null) => new()
    {
        StudyUid = study.StudyUid,
        Visit = Visit.PreTreatment,
        WaitingFor = waitingFor,
        ContentSha256 = content,
        Series = [.. study.Series.Select(s => new SeriesDecision(s.SeriesUid, Sequence.T2, rejection) { ReferencedSeriesUid = s.ReferencedSeriesUid })],
    };

    private async Task<PatientStudies> ReadAsync(string pseudonym)
    {
        PatientStudies? read = null;
        await Studies.JudgeAsync(pseudonym, p => { read = p; return []; }, Ct);
        return read!;
    }

    [Fact]
    public async Task AddAsync_NewInstance_IsStoredWithAllThatIsKnownOfIt()
    {
        ReceivedInstance mask = Instance("4", series: "1.1.2") with
        {
            Modality = "SEG", ReferencedSeriesUid = "1.1.1", Shows = null, PositionMm = null, Grid = null, FrameCount = 9, AcquiredMs = null,
            Segments = [new(1, "Lesion", Region.Lesion), new(2, "?", null)],
        };
        Assert.All(await Instances.AddAsync([Instance("3"), mask], Ct), r => Assert.Equal(ReceptionOutcome.Stored, r.Outcome));

        StoredStudy study = Assert.Single((await ReadAsync("P-a")).Studies);
        Assert.Equal((StudyState.Receiving, new DateOnly(2023, 5, 1), "C01"), (study.State, study.StudyDate, study.CenterCode));
        Assert.Equal(
            new StoredInstance { SopInstanceUid = "3", BlobSha256 = "blob-3", Shows = "T2", PositionMm = 4.5, Grid = "2 2 1 1 1 0 0 0 1 0", FrameCount = 1 },
            Assert.Single(study.Series[0].Instances));
        Assert.Equal(("1.9", 2000L, "MR"), (study.Series[0].FrameOfReferenceUid, study.Series[0].AcquiredMs, study.Series[0].Modality));
        Assert.Equal(("SEG", "1.1.1"), (study.Series[1].Modality, study.Series[1].ReferencedSeriesUid));
        Assert.Equal(mask.Segments, study.Series[1].Segments);
    }

    [Fact]
    public async Task AddAsync_SameInstanceTwice_IsADuplicateAndKeepsTheStudyAsItWas()
    {
        await Instances.AddAsync([Instance("3")], Ct);
        await Studies.JudgeAsync("P-a", p => [Decide(p.Studies[0])], Ct);

        Reception again = Assert.Single(await Instances.AddAsync([Instance("3")], Ct));

        Assert.Equal(ReceptionOutcome.Duplicate, again.Outcome);
        Assert.Equal(StudyState.Ready, (await ReadAsync("P-a")).Studies[0].State);
    }

    [Fact]
    public async Task AddAsync_SameUidOtherContent_NamesTheStoredBlobAndWritesNothing()
    {
        await Instances.AddAsync([Instance("3")], Ct);
        Reception other = Assert.Single(await Instances.AddAsync([Instance("3") with { BlobSha256 = "other", SourceSha256 = "other-source" }], Ct));

        Assert.Equal(new(ReceptionOutcome.OtherContent, "blob-3"), other);
        Assert.Empty(await Instances.FindKnownSourcesAsync(["other-source"], "C01", Ct));
    }

    [Fact]
    public async Task AddAsync_StudyOfAnotherPatientOrSeriesOfAnotherStudy_IsRefused()
    {
        await Instances.AddAsync([Instance("3")], Ct);
        IReadOnlyList<Reception> receptions = await Instances.AddAsync(
            [Instance("4", patient: "P-b"), Instance("5", study: "1.2"), Instance("6")], Ct);
        Assert.Equal([ReceptionOutcome.OtherPatient, ReceptionOutcome.OtherStudy, ReceptionOutcome.Stored], receptions.Select(r => r.Outcome));
    }

    [Fact]
    public async Task AddAsync_LateInstance_MakesTheStudyReceivingAgain()
    {
        await Instances.AddAsync([Instance("3")], Ct);
        await Studies.JudgeAsync("P-a", p => [Decide(p.Studies[0])], Ct);
        await Instances.AddAsync([Instance("4")], Ct);

        Assert.Equal(["P-a"], await Studies.ListReceivingPatientsAsync(long.MaxValue, Ct));
        Assert.Empty(await Studies.ListReceivingPatientsAsync(Clock.GetUtcNow().ToUnixTimeMilliseconds() - 1, Ct));
        Assert.Empty(await Studies.ListNotAnnouncedAsync(null, Ct));
    }

    [Theory]
    [InlineData(1000, 3000)]
    [InlineData(3000, 1000)]
    public async Task AddAsync_AcquisitionTimesInAnyOrder_KeepTheEarliest(long first, long second)
    {
        await Instances.AddAsync([Instance("3") with { AcquiredMs = first }], Ct);
        await Instances.AddAsync([Instance("4") with { AcquiredMs = null }, Instance("5") with { AcquiredMs = second }], Ct);
        Assert.Equal(1000, (await ReadAsync("P-a")).Studies[0].Series[0].AcquiredMs);
    }

    [Fact]
    public async Task FindKnownSourcesAsync_StoredFile_IsKnownToItsCenterAlone()
    {
        await Instances.AddAsync([Instance("3")], Ct);
        Assert.Equal(["source-3"], await Instances.FindKnownSourcesAsync(["source-3", "source-4"], "C01", Ct));
        Assert.Equal(["source-3"], await Instances.FindKnownSourcesAsync(["source-3"], null, Ct));
        Assert.Empty(await Instances.FindKnownSourcesAsync(["source-3"], "C02", Ct));
        Assert.Empty(await Instances.FindKnownSourcesAsync([], "C01", Ct));
    }

    [Fact]
    public async Task JudgeAsync_Decision_IsWrittenOnceAndAnnouncedOnce()
    {
        await Instances.AddAsync([Instance("3")], Ct);
        await Clinical.StoreAsync([Record()], Ct);
        await Studies.JudgeAsync("P-a", p => [Decide(p.Studies[0], p.TreatmentStart == new DateOnly(2023, 5, 2) ? "c1" : "no record")], Ct);

        StudyAnnouncement announcement = Assert.Single(await Studies.ListNotAnnouncedAsync(null, Ct));
        Assert.Equal(announcement, Assert.Single(await Studies.ListNotAnnouncedAsync("P-a", Ct)));
        Assert.Empty(await Studies.ListNotAnnouncedAsync("P-b", Ct));
        Assert.Equal(("1.1", "P-a", "C01", "c1"), (announcement.StudyUid, announcement.Pseudonym, announcement.CenterCode, announcement.ContentSha256));
        await Studies.MarkAnnouncedAsync(announcement, Ct);
        Assert.Empty(await Studies.ListNotAnnouncedAsync(null, Ct));

        await Studies.JudgeAsync("P-a", p => [Decide(p.Studies[0])], Ct);
        Assert.Empty(await Studies.ListNotAnnouncedAsync(null, Ct));
        await Studies.JudgeAsync("P-a", p => [Decide(p.Studies[0], "c2")], Ct);
        Assert.Single(await Studies.ListNotAnnouncedAsync(null, Ct));
        Assert.Equal(new("1.1", "P-a", Visit.PreTreatment, StudyState.Ready, null, null), Assert.Single(await Studies.ListStandingsAsync("P-a", Ct)));
    }

    [Fact]
    public async Task MarkAnnouncedAsync_ContentChangedMeanwhile_LeavesTheNewOneToBeAnnounced()
    {
        await Instances.AddAsync([Instance("3")], Ct);
        await Studies.JudgeAsync("P-a", p => [Decide(p.Studies[0])], Ct);
        StudyAnnouncement old = Assert.Single(await Studies.ListNotAnnouncedAsync(null, Ct));
        await Studies.JudgeAsync("P-a", p => [Decide(p.Studies[0], "c2")], Ct);
        await Studies.MarkAnnouncedAsync(old, Ct);
        Assert.Equal("c2", Assert.Single(await Studies.ListNotAnnouncedAsync(null, Ct)).ContentSha256);
    }

    [Fact]
    public async Task JudgeAsync_RejectedSeries_IsInQuarantineUntilItIsAccepted()
    {
        await Instances.AddAsync([Instance("3")], Ct);
        await Studies.JudgeAsync("P-a", p => [Decide(p.Studies[0], rejection: new("missing-slice", "a gap"), waitingFor: "a T2 series")], Ct);

        QuarantineEntry entry = Assert.Single(await Quarantine.ListAsync(Ct));
        Assert.Equal((QuarantineSubject.Series, "1.1.1", "missing-slice", "a gap"), (entry.SubjectKind, entry.Subject, entry.Rejection.Code, entry.Rejection.Detail));
        Assert.Equal(StudyState.Waiting, Assert.Single(await Studies.ListStandingsAsync("P-a", Ct)).State);

        await Studies.JudgeAsync("P-a", p => [Decide(p.Studies[0], "c2")], Ct);
        Assert.Empty(await Quarantine.ListAsync(Ct));
    }

    [Fact]
    public async Task StoreAsync_Record_IsNewThenUnchangedThenChanged()
    {
        Assert.Equal([ClinicalOutcome.New, ClinicalOutcome.New], await Clinical.StoreAsync([Record(), Record("P-b", response: null)], Ct));
        Assert.Equal([ClinicalOutcome.Unchanged], await Clinical.StoreAsync([Record()], Ct));
        IReadOnlyList<ClinicalAnnouncement> waiting = await Clinical.ListNotAnnouncedAsync(long.MaxValue, Ct);
        Assert.Empty(await Clinical.ListNotAnnouncedAsync(Clock.GetUtcNow().ToUnixTimeMilliseconds() - 1, Ct));
        Assert.Equal([("P-a", 1L, true), ("P-b", 1L, false)], waiting.Select(a => (a.Pseudonym, a.Revision, a.HasOutcome)));
        foreach (ClinicalAnnouncement announcement in waiting)
            await Clinical.MarkAnnouncedAsync(announcement, Ct);
        Assert.Empty(await Clinical.ListNotAnnouncedAsync(long.MaxValue, Ct));

        Assert.Equal([ClinicalOutcome.Changed], await Clinical.StoreAsync([Record(nlr: 4)], Ct));
        Assert.Equal(2, Assert.Single(await Clinical.ListNotAnnouncedAsync(long.MaxValue, Ct)).Revision);
        await Clinical.MarkAnnouncedAsync(waiting[0], Ct);   // the announcement of the first revision comes late
        Assert.Single(await Clinical.ListNotAnnouncedAsync(long.MaxValue, Ct));
    }

    [Fact]
    public async Task ReplaceAsync_SameEntryAgain_StaysOneRowAndReleasedOnesGo()
    {
        QuarantineEntry Entry(string subject, string code) => new()
        {
            CenterCode = "C01", SubjectKind = QuarantineSubject.File, Subject = subject, Rejection = new(code, "detail"),
        };
        await Quarantine.ReplaceAsync("C01", QuarantineSubject.File, [], [Entry("a", "not-dicom"), Entry("b", "truncated")], Ct);
        await Quarantine.ReplaceAsync("C01", QuarantineSubject.File, ["a"], [Entry("a", "not-dicom")], Ct);
        Assert.Equal(["a", "b"], (await Quarantine.ListAsync(Ct)).Select(e => e.Subject));

        await Quarantine.ReplaceAsync("C01", QuarantineSubject.File, ["a", "b"], [Entry("b", "modality")], Ct);
        Assert.Equal([Entry("b", "modality")], await Quarantine.ListAsync(Ct));
        Assert.Equal(["b"], await Quarantine.ListSubjectsAsync("C01", QuarantineSubject.File, Ct));
        Assert.Empty(await Quarantine.ListSubjectsAsync("C02", QuarantineSubject.File, Ct));
    }

    [Fact]
    public async Task AddAndJudge_SideBySide_LoseNoInstance()
    {
        Task Adder(int first) => Task.Run(async () =>
        {
            for (int i = first; i < 40; i += 2)
                await Instances.AddAsync([Instance($"{i}")], Ct);
        }, Ct);
        Task judge = Task.Run(async () =>
        {
            for (int i = 0; i < 20; i++)
                await Studies.JudgeAsync("P-a", p => [.. p.Studies.Select(s => Decide(s, $"{s.Series.Sum(r => r.Instances.Count)}"))], Ct);
        }, Ct);
        await Task.WhenAll(Adder(0), Adder(1), judge);

        await Studies.JudgeAsync("P-a", p => [.. p.Studies.Select(s => Decide(s, $"{s.Series.Sum(r => r.Instances.Count)}"))], Ct);
        Assert.Equal("40", Assert.Single((await ReadAsync("P-a")).Studies).ContentSha256);
    }
}

public sealed class SqliteRegistryTests : RegistryTests
{
    protected override Task<TestDatabase> CreateDatabaseAsync() => TestDatabase.SqliteAsync(Ct);
}

public sealed class PostgreSqlRegistryTests(PostgreSqlServer server) : RegistryTests
{
    protected override Task<TestDatabase> CreateDatabaseAsync() => TestDatabase.PostgreSqlAsync(server, Ct);
}
