using System.Data.Common;
using HccPipeline.Contracts;
using HccPipeline.Persistence.Audit;
using HccPipeline.Persistence.Blobs;
using HccPipeline.Persistence.Cohort;
using HccPipeline.Persistence.Registry;
using HccPipeline.Persistence.Runs;
using HccPipeline.Persistence.Workers;
using HccPipeline.Testing;
using Xunit;

namespace HccPipeline.Persistence.Tests.Registry;

public abstract class PatientErasureTests : DatabaseTests
{
    private const string Volumes = """{ "sequence": "T2", "subjects": [ { "imageVolume": "aa", "regionVolume": "bb" }, { "imageVolume": "cc", "regionVolume": "bb" } ] }""";

    private PatientErasure Erasure => Get<PatientErasure>();

    [Fact]
    public async Task EraseAsync_Patient_LeavesNoRowAndNoObjectAndNothingOfOthersGoes()
    {
        string[] own = await AddPatientAsync("P-a", "own file", "own map", "shared map", Volumes);
        string[] others = await AddPatientAsync("P-b", "other file", "other map", "shared map", Volumes.Replace("\"cc\"", "\"dd\"", StringComparison.Ordinal));
        foreach (string volume in new[] { "aa", "bb", "cc", "dd" })
            await PutVolumeAsync(volume);

        Assert.True(await Get<WithdrawalRepository>().AddAsync("P-a", "asked to", "A. Keeper", [1], Ct));
        Assert.Equal(0, await Erasure.EraseAsync("P-a", Ct));

        foreach (string table in new[] { "study", "series", "instance", "extraction_run", "clinical_record", "outcome_revision", "source_file" })
            Assert.Equal((table, 1), (table, await ScalarAsync<int>($"SELECT COUNT(*) FROM {table}")));   // that of the other
        Assert.Equal(3, await ScalarAsync<int>("SELECT COUNT(*) FROM brick"));
        Assert.Equal(1, await ScalarAsync<int>("SELECT COUNT(*) FROM feature_value"));
        Assert.Equal(0, await ScalarAsync<int>("SELECT COUNT(*) FROM object_to_delete"));
        bool[] left = await Task.WhenAll(own.Select(b => Get<IBlobStore>().ExistsAsync(b, Ct)));
        Assert.Equal([false, false, true], left);
        Assert.All(await Task.WhenAll(others.Select(b => Get<IBlobStore>().ExistsAsync(b, Ct))), Assert.True);
        Assert.Equal(["volumes/aa/c/0/0/0", "volumes/aa/zarr.json", "volumes/bb/c/0/0/0", "volumes/bb/zarr.json", "volumes/dd/c/0/0/0", "volumes/dd/zarr.json"], await VolumesAsync());
        Assert.Equal(new() { IsKnown = true, HasRecord = false, Studies = 0, Files = 0, Runs = 0, Values = 0 }, await Erasure.CountAsync("P-a", Ct));
    }

    [Fact]
    public async Task EraseAsync_SomebodyComputesWithIt_WaitsAndIsCompletedLater()
    {
        await AddPatientAsync("P-a", "file", "map", "map 2", Volumes, open: true);
        WorkerRepository workers = Get<WorkerRepository>();
        WorkerProcess worker = new() { WorkerId = "w1", Roles = "features", Slots = 1, Version = "1", StartedMs = 0, SeenMs = Clock.GetUtcNow().ToUnixTimeMilliseconds() };
        await workers.SeeAsync(worker, Ct);
        await Get<WithdrawalRepository>().AddAsync("P-a", "asked to", "A. Keeper", [1], Ct);

        Assert.Equal(1, await Erasure.EraseAsync("P-a", Ct));
        Assert.Equal(1, await ScalarAsync<int>("SELECT COUNT(*) FROM study"));
        Assert.Empty(await Get<CohortReader>().ListReadinessAsync(Profile, Ct));   // out of every cohort already
        Assert.Empty(await Get<CohortReader>().ReadPatientAsync(Profile, "P-a", Ct));

        Clock.Advance(TimeSpan.FromMinutes(5));   // the worker is dead
        await Erasure.EraseLeftOverAsync(Ct);

        Assert.Equal(0, await ScalarAsync<int>("SELECT COUNT(*) FROM study"));
        Assert.NotNull(Assert.Single(await Get<WithdrawalRepository>().ListAsync(Ct)).ErasedMs);
    }

