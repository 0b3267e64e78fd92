using System.Security.Cryptography;
using System.Text;
using HccPipeline.Contracts;
using HccPipeline.ModelWorker.Retraining;
using HccPipeline.Persistence.Registry;
using HccPipeline.Persistence.Runs;
using HccPipeline.Testing;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;

namespace HccPipeline.ModelWorker.Tests;

/// <summary>A registry of some dozens of patients with a known signal, whose features are written straight into the database.</summary>
internal sealed class SmallRegistry : IAsyncDisposable
{
    public const string Profile = "profile";
    private readonly ServiceProvider _services;

    private SmallRegistry(TestDatabase database, ServiceProvider services) => (Database, _services) = (database, services);

    public TestDatabase Database { get; }

    public T Get<T>() where T : notnull => _services.GetRequiredService<T>();

    public IServiceProvider Services => _services;

    public static string Name(int i) => $"P-{i:D3}";

    /// <summary>Services of one process over a database; nothing is written.</summary>
    public static ServiceProvider Process(TestDatabase database, TimeProvider clock, IReadOnlyDictionary<string, string?>? more = null, bool bus = false)
    {
        Dictionary<string, string?> settings = new()
        {
            ["ModelWorker:ImagingCandidates:0"] = "T2_SIR", ["ModelWorker:ImagingCandidates:1"] = "ADC_Mean", ["ModelWorker:Folds"] = "5",
            ["ModelWorker:TrainingLease"] = "00:00:05",
            ["Guards:Override"] = "small on purpose",
        };
        foreach ((string key, string? value) in more ?? new Dictionary<string, string?>())
            settings[key] = value;
        ServiceCollection services = database.Services(clock, settings);
        services.AddModelWorker();
        if (bus)
            services.AddMassTransitTestHarness(b => b.AddModelConsumers());
        return services.BuildServiceProvider();
    }

    public static async Task<SmallRegistry> CreateAsync(
        TestDatabase database, TimeProvider clock, int patients, CancellationToken ct, IReadOnlyDictionary<string, string?>? more = null, bool bus = false)
    {
        SmallRegistry registry = new(database, Process(database, clock, more, bus));
        await registry.Get<ProfileRepository>().AddIfAbsentAsync(Profile, "{}", ct);
        for (int i = 0; i < patients; i++)
            await registry.AddPatientAsync(i, i % 2 == 1 ? (i == 1 ? "SD" : "PD") : (i == 0 ? "PD" : "SD"), ct);
        return registry;
    }

    /// <summary>Adds a patient with both visits.</summary>
    /// <param name="i">Number; odd ones look like progression.</param>
    /// <param name="response">Response; null while not known.</param>
    /// <param name="ct">Cancels.</param>
    /// <param name="shift">How far the features lie from the middle; by default by number.</param>
    /// <param name="like">Patient whose features these are; by default the patient's own.</param>
    public async Task AddPatientAsync(int i, string? response, CancellationToken ct, double? shift = null, int? like = null)
    {
        int whose = like ?? i;
        Random random = new(1000 + whose);
        double by = shift ?? (whose % 2 == 1 ? 0.7 : -0.7);
        await AddClinicalAsync(i, response, ct, 3 + by + Noise(), 60 + (5 * Noise()));
        DateOnly start = new(2023, 5, 1);
        await AddVisitAsync(i, Visit.PreTreatment, start.AddDays(-3), 2 + Noise(), 1.2 + (0.2 * Noise()), ct);
        await AddVisitAsync(i, Visit.PostTreatment, start.AddDays(56), 2 + by + Noise(), 1.2 - (0.2 * by) + (0.2 * Noise()), ct);

        double Noise() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
    }

    public async Task AddClinicalAsync(int i, string? response, CancellationToken ct, double nlr = 3, double age = 60) => await Get<ClinicalRecordRepository>().StoreAsync(
    [
        new()
        {
            Pseudonym = Name(i), CenterCode = "C01", TreatmentStart = new(2023, 5, 1), EntryQuarter = "2023Q2", Response = response,
            Values = new Dictionary<string, double> { ["NLR"] = nlr, ["age"] = age },
        },
    ], ct);

    public async Task<string> AddVisitAsync(int i, Visit visit, DateOnly date, double ratio, double diffusion, CancellationToken ct)
    {
        string study = $"{i}.{(int)visit}";
        string blob = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(study)));
        await Get<InstanceRepository>().AddAsync(
        [
            new()
            {
                Pseudonym = Name(i), CenterCode = "C01", StudyUid = study, StudyDate = date, SeriesUid = study + ".1", Modality = "MR", SopInstanceUid = study + ".1.1",
                BlobSha256 = blob, SourceSha256 = blob, FrameCount = 1,
            },
        ], ct);
        await Get<StudyRepository>().JudgeAsync(Name(i), patient => [.. patient.Studies.Where(s => s.StudyUid == study).Select(s => new StudyDecision
        {
            StudyUid = study, Visit = visit, ContentSha256 = "c", Series = [.. s.Series.Select(r => new SeriesDecision(r.SeriesUid, Sequence.T2, null))],
        })], ct);
        RunPlan plan = new() { StudyUid = study, StudyContentSha256 = "c", ProfileSha256 = Profile, Bricks = [new(BrickKinds.Region, "{}")] };
        await Get<RunRepository>().PlanAsync(plan, ct);
        await Get<BrickRepository>().CompleteAsync(new(plan.RunId, 0), new() { Values = [new("T2_SIR", ratio), new("ADC_Mean", diffusion)] }, "w", ct);
        await Get<RunRepository>().TryCompleteAsync(plan.RunId, ct);
        return plan.RunId;
    }

    /// <summary>Trains on who is ready.</summary>
    public async Task<TrainedVersion> TrainAsync(long seed, CancellationToken ct) =>
        (await Get<RetrainingService>().TrainAsync(new TrainingRequest { ProfileSha256 = Profile, Seed = seed, Reason = "test" }, ct))!;

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await Database.DisposeAsync();
    }
}
