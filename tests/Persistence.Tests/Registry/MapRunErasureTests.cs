using HccPipeline.Persistence.Blobs;
using HccPipeline.Persistence.Registry;
using HccPipeline.Persistence.Runs;
using HccPipeline.Persistence.Workers;
using HccPipeline.Testing;
using Xunit;

namespace HccPipeline.Persistence.Tests.Registry;

public abstract class MapRunErasureTests : DatabaseTests
{
    private MapRunErasure Erasure => Get<MapRunErasure>();

    [Fact]
    public async Task EraseAsync_RunOfFiles_LeavesWhatOtherRunsLeadTo()
    {
        (string run, string[] maps) = await AddAsync("aa", "own map", "shared map");
        (string other, string[] others) = await AddAsync("cc", "other map", "shared map");

        Assert.Equal(0, await Erasure.EraseAsync(run, "space", "A. Keeper", Ct));

        Assert.Equal(other, await ScalarAsync<string>("SELECT run_id FROM extraction_run"));
        Assert.Equal((2, 0), (await ScalarAsync<int>("SELECT COUNT(*) FROM brick"), await ScalarAsync<int>("SELECT COUNT(*) FROM object_to_delete")));
        bool[] left = await ExistAsync([.. maps, others[0]]);
        Assert.Equal([false, true, true], left);
        Assert.Equal(["volumes/bb/c/0/0/0", "volumes/bb/zarr.json", "volumes/cc/c/0/0/0", "volumes/cc/zarr.json"], await VolumesAsync());
        Assert.Equal(("delete-maps", "A. Keeper"), (await ScalarAsync<string>("SELECT action FROM audit"), await ScalarAsync<string>("SELECT actor FROM audit")));

        Assert.Equal(0, await Erasure.EraseAsync(other, "space", "A. Keeper", Ct));

        Assert.DoesNotContain(true, await ExistAsync(others));
        Assert.Empty(await VolumesAsync());
    }

    [Fact]
    public async Task EraseAsync_VolumesOfAStudysMaps_Stay()
    {
        (string run, _) = await AddAsync("aa", "own map", "second map");
        RunPlan study = new()
        {
            StudyUid = await AddStudyAsync("1.1"), StudyContentSha256 = "c1", ProfileSha256 = Profile,
            Bricks = [new(BrickKinds.Collect, """{ "subjects": [ { "imageVolume": "aa", "regionVolume": "dd" } ] }""")],
        };
        await Get<RunRepository>().PlanAsync(study, Ct);

        await Erasure.EraseAsync(run, "space", "A. Keeper", Ct);

        Assert.Equal(["volumes/aa/c/0/0/0", "volumes/aa/zarr.json"], await VolumesAsync());
        await Assert.ThrowsAsync<InvalidOperationException>(() => Erasure.EraseAsync(study.RunId, "space", "A. Keeper", Ct));
        Assert.Equal(study.RunId, await ScalarAsync<string>("SELECT run_id FROM extraction_run"));
    }

    [Fact]
    public async Task EraseAsync_SomebodyComputesIt_ChangesNothing()
    {
        (string run, _) = await AddAsync("aa", "own map", null);
        await Get<ReleaseRepository>().ReleaseAsync(limit: 1000, below: 1000, Ct);
        await Get<BrickRepository>().BeginAsync(new(run, 1), "w1", Ct);
        await Get<WorkerRepository>().SeeAsync(
            new WorkerProcess { WorkerId = "w1", Roles = "features", Slots = 1, Version = "1", StartedMs = 0, SeenMs = Clock.GetUtcNow().ToUnixTimeMilliseconds() }, Ct);

        Assert.Equal(1, await Erasure.EraseAsync(run, "space", "A. Keeper", Ct));

        Assert.Equal(2, await ScalarAsync<int>("SELECT COUNT(*) FROM brick"));
        Assert.NotEmpty(await VolumesAsync());
    }

    /// <summary>A run of files whose image is a volume of its own and whose region is one that all share.</summary>
    private async Task<(string RunId, string[] Maps)> AddAsync(string image, params string?[] maps)
    {
        foreach (string id in new[] { image, "bb" })
        {
            await Get<IObjectStore>().PutAsync($"volumes/{id}/c/0/0/0", new byte[] { 1 }, Ct);
            await Get<IObjectStore>().PutAsync($"volumes/{id}/zarr.json", new byte[] { 2 }, Ct);
        }
        string work = $$"""{ "subject": { "imageVolume": "{{image}}", "regionVolume": "bb" } }""";
        RunPlan plan = new() { ProfileSha256 = Profile, Subject = image, Bricks = [.. maps.Select(_ => new BrickPlan(BrickKinds.Box, work, 5))] };
        await Get<RunRepository>().PlanAsync(plan, Ct);
        List<string> keys = [];
        for (int i = 0; i < maps.Length; i++)
        {
            if (maps[i] is not { } map)
                continue;
            keys.Add(await Get<IBlobStore>().PutAsync(System.Text.Encoding.UTF8.GetBytes(map), Ct));
            await Get<BrickRepository>().CompleteAsync(new(plan.RunId, i), new() { ResultSha256 = keys[^1] }, "w0", Ct);
        }
        return (plan.RunId, [.. keys]);
    }

    private Task<bool[]> ExistAsync(string[] blobs) => Task.WhenAll(blobs.Select(b => Get<IBlobStore>().ExistsAsync(b, Ct)));

    private async Task<string[]> VolumesAsync()
    {
        List<string> names = [];
        await foreach (string name in Get<IObjectStore>().ListAsync("volumes", Ct))
            names.Add(name);
        return [.. names.Order(StringComparer.Ordinal)];
    }
}

public sealed class SqliteMapRunErasureTests : MapRunErasureTests
{
    protected override Task<TestDatabase> CreateDatabaseAsync() => TestDatabase.SqliteAsync(Ct);
}

public sealed class PostgreSqlMapRunErasureTests(PostgreSqlServer server) : MapRunErasureTests
{
    protected override Task<TestDatabase> CreateDatabaseAsync() => TestDatabase.PostgreSqlAsync(server, Ct);
}
