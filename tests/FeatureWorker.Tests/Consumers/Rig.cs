using System.Data.Common;
using Dapper;
using HccPipeline.Contracts;
using HccPipeline.Contracts.Messages;
using HccPipeline.FeatureWorker.Collecting;
using HccPipeline.FeatureWorker.Extraction;
using HccPipeline.FeatureWorker.Profiles;
using HccPipeline.FeatureWorker.Tests.Extraction;
using HccPipeline.Hosting.Bus;
using HccPipeline.Persistence.Blobs;
using HccPipeline.Persistence.Registry;
using HccPipeline.Persistence.Runs;
using HccPipeline.Testing;
using MassTransit;
using MassTransit.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace HccPipeline.FeatureWorker.Tests.Consumers;

/// <summary>The room on an in-memory bus and a SQLite file, with a clock that stands still.</summary>
internal sealed class Rig : IAsyncDisposable
{
    public const string StudyUid = "2.25.800";
    public const int Retries = 4;

    /// <summary>For a look at what the harness has seen so far: without it a look that finds nothing waits for the end of all activity.</summary>
    public static readonly CancellationToken Now = new(canceled: true);

    private readonly CancellationTokenSource _closing = new();
    private readonly TestDatabase _database;
    private ServiceProvider _services = null!;

    private Rig(TestDatabase database)
    {
        _database = database;
        Fake = new(FakeWork.Fake, _closing.Token);
        Measured = new(FakeWork.ForMeasures, _closing.Token);
    }

    public FakeTimeProvider Clock => (FakeTimeProvider)_services.GetRequiredService<TimeProvider>();

    public T Get<T>() where T : notnull => _services.GetRequiredService<T>();

    public ITestHarness Harness => _services.GetRequiredService<ITestHarness>();

    public WatchedBlobStore Blobs => (WatchedBlobStore)_services.GetRequiredService<IBlobStore>();

    public RunRepository Runs => Get<RunRepository>();

    public BrickRepository Bricks => Get<BrickRepository>();

    /// <summary>Bricks of kind <see cref="FakeWork.Fake"/>.</summary>
    public FakeWork Fake { get; }

    /// <summary>Bricks of a kind of its own, for who looks at what every room measures.</summary>
    public FakeWork Measured { get; }

    public BrickRelease Release => Get<BrickRelease>();

    public HashedProfile Profile => _services.GetRequiredService<ProfileCatalog>().Current;

    public RunSweeper Sweeper => _services.GetServices<IHostedService>().OfType<RunSweeper>().Single();

