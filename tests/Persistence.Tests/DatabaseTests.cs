using System.Data.Common;
using Dapper;
using HccPipeline.Contracts;
using HccPipeline.Persistence.Audit;
using HccPipeline.Persistence.Models;
using HccPipeline.Persistence.Registry;
using HccPipeline.Persistence.Runs;
using HccPipeline.Testing;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace HccPipeline.Persistence.Tests;

/// <summary>A test class that runs on every engine: one sealed subclass for each.</summary>
public abstract class DatabaseTests : IAsyncLifetime
{
    protected const string Profile = "profile";
    private TestDatabase _database = null!;
    private ServiceProvider _services = null!;

    protected static CancellationToken Ct => TestContext.Current.CancellationToken;

    protected FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));

    protected abstract Task<TestDatabase> CreateDatabaseAsync();

    public async ValueTask InitializeAsync()
    {
        _database = await CreateDatabaseAsync();
        _services = _database.Services(Clock).BuildServiceProvider();
        await Get<ProfileRepository>().AddIfAbsentAsync(Profile, "{}", Ct);
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await _database.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected T Get<T>() where T : notnull => _services.GetRequiredService<T>();

    protected async Task<T?> ScalarAsync<T>(string sql)
    {
        await using DbConnection db = await Get<DbDataSource>().OpenConnectionAsync(Ct);
        return await db.ExecuteScalarAsync<T>(sql);
    }

    protected async Task ExecuteAsync(string sql)
    {
        await using DbConnection db = await Get<DbDataSource>().OpenConnectionAsync(Ct);
        await db.ExecuteAsync(sql);
    }

    /// <summary>As somebody who owns the database does before changing what must not be changed.</summary>
    protected async Task DropTriggersAsync()
    {
        await using DbConnection db = await Get<DbDataSource>().OpenConnectionAsync(Ct);
        if (db is not SqliteConnection)
            await db.ExecuteAsync("DROP FUNCTION refuse_change() CASCADE");
        else
            foreach (string trigger in (await db.QueryAsync<string>("SELECT name FROM sqlite_master WHERE type = 'trigger'")).AsList())
                await db.ExecuteAsync($"DROP TRIGGER {trigger}");
    }

    /// <summary>Stores a version without a training and without making it the champion.</summary>
    protected async Task<ModelVersionRow> AddVersionAsync(ModelVersionRow version)
    {
        await using DbConnection db = await Get<DbDataSource>().OpenConnectionAsync(Ct);
        await using DbTransaction transaction = await db.BeginTransactionAsync(Ct);
        Unit unit = new(db, transaction, Ct);
        await AuditLog.HoldAsync(unit);
        (ModelVersionRow stored, _) = await ModelRepository.AddAsync(unit, Get<AuditLog>(), version, "Ada", Clock.GetUtcNow().ToUnixTimeMilliseconds());
        await transaction.CommitAsync(Ct);
        return stored;
    }

    /// <summary>A study that is ready and announced.</summary>
    protected async Task<string> AddStudyAsync(string studyUid, string pseudonym = "P-a", Visit? visit = Visit.PreTreatment, string content = "c1", DateOnly? date = null)
    {
        await Get<InstanceRepository>().AddAsync(
        [
            new()
            {
                Pseudonym = pseudonym, CenterCode = "C01", StudyUid = studyUid, StudyDate = date, SeriesUid = studyUid + ".1", Modality = "MR",
                SopInstanceUid = $"{studyUid}.1.{content}", BlobSha256 = $"blob-{studyUid}-{content}", SourceSha256 = $"source-{studyUid}-{content}", FrameCount = 1,
            },
        ], Ct);
        StudyRepository studies = Get<StudyRepository>();
        await studies.JudgeAsync(pseudonym, patient => [.. patient.Studies.Where(s => s.StudyUid == studyUid).Select(s => new StudyDecision
        {
            StudyUid = studyUid, Visit = visit, ContentSha256 = content, Series = [.. s.Series.Select(r => new SeriesDecision(r.SeriesUid, Sequence.T2, null))],
        })], Ct);
        foreach (StudyAnnouncement announcement in await studies.ListNotAnnouncedAsync(pseudonym, Ct))
            await studies.MarkAnnouncedAsync(announcement, Ct);
        return studyUid;
    }

    /// <summary>A run with so many bricks, requested, none with an outcome.</summary>
    protected async Task<RunPlan> PlanAsync(string studyUid, string content = "c1", int bricks = 1, string profile = Profile)
    {
        RunPlan plan = new() { StudyUid = studyUid, StudyContentSha256 = content, ProfileSha256 = profile, Bricks = [.. Enumerable.Range(0, bricks).Select(i => new BrickPlan(BrickKinds.Region, $"work {i}"))] };
        await Get<RunRepository>().PlanAsync(plan, Ct);
        await Get<ReleaseRepository>().ReleaseAsync(limit: 1000, below: 1000, Ct);
        return plan;
    }
}