    [Fact]
    public async Task EraseAsync_StoreFailsInTheMiddle_IsCompletedByTheNextCall()
    {
        string[] own = await AddPatientAsync("P-a", "file", "map", "map 2", Volumes);
        await PutVolumeAsync("aa");
        await Get<WithdrawalRepository>().AddAsync("P-a", "asked to", "A. Keeper", [1], Ct);
        FailingStore store = new(Get<IObjectStore>(), deletions: 2);
        PatientErasure interrupted = new(Get<DbDataSource>(), new(Get<DbDataSource>(), store, Clock), Get<AuditLog>(), Clock);

        await Assert.ThrowsAsync<IOException>(() => interrupted.EraseAsync("P-a", Ct));
        Assert.Equal(0, await ScalarAsync<int>("SELECT COUNT(*) FROM study"));   // the rows are gone, the objects are noted
        Assert.NotEqual(0, await ScalarAsync<int>("SELECT COUNT(*) FROM object_to_delete"));

        Assert.Equal(0, await Erasure.EraseAsync("P-a", Ct));

        Assert.Equal(0, await ScalarAsync<int>("SELECT COUNT(*) FROM object_to_delete"));
        Assert.All(await Task.WhenAll(own.Select(b => Get<IBlobStore>().ExistsAsync(b, Ct))), Assert.False);
        Assert.Empty(await VolumesAsync());
        Assert.Equal(["erase-patient", "withdraw-patient"], (await Get<AuditLog>().ListAsync(10, Ct)).Select(e => e.Action));   // once each
    }