    /// <param name="withConsumers">False for a room that nobody works in: what is published stays as it is.</param>
    /// <param name="settings">Settings of section <c>FeatureWorker</c>.</param>
    public static async Task<Rig> StartAsync(bool withConsumers = true, params (string Key, string Value)[] settings)
    {
        CancellationToken ct = TestContext.Current.CancellationToken;
        TestDatabase database = await TestDatabase.SqliteAsync(ct);
        Rig rig = new(database);
        // Unless a test says otherwise, a study has its two region bricks and nothing else.
        string regions = Path.Combine(database.Folder, "regions.yaml");
        await File.WriteAllTextAsync(regions, "name: regions\n", ct);
        if (!settings.Any(s => s.Key == nameof(FeatureWorkerOptions.Profile)))
            settings = [.. settings, (nameof(FeatureWorkerOptions.Profile), regions)];
        ServiceCollection services = database.Services(
            new FakeTimeProvider(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero)),
            settings.Select(s => KeyValuePair.Create($"{FeatureWorkerOptions.Section}:{s.Key}", (string?)s.Value)));
        Type fileStore = services.Single(s => s.ServiceType == typeof(IBlobStore)).ImplementationType!;
        services.AddSingleton<IBlobStore>(p => new WatchedBlobStore((IBlobStore)ActivatorUtilities.CreateInstance(p, fileStore)));
        services.AddFeatureWorker().AddFeatureSweeper();
        services.AddSingleton<IBrickWorker>(rig.Fake).AddSingleton<IBrickWorker>(rig.Measured);
        services.AddOptions<BusOptions>();
        services.AddSingleton<PromptStop>();
        services.AddMassTransitTestHarness(bus =>
        {
            if (withConsumers)
                bus.AddFeatureConsumers();
            bus.SetTestTimeouts(testInactivityTimeout: TimeSpan.FromSeconds(30));   // a busy machine is no failure
            bus.AddConfigureEndpointsCallback((context, _, endpoint) =>   // as the program has it, without the pauses
            {
                endpoint.UseMessageRetry(r => r.Immediate(Retries));
                endpoint.UseInMemoryOutbox(context);
            });
        });
        rig._services = services.BuildServiceProvider();
        await rig._services.GetRequiredService<ProfileCatalog>().StoreCurrentAsync(ct);
        await rig.Harness.Start();   // and with it the sweeper
        rig.Clock.Advance(TimeSpan.FromMilliseconds(1));   // what is requested from here on is this process's own
        return rig;
    }

    /// <summary>Takes the phantom in as a study that is ready: T2 (ratio 3), unless left out a map (ADC 1.2), and where the lesion's signal before contrast
    /// is given phases of a contrast agent (enhancement 1.5 from 100, lesion to liver 2, washout 0.2).</summary>
    /// <returns>Key of a file of the map.</returns>
    public async Task<string> AddStudyAsync(bool withMap = true, float? beforeContrast = null)
    {
        CancellationToken ct = TestContext.Current.CancellationToken;
        Phantom phantom = new(Blobs);
        PhantomSeries t2 = await phantom.StoreAsync("2.25.1", Phantom.Image((300, 300), 100));
        PhantomSeries map = await phantom.StoreAsync("2.25.3", Phantom.Image((1200, 1200), 1500));
        List<ReceivedInstance> files = [.. Images(t2), .. Masks("2.25.2", t2, await phantom.StoreSegmentationAsync("2.25.2", t2, Phantom.Lesion, Phantom.Muscle))];
        if (withMap)
            files.AddRange([.. Images(map), .. Masks("2.25.4", map, await phantom.StoreSegmentationAsync("2.25.4", map, Phantom.Lesion))]);
        if (beforeContrast is { } signal)
        {
            PhantomSeries arterial = await phantom.StoreAsync("2.25.12", Phantom.Image((250, 250), 125));
            files.AddRange([.. Images(await phantom.StoreAsync("2.25.11", Phantom.Image((signal, signal), 100))), .. Images(arterial)]);
            files.AddRange([.. Images(await phantom.StoreAsync("2.25.13", Phantom.Image((200, 200), 150)))]);
            files.AddRange(Masks("2.25.14", arterial, await phantom.StoreSegmentationAsync("2.25.14", arterial, Phantom.Lesion, Phantom.Muscle)));
        }
        await _services.GetRequiredService<InstanceRepository>().AddAsync(files, ct);

        StudyRepository studies = _services.GetRequiredService<StudyRepository>();
        await studies.JudgeAsync("P", patient => [.. patient.Studies.Select(s => new StudyDecision
        {
            StudyUid = s.StudyUid,
            Visit = Visit.PostTreatment,
            ContentSha256 = withMap ? "with map" : "without map",
            Series = [.. s.Series.Select(r => new SeriesDecision(r.SeriesUid, SequenceOf(r.SeriesUid), null)
            {
                ReferencedSeriesUid = r.SeriesUid switch { "2.25.2" => "2.25.1", "2.25.4" => "2.25.3", "2.25.14" => "2.25.12", _ => null },
            })],
        })], ct);
        foreach (StudyAnnouncement announcement in await studies.ListNotAnnouncedAsync("P", ct))
            await studies.MarkAnnouncedAsync(announcement, ct);
        return map.Files[0].BlobSha256;
    }

    /// <summary>Plans a run of fake bricks, of a study or (interactive) of none, and requests what may be.</summary>
    public async Task<RunPlan> PlanAsync(int bricks, RunPriority priority = RunPriority.Batch, string kind = FakeWork.Fake, string work = "{}")
    {
        CancellationToken ct = TestContext.Current.CancellationToken;
        Clock.Advance(TimeSpan.FromMilliseconds(1));
        RunPlan plan = new() { ProfileSha256 = Profile.Sha256, Priority = priority, Bricks = [.. Enumerable.Range(0, bricks).Select(_ => new BrickPlan(kind, work))] };
        await Runs.PlanAsync(plan, ct);
        await Release.FillAsync(ct);
        return plan;
    }

    /// <summary>Waits until a delivery of a brick has ended without a fault.</summary>
    public async Task EndedAsync(BrickKey key)
    {
        await foreach (IReceivedMessage<BrickExtractionRequested> message in Harness.Consumed.SelectAsync<BrickExtractionRequested>(TestContext.Current.CancellationToken))
        {
            if (message.Exception is null && message.Context.Message.RunId == key.RunId && message.Context.Message.BrickIndex == key.BrickIndex)
                return;
        }
        throw new InvalidOperationException($"Brick {key} did not end.");
    }

    /// <summary>Waits until a number of bricks of a kind are done and closed.</summary>
    public async Task<IReadOnlyList<BrickExtracted>> AnnouncedAsync(int bricks)
    {
        List<BrickExtracted> announced = [];
        await foreach (IPublishedMessage<BrickExtracted> message in Harness.Published.SelectAsync<BrickExtracted>(TestContext.Current.CancellationToken))
        {
            announced.Add(message.Context.Message);
            if (announced.Count == bricks)
                return announced;
        }
        throw new InvalidOperationException($"Only {announced.Count} of {bricks} bricks were announced.");
    }

    /// <summary>A number, text or null that the database holds.</summary>
    public async Task<T?> ScalarAsync<T>(string sql, object? args = null)
    {
        await using DbConnection db = await _services.GetRequiredService<DbDataSource>().OpenConnectionAsync(TestContext.Current.CancellationToken);
        return await db.ExecuteScalarAsync<T>(sql, args);
    }

    public Task<double?> ValueAsync(string name) => ScalarAsync<double?>("SELECT value FROM feature_value WHERE name = @name", new { name });

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        await _services.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromMinutes(1));
        await _database.DisposeAsync();
        _closing.Dispose();
    }

    private static Sequence SequenceOf(string seriesUid) => seriesUid switch
    {
        "2.25.1" => Sequence.T2,
        "2.25.3" => Sequence.Adc,
        "2.25.11" => Sequence.T1Pre,
        "2.25.12" => Sequence.T1Arterial,
        "2.25.13" => Sequence.T1Delayed,
        _ => Sequence.Segmentation,
    };

    private static IEnumerable<ReceivedInstance> Images(PhantomSeries series) =>
        series.Files.Select((file, i) => Instance(series.SeriesUid, $"{series.SeriesUid}.{i + 1}", file.BlobSha256));

    private static IEnumerable<ReceivedInstance> Masks(string seriesUid, PhantomSeries of, string sha256) =>
    [
        Instance(seriesUid, $"{seriesUid}.1", sha256) with
        {
            Modality = "SEG",
            ReferencedSeriesUid = of.SeriesUid,
            Segments = of.SeriesUid switch
            {
                "2.25.1" => [new(1, "Lesion", Region.Lesion), new(2, "Muscle", Region.MuscleReference)],
                "2.25.12" => [new(1, "Lesion", Region.Lesion), new(2, "Liver reference", Region.LiverReference)],
                _ => [new(1, "Lesion", Region.Lesion)],
            },
        },
    ];

    private static ReceivedInstance Instance(string seriesUid, string sopUid, string sha256) => new()
    {
        Pseudonym = "P", CenterCode = "C01", StudyUid = StudyUid, SeriesUid = seriesUid, Modality = "MR", SopInstanceUid = sopUid, BlobSha256 = sha256,
        SourceSha256 = "source " + sopUid, FrameCount = 1,
    };
}
