using HccPipeline.Persistence.Audit;
using HccPipeline.Persistence.Browsing;
using HccPipeline.Persistence.Registry;
using HccPipeline.Persistence.Runs;
using HccPipeline.Persistence.Status;
using HccPipeline.Testing;
using Xunit;

namespace HccPipeline.Persistence.Tests.Browsing;

public abstract class BrowsingTests : DatabaseTests
{
    private StudyBrowser Studies => Get<StudyBrowser>();

    [Fact]
    public async Task ListAsync_EveryStage_HoldsTheStudiesThatTheCountsSay()
    {
        await FillAsync();

        IReadOnlyList<CountOf> counts = await Studies.CountStagesAsync(null, Ct);
        Assert.Equal([(StudyStages.Waiting, 1), (StudyStages.Ready, 1), (StudyStages.InWork, 1), (StudyStages.Held, 1), (StudyStages.Extracted, 1)], counts.Select(c => (c.Name, c.Count)));
        foreach (string stage in StudyStages.All)
        {
            Page<StudyListing> page = await Studies.ListAsync(new() { Stage = stage }, new(1, 10), Ct);
            Assert.Equal(counts.FirstOrDefault(c => c.Name == stage)?.Count ?? 0, page.Total);
            Assert.All(page.Items, s => Assert.Equal(stage, s.Stage));
        }
    }

    [Fact]
    public async Task ListAsync_PagesOfAll_GiveEachStudyOnceLastChangedFirst()
    {
        await FillAsync();
        List<StudyListing> all = [];
        for (int i = 1; i <= 3; i++)
            all.AddRange((await Studies.ListAsync(new(), new(i, 2), Ct)).Items);
        Assert.Equal(5, all.Select(s => s.StudyUid).Distinct().Count());
        Assert.Equal(all.OrderByDescending(s => s.UpdatedMs).ThenBy(s => s.StudyUid, StringComparer.Ordinal).Select(s => s.StudyUid), all.Select(s => s.StudyUid));
    }

    [Theory]
    [InlineData("9.3", 1)]
    [InlineData("p-A", 1)]
    [InlineData("9", 5)]
    [InlineData("%", 0)]
    [InlineData("_", 0)]
    [InlineData("'", 0)]
    [InlineData(" ", 5)]
    public async Task ListAsync_Search_FindsPartsAndTakesNoSignForAnother(string search, int found)
    {
        await FillAsync();
        Assert.Equal(found, (await Studies.ListAsync(new() { Search = search }, new(1, 10), Ct)).Total);
    }

    [Fact]
    public async Task AnyReader_OfAnotherCentre_SeesNothing()
    {
        await FillAsync();
        Assert.Equal(0, (await Studies.ListAsync(new() { CenterCode = "X" }, new(1, 10), Ct)).Total);
        Assert.Empty(await Studies.CountStagesAsync("X", Ct));
        Assert.Null(await Studies.FindAsync("9.1", "X", Ct));
        Assert.NotNull(await Studies.FindAsync("9.1", "C01", Ct));
        Assert.Equal("C01", await Studies.FindCenterAsync("9.1", Ct));
        Assert.Equal("C01", await Studies.FindPatientCenterAsync("P-a", Ct));
        Assert.Null(await Studies.FindPatientCenterAsync("9.1", Ct));
        Assert.Equal(0, (await Get<QuarantineBrowser>().ListAsync("X", new(1, 10), Ct)).Total);
        Assert.Empty(await Get<ActivityReader>().CountQuarantineAsync("X", Ct));
        Assert.All(await Get<ActivityReader>().ListDaysAsync(3, "X", Ct), d => Assert.Equal((0, 0), (d.Files, d.Extracted)));
    }

    [Fact]
    public async Task FindAsync_ExtractedStudy_HasSeriesRunsAndValues()
    {
        await FillAsync();
        StudyDetail study = (await Studies.FindAsync("9.5", null, Ct))!;
        Assert.Equal(1, Assert.Single(study.Series).Instances);
        RunListing run = Assert.Single(study.Runs);
        Assert.Equal((1, 1, 1), (run.Bricks, run.Finished, run.Features));
        Assert.Equal([("T2_SIR", 1.5)], await Studies.ListValuesAsync(run.RunId, Ct));
    }

