using HccPipeline.Contracts.Drift;
using HccPipeline.Persistence.Drift;
using HccPipeline.Persistence.Models;
using HccPipeline.Testing;
using Xunit;

namespace HccPipeline.Persistence.Tests.Drift;

public abstract class DriftAssessmentRepositoryTests : DatabaseTests
{
    private DriftAssessmentRepository Assessments => Get<DriftAssessmentRepository>();

    [Fact]
    public async Task StoreAsync_SameAgain_IsTheOneThatWasThereAndANewOneIsARevision()
    {
        await DriftDocuments.AddVersionsAsync(Get<IServiceProvider>(), Ct);
        DriftDocument first = DriftDocuments.Make(findings: [DriftDocuments.Finding(), DriftDocuments.Finding(AlertLevels.Action, "consecutive-falls")]);

        DriftAssessmentRow stored = await Assessments.StoreAsync(first, "in1", Ct);
        Clock.Advance(TimeSpan.FromHours(1));
        DriftAssessmentRow again = await Assessments.StoreAsync(first, "in1", Ct);
        DriftAssessmentRow later = await Assessments.StoreAsync(DriftDocuments.Make(), "in2", Ct);
        DriftAssessmentRow next = await Assessments.StoreAsync(DriftDocuments.Make(period: "2023Q4"), "in3", Ct);

        Assert.Equal(stored, again);
        Assert.Equal((1, AlertLevels.Action, "in1"), (stored.Revision, stored.HighestLevel, stored.InputSha256));
        Assert.Equal((2, null), (later.Revision, later.HighestLevel));
        Assert.Equal((1, "2023Q4"), (next.Revision, next.Period));
        Assert.Equal(next, await Assessments.FindLatestAsync(1, "combined", Ct));
        Assert.Null(await Assessments.FindLatestAsync(1, "imaging", Ct));
        Assert.Equal(3, (await Assessments.ListAsync(10, Ct)).Count);
        Assert.Equal(CanonicalJson.Write(first), CanonicalJson.Write(await Assessments.ReadAsync(stored, Ct)));
        await Assert.ThrowsAsync<KeyNotFoundException>(() => Assessments.ReadAsync(stored with { Revision = 9 }, Ct));
    }

    [Fact]
    public async Task StoreAsync_LastPeriodIsGone_IsTheLatestAllTheSame()
    {
        await DriftDocuments.AddVersionsAsync(Get<IServiceProvider>(), Ct);
        await Assessments.StoreAsync(DriftDocuments.Make(period: "2023Q4"), "in1", Ct);
        Clock.Advance(TimeSpan.FromDays(1));

        DriftAssessmentRow shorter = await Assessments.StoreAsync(DriftDocuments.Make(period: "2023Q3"), "in2", Ct);

        Assert.Equal("2023Q3", shorter.Period);
        Assert.Equal(shorter, await Assessments.FindLatestAsync(1, "combined", Ct));
        Assert.Equal(shorter, await Assessments.StoreAsync(DriftDocuments.Make(period: "2023Q3"), "in2", Ct));
        Assert.Equal(2, (await Assessments.ListAsync(10, Ct)).Count);
    }

    [Fact]
    public async Task ListVersionWindowsAsync_SeveralVersions_HoldsTheLastAssessmentOfEach()
    {
        await DriftDocuments.AddVersionsAsync(Get<IServiceProvider>(), Ct, count: 2);
        await Assessments.StoreAsync(DriftDocuments.Make(1), "a", Ct);
        await Assessments.StoreAsync(DriftDocuments.Make(2), "b", Ct);
        await Assessments.StoreAsync(DriftDocuments.Make(1, "2023Q4"), "c", Ct);

        IReadOnlyList<VersionWindowRow> together = await Assessments.ListVersionWindowsAsync("combined", "", Ct);
        IReadOnlyList<VersionWindowRow> all = await Assessments.ListVersionWindowsAsync("combined", null, Ct);

        Assert.Equal([(1, "2023Q2", 0.8), (1, "2023Q4", null), (2, "2023Q2", 0.8), (2, "2023Q3", null)], together.Select(r => (r.ModelVersion, r.EntryQuarter, r.Auc)));
        Assert.Equal(6, all.Count);
        VersionWindowRow centre = Assert.Single(all, r => r is { CenterCode: "B", ModelVersion: 2 });
        Assert.Equal((30, 20, 9, 18, 0.7), (centre.Patients, centre.Mature, centre.Cases, centre.Prospective, centre.Auc));
        Assert.Empty(await Assessments.ListVersionWindowsAsync("imaging", null, Ct));
    }

    [Fact]
    public async Task ReadScannersAsync_SeveralStudies_TellsThatOfTheLast()
    {
        await AddStudyAsync("1.1", date: new(2023, 1, 5));
        await AddStudyAsync("1.2", date: new(2023, 3, 5));
        await AddStudyAsync("1.3", "P-b");
        await ExecuteAsync("UPDATE series SET manufacturer = 'Maker', scanner_model = 'Old' WHERE study_uid = '1.1'");
        await ExecuteAsync("UPDATE series SET manufacturer = ' Maker ', scanner_model = 'New' WHERE study_uid = '1.2'");

        IReadOnlyDictionary<string, string> scanners = await Get<DriftDataReader>().ReadScannersAsync(Ct);

        Assert.Equal("Maker New", Assert.Single(scanners).Value);
    }

    [Fact]
    public async Task ReadMarkAsync_SomethingNew_IsAnother()
    {
        DriftDataReader data = Get<DriftDataReader>();
        string before = await data.ReadMarkAsync(Ct);
        Assert.Equal(before, await data.ReadMarkAsync(Ct));
        await DriftDocuments.AddVersionsAsync(Get<IServiceProvider>(), Ct);
        Assert.NotEqual(before, await data.ReadMarkAsync(Ct));
    }
}

public sealed class SqliteDriftAssessmentRepositoryTests : DriftAssessmentRepositoryTests
{
    protected override Task<TestDatabase> CreateDatabaseAsync() => TestDatabase.SqliteAsync(Ct);
}

public sealed class PostgreSqlDriftAssessmentRepositoryTests(PostgreSqlServer server) : DriftAssessmentRepositoryTests
{
    protected override Task<TestDatabase> CreateDatabaseAsync() => TestDatabase.PostgreSqlAsync(server, Ct);
}
