using System.Security.Cryptography;
using System.Text;
using HccPipeline.Persistence.Runs;
using HccPipeline.Testing;
using Xunit;

namespace HccPipeline.Persistence.Tests.Runs;

public abstract class LineageReaderTests : DatabaseTests
{
    private LineageReader Lineage => Get<LineageReader>();

    [Fact]
    public async Task FindAsync_Run_HasItsValuesAndTheSeriesThatEachBrickRead()
    {
        string t2 = new('a', 64), other = new('b', 64);
        RunPlan plan = await PlanAsync(await AddStudyAsync("1.1"), bricks: 2);
        await ExecuteAsync($"UPDATE instance SET blob_sha256 = '{t2}'");
        await ExecuteAsync($"UPDATE brick SET work = '{{\"images\":[\"{t2}\"],\"segmentation\":\"{other}\"}}' WHERE brick_index = 1");
        await Get<BrickRepository>().CompleteAsync(new(plan.RunId, 1), new() { Values = [KeyValuePair.Create("T2_SIR", 1.5)] }, "w", Ct);

        RunLineage run = (await Lineage.FindAsync(plan.RunId, Ct))!;

        Assert.Equal((plan.RunId, "1.1", "PreTreatment", "c1", Profile), (run.RunId, run.StudyUid, run.Visit, run.ContentSha256, run.ProfileSha256));
        Assert.Equal(new RunValue(1.5, 1), run.Values["T2_SIR"]);
        SeriesLineage series = Assert.Single(run.Series);
        Assert.Equal(("1.1.1", "MR", "T2", 1), (series.SeriesUid, series.Modality, series.Sequence, series.Instances));
        Assert.Equal([1], series.Bricks);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(t2 + "\n"))), series.InstancesSha256);
    }

    [Fact]
    public async Task FindAsync_NoSuchRun_IsNull() => Assert.Null(await Lineage.FindAsync("nothing", Ct));
}

public sealed class SqliteLineageReaderTests : LineageReaderTests
{
    protected override Task<TestDatabase> CreateDatabaseAsync() => TestDatabase.SqliteAsync(Ct);
}

public sealed class PostgreSqlLineageReaderTests(PostgreSqlServer server) : LineageReaderTests
{
    protected override Task<TestDatabase> CreateDatabaseAsync() => TestDatabase.PostgreSqlAsync(server, Ct);
}