    [Fact]
    public async Task AddAsync_Patient_IsWrittenDownWithTheVersionsThatUsedThePatient()
    {
        await AddPatientAsync("P-a", "file", "map", "map 2", Volumes);
        await Get<WithdrawalRepository>().AddAsync("P-a", "asked to", "A. Keeper", [1, 4], Ct);

        AuditRow entry = Assert.Single(await Get<AuditLog>().ListAsync(10, Ct));
        Assert.Equal(("A. Keeper", "withdraw-patient", "P-a", "asked to"), (entry.Actor, entry.Action, entry.Subject, entry.Reason));
        Assert.Contains("\"1 4\"", entry.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task EraseAsync_NotWithdrawn_IsRefused() => await Assert.ThrowsAsync<InvalidOperationException>(() => Erasure.EraseAsync("P-z", Ct));

    [Fact]
    public async Task AddAsync_UnknownOrTwice_ChangesNothing()
    {
        WithdrawalRepository withdrawals = Get<WithdrawalRepository>();
        Assert.False(await withdrawals.AddAsync("P-z", "asked to", "A. Keeper", [1], Ct));
        await AddPatientAsync("P-a", "file", "map", "map 2", Volumes);
        await withdrawals.AddAsync("P-a", "asked to", "A. Keeper", [1], Ct);
        await withdrawals.AddAsync("P-a", "another reason", "A. Keeper", [1], Ct);

        Assert.Equal("asked to", Assert.Single(await withdrawals.ListAsync(Ct)).Reason);
    }

    [Fact]
    public async Task StoreAsync_PatientWhoWithdrew_TakesNothingIn()
    {
        await AddPatientAsync("P-a", "file", "map", "map 2", Volumes);
        await Get<WithdrawalRepository>().AddAsync("P-a", "asked to", "A. Keeper", [1], Ct);
        await Erasure.EraseAsync("P-a", Ct);
        string late = await Get<IBlobStore>().PutAsync("late"u8.ToArray(), Ct);

        Assert.Equal(ClinicalOutcome.Withdrawn, Assert.Single(await Get<ClinicalRecordRepository>().StoreAsync([Record("P-a")], Ct)));
        Assert.Equal(ReceptionOutcome.Withdrawn, Assert.Single(await Get<InstanceRepository>().AddAsync([Instance("P-a", late)], Ct)).Outcome);
        await Erasure.DiscardFileAsync(late, Ct);

        Assert.Equal(0, await ScalarAsync<int>("SELECT COUNT(*) FROM study"));
        Assert.Equal(0, await ScalarAsync<int>("SELECT COUNT(*) FROM source_file"));
        Assert.False(await Get<IBlobStore>().ExistsAsync(late, Ct));
    }

    /// <returns>Keys of the file and the two maps.</returns>
    private async Task<string[]> AddPatientAsync(string pseudonym, string file, string map, string secondMap, string collect, bool open = false)
    {
        string[] keys = [.. await Task.WhenAll(new[] { file, map, secondMap }.Select(c => Get<IBlobStore>().PutAsync(System.Text.Encoding.UTF8.GetBytes(c), Ct)))];
        await Get<ClinicalRecordRepository>().StoreAsync([Record(pseudonym)], Ct);
        await Get<InstanceRepository>().AddAsync([Instance(pseudonym, keys[0])], Ct);
        RunPlan plan = new()
        {
            StudyUid = $"{pseudonym}.1", StudyContentSha256 = "c", ProfileSha256 = Profile,
            Bricks = [new(BrickKinds.Box, "{}"), new(BrickKinds.Box, "{} "), new(BrickKinds.Collect, collect)],
        };
        await Get<RunRepository>().PlanAsync(plan, Ct);
        await Get<ReleaseRepository>().ReleaseAsync(limit: 1000, below: 1000, Ct);
        BrickRepository bricks = Get<BrickRepository>();
        await bricks.BeginAsync(new(plan.RunId, 0), "w1", Ct);
        if (!open)
        {
            await bricks.CompleteAsync(new(plan.RunId, 0), new() { ResultSha256 = keys[1], Values = [new("T2_SIR", 1)] }, "w1", Ct);
            await bricks.CompleteAsync(new(plan.RunId, 1), new() { ResultSha256 = keys[2] }, "w1", Ct);
        }
        return keys;
    }

    private static ClinicalRecord Record(string pseudonym) => new()
    {
        Pseudonym = pseudonym, CenterCode = "C01", TreatmentStart = new(2023, 5, 1), EntryQuarter = "2023Q2", Response = "PD", Values = new Dictionary<string, double> { ["NLR"] = 2 },
    };

    private static ReceivedInstance Instance(string pseudonym, string blob) => new()
    {
        Pseudonym = pseudonym, CenterCode = "C01", StudyUid = $"{pseudonym}.1", SeriesUid = $"{pseudonym}.1.1", Modality = "MR", SopInstanceUid = $"{pseudonym}.1.1.1",
        BlobSha256 = blob, SourceSha256 = $"source {pseudonym}", FrameCount = 1, Segments = [new(1, "Lesion", Region.Lesion)],
    };

    private async Task PutVolumeAsync(string id)
    {
        await Get<IObjectStore>().PutAsync($"volumes/{id}/c/0/0/0", new byte[] { 1 }, Ct);
        await Get<IObjectStore>().PutAsync($"volumes/{id}/zarr.json", new byte[] { 2 }, Ct);
    }

    /// <summary>A store that fails after some deletions, as one whose process is killed.</summary>
    private sealed class FailingStore(IObjectStore inner, int deletions) : IObjectStore
    {
        private int _left = deletions;

        public string Place => inner.Place;

        public Task CheckAsync(CancellationToken ct) => inner.CheckAsync(ct);

        public Task PutAsync(string name, ReadOnlyMemory<byte> content, CancellationToken ct) => inner.PutAsync(name, content, ct);

        public Task<bool> PutIfAbsentAsync(string name, ReadOnlyMemory<byte> content, CancellationToken ct) => inner.PutIfAbsentAsync(name, content, ct);

        public Task<byte[]?> FindAsync(string name, CancellationToken ct) => inner.FindAsync(name, ct);

        public Task<byte[]?> FindRangeAsync(string name, long offset, int length, CancellationToken ct) => inner.FindRangeAsync(name, offset, length, ct);

        public Task<bool> ExistsAsync(string name, CancellationToken ct) => inner.ExistsAsync(name, ct);

        public IAsyncEnumerable<string> ListAsync(string folder, CancellationToken ct) => inner.ListAsync(folder, ct);

        public Task DeleteAsync(string name, CancellationToken ct) => _left-- > 0 ? inner.DeleteAsync(name, ct) : throw new IOException("The store is away.");

        public Task DeleteFolderAsync(string folder, CancellationToken ct) => inner.DeleteFolderAsync(folder, ct);
    }

    private async Task<string[]> VolumesAsync()
    {
        List<string> names = [];
        await foreach (string name in Get<IObjectStore>().ListAsync("volumes", Ct))
            names.Add(name);
        return [.. names.Order(StringComparer.Ordinal)];
    }
}

public sealed class SqlitePatientErasureTests : PatientErasureTests
{
    protected override Task<TestDatabase> CreateDatabaseAsync() => TestDatabase.SqliteAsync(Ct);
}

public sealed class PostgreSqlPatientErasureTests(PostgreSqlServer server) : PatientErasureTests
{
    protected override Task<TestDatabase> CreateDatabaseAsync() => TestDatabase.PostgreSqlAsync(server, Ct);
}
