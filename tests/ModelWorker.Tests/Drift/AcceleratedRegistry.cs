using System.Data.Common;
using System.Diagnostics;
using Dapper;
using Hangfire;
using Hangfire.Common;
using Hangfire.States;
using Hangfire.Storage;
using HccPipeline.Contracts.Messages;
using HccPipeline.Hosting.Bus;
using HccPipeline.ModelWorker.Scoring;
using HccPipeline.Persistence;
using HccPipeline.Persistence.Registry;
using HccPipeline.Persistence.Runs;
using HccPipeline.Testing;
using MassTransit;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Time.Testing;

namespace HccPipeline.ModelWorker.Tests.Drift;

/// <summary>A registry under an accelerated clock: six centres, features made up and written into the database, everything after that as in a server,
/// with Hangfire's jobs run on their days. One centre gets another scanner.</summary>
internal sealed class AcceleratedRegistry : IAsyncDisposable
{
    public const string Training = "0 3 15 3,6,9,12 *", Assessing = "0 4 28 3,6,9,12 *", Changed = "C03";
    private const string Profile = "profile";
    private const int Centers = 6, FirstYear = 2031;
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);
    private readonly TestDatabase _database;
    private readonly IHost _host;
    private readonly Finished _finished;
    private readonly Random _random;
    private readonly int _perQuarter;
    private readonly int _changedFrom;

    private AcceleratedRegistry(TestDatabase database, IHost host, FakeTimeProvider clock, int perQuarter, int changedFrom, int seed)
    {
        (_database, _host, Clock, _perQuarter, _changedFrom, _random) = (database, host, clock, perQuarter, changedFrom, new(seed));
        _finished = host.Services.GetServices<IConsumeObserver>().OfType<Finished>().Single();
    }

    public FakeTimeProvider Clock { get; }

    public T Get<T>() where T : notnull => _host.Services.GetRequiredService<T>();

    /// <summary>Messages that a consumer could not deal with.</summary>
    public int Faults => _finished.Faults;

    /// <summary>What Hangfire is to run, and when.</summary>
    public IReadOnlyDictionary<string, string> Schedules()
    {
        using IStorageConnection connection = Get<JobStorage>().GetConnection();
        return connection.GetRecurringJobs().ToDictionary(j => j.Id, j => j.Cron, StringComparer.Ordinal);
    }

    /// <summary>Name of a quarter, from 1.</summary>
    public static string Quarter(int number) => $"{FirstYear + ((number - 1) / 4)}Q{1 + ((number - 1) % 4)}";

    /// <summary>First day of a quarter, from 1.</summary>
    public static DateTimeOffset Start(int quarter) => new(FirstYear + ((quarter - 1) / 4), 1 + (3 * ((quarter - 1) % 4)), 1, 0, 0, 0, TimeSpan.Zero);

    /// <param name="perQuarter">Patients of all centres in a quarter.</param>
    /// <param name="changedFrom">Quarter, from 1, from which on one centre has another scanner.</param>
    /// <param name="seed">Seed of the patients.</param>
    /// <param name="ct">Cancels.</param>
    public static async Task<AcceleratedRegistry> StartAsync(int perQuarter, int changedFrom, int seed, CancellationToken ct)
    {
        TestDatabase database = await TestDatabase.SqliteAsync(ct);
        FakeTimeProvider clock = new(Start(1));
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection(database.Settings).AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["ModelWorker:ImagingCandidates:0"] = "T2_SIR", ["ModelWorker:ImagingCandidates:1"] = "ADC_Mean", ["ModelWorker:Folds"] = "5",
            ["ModelWorker:MinimumPatients"] = "0", ["ModelWorker:Schedule"] = Training, ["Drift:Schedule"] = Assessing, ["Guards:Override"] = "a simulation",
        });
        IServiceCollection services = builder.Services;
        services.AddLogging();
        services.AddSingleton<TimeProvider>(clock);
        services.AddPersistence();
        services.AddModelWorker();
        services.AddConsumeObserver<Finished>();
        services.AddBus(builder.Configuration, bus => bus.AddModelConsumers());
        services.AddSchedules(builder.Configuration);
        AcceleratedRegistry registry = new(database, builder.Build(), clock, perQuarter, changedFrom, seed);
        await registry._host.StartAsync(ct);
        await registry.Get<ProfileRepository>().AddIfAbsentAsync(Profile, "{}", ct);
        return registry;
    }

    /// <summary>A quarter passes: the outcomes of the quarter before become known; patients come, and are scored if there is a champion; meanwhile the
    /// schedules train and assess when they say so.</summary>
    public async Task LiveThroughAsync(int quarter, int lastWithPatients, CancellationToken ct)
    {
        DateTimeOffset start = Start(quarter);
        await RunUntilAsync(start.AddMonths(2).AddDays(11), ct);   // 72 days after the quarter before
        if (quarter > 1)
            await RecordOutcomesAsync(quarter - 1, ct);
        if (quarter <= lastWithPatients)
        {
            await RunUntilAsync(start.AddMonths(2).AddDays(19), ct);
            await ReceiveAsync(quarter, ct);
            await Get<PatientScorer>().ScoreWaitingAsync(ct);
        }
        await RunUntilAsync(Start(quarter + 1), ct);
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
        await _database.DisposeAsync();
    }

    /// <summary>Does what Hangfire's own timer, which knows only the real clock, would do until then: every job at the moment that its registered expression says.</summary>
    private async Task RunUntilAsync(DateTimeOffset end, CancellationToken ct)
    {
        for ((string job, DateTimeOffset at) = Next(); at <= end; (job, at) = Next())
        {
            Clock.SetUtcNow(at.AddMinutes(1));   // at the instant itself the expression would name it again
            await RunJobAsync(job, ct);
            if (job == "drift")
                await _finished.NextAsync<DriftAssessmentRequested>(Limit, ct);
            else if (_patients.Count > 0)   // without a profile in use there is nothing to ask for
                await _finished.NextAsync<RetrainingRequested>(Limit, ct);
        }
        Clock.SetUtcNow(end);
    }

    /// <summary>Has Hangfire's server run a job, and waits for its end: a job that ran late would see a registry that has lived on.</summary>
    private async Task RunJobAsync(string job, CancellationToken ct)
    {
        string id = Get<IRecurringJobManagerV2>().TriggerJob(job);
        IMonitoringApi jobs = Get<JobStorage>().GetMonitoringApi();
        for (long start = Stopwatch.GetTimestamp(); !IsDone(); await Task.Delay(1, ct))
        {
            if (Stopwatch.GetElapsedTime(start) > Limit)
                throw new TimeoutException($"Job '{job}' did not end within {Limit}.");
        }

        bool IsDone() => jobs.JobDetails(id).History.Any(state => state.StateName == SucceededState.StateName);
    }

    /// <summary>The job that is due next, and when: the registered expression is reckoned by Hangfire under this clock, in a job of its own that never runs.</summary>
    private (string Job, DateTimeOffset At) Next()
    {
        const string Reckoned = "reckoned";
        JobStorage storage = Get<JobStorage>();
        RecurringJobManager manager = new(storage, JobFilterProviders.Providers, new DefaultTimeZoneResolver(), () => Clock.GetUtcNow().UtcDateTime);
        using IStorageConnection connection = storage.GetConnection();
        List<(string Job, DateTimeOffset At)> due = [];
        foreach (RecurringJobDto job in connection.GetRecurringJobs())
        {
            manager.AddOrUpdate(Reckoned, job.Job, job.Cron, new RecurringJobOptions { TimeZone = TimeZoneInfo.FindSystemTimeZoneById(job.TimeZoneId) });
            due.Add((job.Id, new(connection.GetRecurringJobs().Single(j => j.Id == Reckoned).NextExecution!.Value, TimeSpan.Zero)));
            manager.RemoveIfExists(Reckoned);
        }
        return due.MinBy(d => d.At);
    }

    private async Task ReceiveAsync(int quarter, CancellationToken ct)
    {
        await using (DbConnection db = await Get<DbDataSource>().OpenConnectionAsync(ct))
        {
            await using DbTransaction transaction = await db.BeginTransactionAsync(ct);
            for (int i = 0; i < _perQuarter; i++)
                await WriteAsync(db, transaction, quarter, i);
            await transaction.CommitAsync(ct);
        }
        await Get<ClinicalRecordRepository>().StoreAsync([.. _patients.Where(p => p.Quarter == quarter).Select(p => p.Record with { Response = null })], ct);
    }

    private async Task RecordOutcomesAsync(int quarter, CancellationToken ct) =>
        await Get<ClinicalRecordRepository>().StoreAsync([.. _patients.Where(p => p.Quarter == quarter).Select(p => p.Record)], ct);

    private readonly List<(int Quarter, ClinicalRecord Record)> _patients = [];

    private async Task WriteAsync(DbConnection db, DbTransaction transaction, int quarter, int i)
    {
        string center = $"C{1 + (i % Centers):D2}", pseudonym = $"P-{quarter}-{i:D3}";
        bool isChanged = center == Changed && quarter >= _changedFrom;
        double signal = Gauss(), diffusion = Gauss(), nlr = Gauss(), risk = -0.2 + (1.2 * signal) - diffusion + (0.6 * nlr);
        bool progression = _random.NextDouble() < 1 / (1 + Math.Exp(-risk));
        double noise = Gauss(), other = Gauss();
        if (isChanged)   // brighter, and blurred
            (signal, diffusion) = ((0.2 * signal) + noise + 1.2, (0.2 * diffusion) + other);
        DateOnly start = DateOnly.FromDateTime(Start(quarter).UtcDateTime).AddDays(20);
        _patients.Add((quarter, new()
        {
            Pseudonym = pseudonym, CenterCode = center, TreatmentStart = start, EntryQuarter = Quarter(quarter), Response = progression ? "PD" : "SD",
            Values = new Dictionary<string, double> { ["NLR"] = 4 + nlr, ["age"] = 60 + (8 * Gauss()) },
        }));
        await db.ExecuteAsync(new CommandDefinition("INSERT INTO patient (pseudonym, center_code, created_ms) VALUES (@pseudonym, @center, 0)", new { pseudonym, center }, transaction));
        await VisitAsync("PreTreatment", start.AddDays(-3), 2 + Gauss() + (isChanged ? 1.2 : 0), 1.2 + (0.2 * Gauss()));
        await VisitAsync("PostTreatment", start.AddDays(56), 2 + signal, 1.2 + (0.2 * diffusion));

        async Task VisitAsync(string visit, DateOnly date, double ratio, double adc)
        {
            string study = $"{pseudonym}.{visit}";
            await db.ExecuteAsync(new CommandDefinition(
                """
                INSERT INTO study (study_uid, pseudonym, center_code, study_date, visit, state, content_sha256, announced_ms, updated_ms)
                VALUES (@study, @pseudonym, @center, @day, @visit, 'ready', 'c', 0, 0);
                INSERT INTO series (series_uid, study_uid, modality, sequence, manufacturer, scanner_model) VALUES (@study || '.1', @study, 'MR', 'T2', @maker, 'One');
                INSERT INTO extraction_run (run_id, kind, study_uid, study_content_sha256, profile_sha256, expected_bricks, superseded, planned_ms, completed_ms, announced_ms)
                VALUES (@study, 'study', @study, 'c', 'profile', 1, 0, 0, 0, 0);
                INSERT INTO feature_value (run_id, name, value, brick_index) VALUES (@study, 'T2_SIR', @ratio, 0), (@study, 'ADC_Mean', @adc, 0)
                """,
                new { study, pseudonym, center, day = date.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture), visit, ratio, adc, maker = isChanged ? "Other" : "Maker" },
                transaction));
        }
    }

    private double Gauss() => Math.Sqrt(-2 * Math.Log(1 - _random.NextDouble())) * Math.Cos(2 * Math.PI * _random.NextDouble());

    /// <summary>Tells when a message has been dealt with.</summary>
    private sealed class Finished : IConsumeObserver
    {
        private readonly Dictionary<Type, SemaphoreSlim> _messages = new() { [typeof(RetrainingRequested)] = new(0), [typeof(DriftAssessmentRequested)] = new(0) };
        private volatile Exception? _fault;
        private int _faults;

        public int Faults => _faults;

        public Task PreConsume<T>(ConsumeContext<T> context) where T : class => Task.CompletedTask;

        public Task PostConsume<T>(ConsumeContext<T> context) where T : class
        {
            // A training that drift asks for is not one of the schedule.
            if (_messages.TryGetValue(typeof(T), out SemaphoreSlim? done) && context.Message is not RetrainingRequested { Reason: not "schedule" })
                done.Release();
            return Task.CompletedTask;
        }

        public Task ConsumeFault<T>(ConsumeContext<T> context, Exception exception) where T : class
        {
            _fault = exception;
            Interlocked.Increment(ref _faults);
            return Task.CompletedTask;
        }

        public async Task NextAsync<T>(TimeSpan limit, CancellationToken ct)
        {
            if (!await _messages[typeof(T)].WaitAsync(limit, ct))
                throw new TimeoutException($"No {typeof(T).Name} within {limit}: {_fault?.ToString() ?? "the schedule did not ask"}.");
        }
    }
}