    [Fact]
    public async Task Quarantine_FilesAndBricks_AreOneListAndFilesCanBeDismissedOnce()
    {
        await FillAsync();
        QuarantineBrowser quarantine = Get<QuarantineBrowser>();
        Page<QuarantineListing> page = await quarantine.ListAsync("C01", new(1, 10), Ct);
        Assert.Equal(["brick", "file"], page.Items.Select(q => q.Kind).Order(StringComparer.Ordinal));
        Assert.Equal([("not-dicom", 1), ("brick", 1)], (await Get<ActivityReader>().CountQuarantineAsync(null, Ct)).Select(c => (c.Name, c.Count)));
        QuarantineListing file = page.Items.Single(q => q.Kind == "file"), brick = page.Items.Single(q => q.Kind == "brick");
        Assert.Equal(("9.4", 0L), (brick.Subject, brick.BrickIndex));

        Assert.False(await quarantine.DismissAsync(file.Id, "X", "Ada", "not mine", Ct));
        Assert.False(await quarantine.DismissAsync(brick.Id, null, "Ada", "no", Ct));
        Assert.True(await quarantine.DismissAsync(file.Id, "C01", "Ada", "a text file", Ct));
        Assert.False(await quarantine.DismissAsync(file.Id, "C01", "Ada", "again", Ct));

        Assert.Equal(1, (await quarantine.ListAsync(null, new(1, 10), Ct)).Total);
        AuditRow row = Assert.Single(await Get<AuditLog>().ListAsync(10, Ct));
        Assert.Equal(("Ada", "dismiss", "a.dcm", "a text file"), (row.Actor, row.Action, row.Subject, row.Reason));
    }

    [Fact]
    public async Task ListDaysAsync_ThreeDays_CountsFilesAndExtractionsOnTheirDay()
    {
        await FillAsync();
        Clock.Advance(TimeSpan.FromDays(1));
        IReadOnlyList<DayActivity> days = await Get<ActivityReader>().ListDaysAsync(3, "C01", Ct);
        Assert.Equal([0L, 1L, 0L], days.Select(d => d.Extracted));
        Assert.Equal([0L, 5L, 0L], days.Select(d => d.Files));
        Assert.Equal(new DateOnly(2026, 1, 2), days[^1].Day);
    }

    [Fact]
    public async Task ReportBrowser_NoReports_IsAnEmptyPage()
    {
        Page<ReportListing> page = await Get<ReportBrowser>().ListAsync(new(1, 10), Ct);
        Assert.Equal((0, 1), (page.Total, page.Pages));
    }

    /// <summary>Studies 9.1 to 9.5: waiting, ready, in work, held by a brick, extracted.</summary>
    private async Task FillAsync()
    {
        foreach ((string uid, string patient) in new[] { ("9.1", "P-a"), ("9.2", "P-b"), ("9.3", "P-c"), ("9.4", "P-d"), ("9.5", "P-e") })
        {
            await AddStudyAsync(uid, patient);
            await ExecuteAsync($"INSERT INTO source_file (source_sha256, center_code, outcome, recorded_ms) VALUES ('{uid}', 'C01', 'stored', {Clock.GetUtcNow().ToUnixTimeMilliseconds()})");
            Clock.Advance(TimeSpan.FromSeconds(1));
        }
        await ExecuteAsync("DELETE FROM source_file WHERE source_sha256 LIKE 'source%'");
        await ExecuteAsync("UPDATE study SET state = 'waiting', waiting_for = 'a segmentation' WHERE study_uid = '9.1'");
        await PlanAsync("9.3");
        string held = RunOf(await PlanAsync("9.4")), done = RunOf(await PlanAsync("9.5"));
        await ExecuteAsync($"UPDATE brick SET state = 'quarantined', detail = 'no voxel' WHERE run_id = '{held}'");
        await ExecuteAsync($"UPDATE brick SET state = 'done' WHERE run_id = '{done}'");
        await ExecuteAsync($"INSERT INTO feature_value (run_id, name, value, brick_index) VALUES ('{done}', 'T2_SIR', 1.5, 0)");
        await ExecuteAsync($"UPDATE extraction_run SET completed_ms = {Clock.GetUtcNow().ToUnixTimeMilliseconds()} WHERE run_id = '{done}'");
        await Get<QuarantineRepository>().ReplaceAsync(
            "C01", QuarantineSubject.File, [], [new() { CenterCode = "C01", SubjectKind = QuarantineSubject.File, Subject = "a.dcm", Rejection = new("not-dicom", "no") }], Ct);
    }

    private static string RunOf(RunPlan plan) => plan.RunId;
}

public sealed class SqliteBrowsingTests : BrowsingTests
{
    protected override Task<TestDatabase> CreateDatabaseAsync() => TestDatabase.SqliteAsync(Ct);
}

public sealed class PostgreSqlBrowsingTests(PostgreSqlServer server) : BrowsingTests
{
    protected override Task<TestDatabase> CreateDatabaseAsync() => TestDatabase.PostgreSqlAsync(server, Ct);
}
