using HccPipeline.Persistence.Models;
using HccPipeline.Testing;
using Xunit;

namespace HccPipeline.Persistence.Tests.Models;

public abstract class ModelRepositoryTests : DatabaseTests
{
    private ModelRepository Models => Get<ModelRepository>();

    [Fact]
    public async Task AddAsync_SameSnapshotSeedAndCode_IsTheVersionThatWasThere()
    {
        await AddSnapshotAsync("s1");
        ModelVersionRow first = await AddVersionAsync(Version("s1", model: "m1"));
        Clock.Advance(TimeSpan.FromMinutes(1));

        ModelVersionRow again = await AddVersionAsync(Version("s1", model: "m2"));
        ModelVersionRow otherSeed = await AddVersionAsync(Version("s1", seed: 2, model: "m3"));

        Assert.Equal(first, again);
        Assert.Equal((1, "m1", 12L, "by hand"), (first.ModelVersion, first.ModelSha256, first.TrainingMs, first.Reason));
        Assert.Equal(2, otherSeed.ModelVersion);
        Assert.Equal([1, 2], (await Models.ListAsync(Ct)).Select(v => v.ModelVersion));
        Assert.Equal(otherSeed, await Models.FindAsync(2, Ct));
        Assert.Null(await Models.FindAsync(3, Ct));
    }

    [Fact]
    public async Task AddAsync_TrainersSideBySide_GetNumbersWithoutGaps()
    {
        await AddSnapshotAsync("s1");
        int[] numbers = await Task.WhenAll(Enumerable.Range(1, 6).Select(seed => Task.Run(async () => (await AddVersionAsync(Version("s1", seed))).ModelVersion, Ct)));

        Assert.Equal([1, 2, 3, 4, 5, 6], numbers.Order());
    }

    [Fact]
    public async Task FindLastPatientCountAsync_SeveralVersions_IsThatOfTheLatestOfTheProfile()
    {
        Assert.Null(await Models.FindLastPatientCountAsync(Profile, Ct));
        await AddSnapshotAsync("s1", patients: 60);
        await AddSnapshotAsync("s2", patients: 80);
        await AddSnapshotAsync("s3", patients: 99, profile: "another");
        foreach (string snapshot in new[] { "s1", "s2", "s3" })
            await AddVersionAsync(Version(snapshot));

        Assert.Equal(80, await Models.FindLastPatientCountAsync(Profile, Ct));
    }

    [Fact]
    public async Task AddSnapshotAsync_Twice_KeepsOneRow()
    {
        await AddSnapshotAsync("s1", patients: 60);
        await AddSnapshotAsync("s1", patients: 61);

        Assert.Equal(60, await ScalarAsync<int>("SELECT patient_count FROM cohort_snapshot"));
    }

    [Fact]
    public async Task ReportRepository_PutAgain_ReplacesTheKeysAndTheVersionIsNoLongerWithoutReport()
    {
        ReportRepository reports = Get<ReportRepository>();
        await AddSnapshotAsync("s1");
        await AddVersionAsync(Version("s1", 1));
        await AddVersionAsync(Version("s1", 2));
        Assert.Equal([1, 2], await Models.ListWithoutReportAsync(Ct));

        await reports.PutAsync(new() { ModelVersion = 1, HtmlSha256 = "h1", JsonSha256 = "j1" }, Ct);
        await reports.PutAsync(new() { ModelVersion = 1, HtmlSha256 = "h2", JsonSha256 = "j2" }, Ct);

        Assert.Equal([2], await Models.ListWithoutReportAsync(Ct));
        Assert.Equal(new ReportRow { ModelVersion = 1, HtmlSha256 = "h2", JsonSha256 = "j2" }, await reports.FindAsync(1, Ct));
        Assert.Null(await reports.FindAsync(2, Ct));
    }

    private Task AddSnapshotAsync(string sha256, int patients = 60, string profile = Profile) => Models.AddSnapshotAsync(sha256, profile, patients, 20, 6, Ct);

    private static ModelVersionRow Version(string snapshot, long seed = 1, string model = "m") => new()
    {
        SnapshotSha256 = snapshot, Seed = seed, CodeVersion = "0.1.0", ModelSha256 = model, Reason = "by hand", TrainingMs = 12,
    };
}

public sealed class SqliteModelRepositoryTests : ModelRepositoryTests
{
    protected override Task<TestDatabase> CreateDatabaseAsync() => TestDatabase.SqliteAsync(Ct);
}

public sealed class PostgreSqlModelRepositoryTests(PostgreSqlServer server) : ModelRepositoryTests
{
    protected override Task<TestDatabase> CreateDatabaseAsync() => TestDatabase.PostgreSqlAsync(server, Ct);
}
