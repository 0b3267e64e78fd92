using HccPipeline.Contracts.Messages;
using HccPipeline.ModelWorker.Retraining;
using HccPipeline.ModelWorker.Training;
using HccPipeline.Persistence.Audit;
using HccPipeline.Persistence.Models;
using HccPipeline.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace HccPipeline.ModelWorker.Tests;

/// <summary>One training at a time for a cohort, whoever asks, and what is left when one dies.</summary>
public abstract class TrainingRunTests : IAsyncLifetime
{
    private const int Patients = 40;
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(5);
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
    private SmallRegistry _registry = null!;

    protected static CancellationToken Ct => TestContext.Current.CancellationToken;

    private TrainingRunRepository Runs => _registry.Get<TrainingRunRepository>();

    private ModelRepository Models => _registry.Get<ModelRepository>();

    protected abstract Task<TestDatabase> CreateDatabaseAsync();

    public async ValueTask InitializeAsync() => _registry = await SmallRegistry.CreateAsync(await CreateDatabaseAsync(), _clock, Patients, Ct);

    public async ValueTask DisposeAsync()
    {
        await _registry.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task TrainAsync_TwoProcessesAtOnce_GiveOneVersionAndOneOfTwoFindsIt()
    {
        await using ServiceProvider first = SmallRegistry.Process(_registry.Database, TimeProvider.System), second = SmallRegistry.Process(_registry.Database, TimeProvider.System);

        TrainedVersion?[] trained = await Task.WhenAll(new[] { first, second, first, second }.Select(process => Task.Run(
            () => process.GetRequiredService<RetrainingService>().TrainAsync(Request(), Ct), Ct))).WaitAsync(TimeSpan.FromSeconds(60), Ct);

        Assert.Single(await Models.ListAsync(Ct));
        Assert.Single(trained, t => t!.IsNew);
        Assert.Single(trained, t => t!.Promoted);
        Assert.Equal([1, 1, 1, 1], trained.Select(t => t!.Version.ModelVersion));
        IReadOnlyList<TrainingRunRow> runs = await Runs.ListAsync(10, Ct);
        Assert.Equal(["trained", "unchanged", "unchanged", "unchanged"], runs.Select(r => r.Outcome!).Order(StringComparer.Ordinal));
        Assert.All(runs, r => Assert.Equal((1, Patients), (r.ModelVersion, r.PatientCount)));
        // One after another: no two held the cohort at the same time.
        TrainingRunRow[] inOrder = [.. runs.OrderBy(r => r.StartedMs).ThenBy(r => r.FinishedMs)];
        Assert.All(inOrder.Zip(inOrder.Skip(1)), pair => Assert.True(pair.First.FinishedMs <= pair.Second.StartedMs));
        Assert.Null((await _registry.Get<AuditLog>().VerifyAsync(null, Ct)).Problem);
    }

    [Fact]
    public async Task TrainAsync_OfARun_IsToldWithProgressAndVersion()
    {
        TrainedVersion trained = (await TrainAsync())!;

        TrainingRunRow run = Assert.Single(await Runs.ListAsync(10, Ct));
        Assert.Equal(("trained", 1, Patients, "Ada", "test", 1L), (run.Outcome, run.ModelVersion, run.PatientCount, run.RequestedBy, run.Reason, run.Seed));
        Assert.Equal(run, await Runs.FindAsync(run.RunId, Ct));
        Assert.Equal(run.RunId, trained.Version.RunId);
        Assert.NotNull(trained.Version.HeldOutSha256);
        Assert.Empty(await Runs.ListDeadAsync(Ct));
    }

    [Fact]
    public async Task TryStartAsync_HolderAlive_IsRefusedAndLeavesNothing()
    {
        await StartAsync("T-1");
        _clock.Advance(Lease - TimeSpan.FromMilliseconds(1));

        Assert.False(await Runs.TryStartAsync(Row("T-2"), Lease, Ct));
        Assert.True(await Runs.TryStartAsync(Row("T-3") with { ProfileSha256 = "another" }, Lease, Ct));
        Assert.Equal(["T-1", "T-3"], (await Runs.ListAsync(10, Ct)).Select(r => r.RunId).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task TryStartAsync_HolderDead_IsTakenOverAndNothingOfTheDeadIsStoredAnyMore()
    {
        await StartAsync("T-1");
        _clock.Advance(Lease);
        Assert.Equal(["T-1"], (await Runs.ListDeadAsync(Ct)).Select(r => r.RunId));

        Assert.True(await Runs.TryStartAsync(Row("T-2"), Lease, Ct));

        Assert.Empty(await Runs.ListDeadAsync(Ct));
        Assert.Equal("abandoned", (await Runs.FindAsync("T-1", Ct))!.Outcome);
        Assert.Null((await Runs.FindAsync("T-2", Ct))!.Outcome);
        // The dead one was only slow: it learns that it lost the cohort, and what it brings is not stored.
        Assert.Equal(TrainingHold.Lost, await Runs.RenewAsync("T-1", new("x", 1, 2, 3), Lease, Ct));
        await Models.AddSnapshotAsync("s", SmallRegistry.Profile, 40, 20, 4, Ct);
        Assert.Null(await _registry.Get<TrainedVersionStore>().StoreAsync(Version("T-1"), "Ada", Ct));
        Assert.Empty(await Models.ListAsync(Ct));
        Assert.Equal(1, (await _registry.Get<TrainedVersionStore>().StoreAsync(Version("T-2"), "Ada", Ct))!.Version.ModelVersion);
    }

    [Fact]
    public async Task RenewAsync_GoingOn_KeepsTheCohortAndTellsTheProgress()
    {
        await StartAsync("T-1");
        for (int i = 1; i <= 4; i++)
        {
            _clock.Advance(Lease / 2);
            Assert.Equal(TrainingHold.Held, await Runs.RenewAsync("T-1", new("imaging model", i, 33, 40), Lease, Ct));
        }
        Assert.False(await Runs.TryStartAsync(Row("T-2"), Lease, Ct));
        TrainingRunRow run = (await Runs.FindAsync("T-1", Ct))!;
        Assert.Equal(("imaging model", 4, 33, 40), (run.Stage, run.StepsDone, run.StepsTotal, run.PatientCount));
    }

    [Fact]
    public async Task CancelAsync_RunningTraining_StopsItAndIsAudited()
    {
        await using ServiceProvider process = SmallRegistry.Process(_registry.Database, TimeProvider.System);
        TaskCompletionSource<string> started = new(TaskCreationOptions.RunContinuationsAsynchronously);
        // What is asked before training holds it up until somebody has cancelled.
        TrainingRequest request = Request() with { StillWanted = HoldUpAsync };
        Task<TrainedVersion?> training = Task.Run(() => process.GetRequiredService<RetrainingService>().TrainAsync(request, Ct), Ct);

        Assert.True(await Runs.CancelAsync(await started.Task.WaitAsync(TimeSpan.FromSeconds(20), Ct), "Grace", "wrong seed", Ct));

        TrainingException e = await Assert.ThrowsAsync<TrainingException>(() => training.WaitAsync(TimeSpan.FromSeconds(20), Ct));
        Assert.Contains("cancelled by Grace", e.Message, StringComparison.Ordinal);
        TrainingRunRow run = Assert.Single(await Runs.ListAsync(10, Ct));
        Assert.Equal(("cancelled", "Grace"), (run.Outcome, run.CancelBy));
        Assert.Equal(("Grace", "cancel-training"), (await _registry.Get<AuditLog>().ListAsync(1, Ct)).Select(a => (a.Actor, a.Action)).Single());
        Assert.False(await Runs.CancelAsync(run.RunId, "Grace", "again", Ct));
        Assert.False(await Runs.CancelAsync("T-none", "Grace", "nobody", Ct));
        Assert.True(await Runs.TryStartAsync(Row("T-2"), Lease, Ct));   // the cohort is free

        async Task<bool> HoldUpAsync(CancellationToken ct)
        {
            started.TrySetResult((await Runs.ListAsync(1, ct))[0].RunId);
            await Task.Delay(Timeout.Infinite, ct);
            return true;
        }
    }

    [Fact]
    public async Task CancelAsync_TrainingWhoseProcessIsDead_EndsItAtOnce()
    {
        await StartAsync("T-1");
        _clock.Advance(Lease);
        Assert.True(await Runs.CancelAsync("T-1", "Grace", "dead", Ct));
        Assert.Equal("cancelled", (await Runs.FindAsync("T-1", Ct))!.Outcome);
        Assert.Empty(await Runs.ListDeadAsync(Ct));
    }

    [Theory]
    [InlineData(true, null)]
    [InlineData(false, "cancelled")]
    public async Task TrainAsync_ProcessStopped_IsLeftToTheNextOrEnded(bool goesOn, string? outcome)
    {
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        TrainingRequest request = Request() with
        {
            GoesOnElsewhere = goesOn,
            StillWanted = async ct =>
            {
                await stop.CancelAsync();
                ct.ThrowIfCancellationRequested();
                return true;
            },
        };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _registry.Get<RetrainingService>().TrainAsync(request, stop.Token));

        Assert.Equal(outcome, (await Runs.ListAsync(1, Ct))[0].Outcome);
        Assert.Equal(goesOn ? 1 : 0, (await Runs.ListDeadAsync(Ct)).Count);
        Assert.True((await TrainAsync())!.IsNew);   // nobody waits for who is gone
    }

    [Fact]
    public async Task TrainAsync_NobodyWantsItAnyMore_TrainsNothing()
    {
        Assert.Null(await _registry.Get<RetrainingService>().TrainAsync(Request() with { StillWanted = _ => Task.FromResult(false) }, Ct));
        Assert.Empty(await Models.ListAsync(Ct));
        Assert.Equal("unchanged", Assert.Single(await Runs.ListAsync(10, Ct)).Outcome);
    }

    [Fact]
    public async Task FindAsync_DeadTrainings_AreAskedForAgainButNotForEver()
    {
        DeadTrainings dead = _registry.Get<DeadTrainings>();
        for (int i = 1; i <= 2; i++)
        {
            Assert.True(await Runs.TryStartAsync(Row($"T-{i}"), Lease, Ct));
            Assert.Empty(await dead.FindAsync(Ct));
            _clock.Advance(Lease);
            RetrainingRequested again = Assert.Single(await dead.FindAsync(Ct));
            Assert.Equal((SmallRegistry.Profile, 7L, "a reason", "Ada", "small on purpose", false), (again.ProfileSha256, again.Seed, again.Reason, again.RequestedBy, again.OverrideReason, again.OnlyIfDue));
        }
        Assert.True(await Runs.TryStartAsync(Row("T-3"), Lease, Ct));
        _clock.Advance(Lease);

        Assert.Empty(await dead.FindAsync(Ct));

        Assert.Equal(["abandoned", "abandoned", "abandoned"], (await Runs.ListAsync(10, Ct)).Select(r => r.Outcome));
        Assert.Empty(await Runs.ListDeadAsync(Ct));
    }

    private static TrainingRequest Request() => new() { ProfileSha256 = SmallRegistry.Profile, Seed = 1, Reason = "test", RequestedBy = "Ada" };

    private Task<TrainedVersion?> TrainAsync() => _registry.Get<RetrainingService>().TrainAsync(Request(), Ct);

    private static TrainingRunRow Row(string runId) => new()
    {
        RunId = runId, ProfileSha256 = SmallRegistry.Profile, Seed = 7, Reason = "a reason", RequestedBy = "Ada", OverrideReason = "small on purpose", Holder = "host/1", RequestedMs = 1,
    };

    private static ModelVersionRow Version(string runId) => new()
    {
        SnapshotSha256 = "s", Seed = 1, CodeVersion = "0.1.0", ModelSha256 = "m", Reason = "test", TrainingMs = 1, RunId = runId,
    };

    private async Task StartAsync(string runId) => Assert.True(await Runs.TryStartAsync(Row(runId), Lease, Ct));
}

public sealed class SqliteTrainingRunTests : TrainingRunTests
{
    protected override Task<TestDatabase> CreateDatabaseAsync() => TestDatabase.SqliteAsync(Ct);
}

public sealed class PostgreSqlTrainingRunTests(PostgreSqlServer server) : TrainingRunTests
{
    protected override Task<TestDatabase> CreateDatabaseAsync() => TestDatabase.PostgreSqlAsync(server, Ct);
}
