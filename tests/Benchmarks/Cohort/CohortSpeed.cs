using System.Data.Common;
using System.Diagnostics;
using System.Globalization;
using HccPipeline.ModelWorker;
using HccPipeline.ModelWorker.Retraining;
using HccPipeline.Persistence;
using HccPipeline.Persistence.Blobs;
using HccPipeline.Persistence.Cohort;
using HccPipeline.Persistence.Database;
using HccPipeline.Persistence.Models;
using HccPipeline.Persistence.Runs;
using HccPipeline.Reporting;
using HccPipeline.Reporting.Publication;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace HccPipeline.Benchmarks.Cohort;

/// <summary>A registry of many patients with many features: snapshot, training with nested cross-validation, report, each through the services of
/// the product; time by the clock and of the processors, and the peak of memory. The registry is filled by a process of its own.</summary>
internal static class CohortSpeed
{
    private const string Profile = "0000000000000000000000000000000000000000000000000000000000000001";
    private const int Clinical = 16;
    private const int Seed = 1;
    private const double Mib = 1 << 20;

    /// <summary>Fills a registry in a folder of its own, measures on it in another process, and deletes it.</summary>
    /// <param name="patients">Patients.</param>
    /// <param name="features">Candidates in all: imaging features before, after and their difference, and 16 clinical values.</param>
    public static int Run(int patients, int features)
    {
        int imaging = (features - Clinical) / 3;
        DirectoryInfo folder = Directory.CreateTempSubdirectory("hcc-cohort-");
        try
        {
            Step("cohort-fill", folder.FullName, patients, imaging);
            return Step("cohort-measure", folder.FullName, patients, imaging);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>Fills a registry.</summary>
    public static async Task<int> FillAsync(string folder, int patients, int imaging)
    {
        long started = Stopwatch.GetTimestamp();
        SynthesisedCohort cohort = new(Seed, imaging, Clinical);
        await using ServiceProvider services = Services(folder, cohort);
        await services.GetRequiredService<DatabaseMigrator>().MigrateAsync(CancellationToken.None);
        await services.GetRequiredService<ProfileRepository>().AddIfAbsentAsync(Profile, "{}", CancellationToken.None);
        await using DbConnection db = await services.GetRequiredService<DbDataSource>().OpenConnectionAsync();
        await using DbTransaction transaction = await db.BeginTransactionAsync();
        RegistryFiller filler = new(db, transaction, Profile);
        for (int i = 0; i < patients; i++)
            filler.Add(i, cohort.Next(), cohort.ImagingNames, cohort.ClinicalNames);
        await transaction.CommitAsync();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{patients} patients x {(3 * imaging) + Clinical} features: {2L * patients * imaging} values of images, filled in {Stopwatch.GetElapsedTime(started).TotalSeconds:F1} s"));
        return 0;
    }

    /// <summary>Measures on a registry that is filled.</summary>
    public static async Task<int> MeasureAsync(string folder, int imaging)
    {
        Console.WriteLine("stage                clock s   cpu s   peak MiB");
        SynthesisedCohort cohort = new(Seed, imaging, Clinical);
        await using ServiceProvider services = Services(folder, cohort);
        Stages stages = new();
        // A thousand candidates are more than ten thousand patients are enough for: the guards say so, and are overridden.
        TrainingRequest request = new() { ProfileSha256 = Profile, Seed = Seed, Reason = "benchmark", RequestedBy = "benchmark", OverrideReason = "a figure for speed" };
        TrainedVersion trained = (await services.GetRequiredService<RetrainingService>().TrainAsync(request, CancellationToken.None))!;
        stages.End("snapshot + training");
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  of this, training  {trained.Version.TrainingMs / 1000.0,8:F1}"));
        ReportRow report = await services.GetRequiredService<ReportPublisher>().PublishAsync(trained.Version.ModelVersion, rebuild: false, CancellationToken.None);
        stages.End("report");
        stages.Total();
        IBlobStore blobs = services.GetRequiredService<IBlobStore>();
        await SizeAsync("snapshot", trained.Version.SnapshotSha256);
        await SizeAsync("manifest", (await services.GetRequiredService<ManifestRepository>().FindHashAsync(trained.Version.SnapshotSha256, CancellationToken.None))!);
        await SizeAsync("model", trained.Version.ModelSha256);
        await SizeAsync("report, HTML", report.HtmlSha256);
        await SizeAsync("report, JSON", report.JsonSha256);
        return 0;

        async Task SizeAsync(string name, string key)
        {
            byte[] blob = await blobs.GetAsync(key, CancellationToken.None);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-18} {blob.Length / Mib,9:F2} MiB  {key[..12]}"));
        }
    }

    private static ServiceProvider Services(string folder, SynthesisedCohort cohort)
    {
        Dictionary<string, string?> settings = new(StringComparer.Ordinal)
        {
            ["Database:ConnectionString"] = $"Data Source={Path.Combine(folder, "registry.db")}",
            ["Blobs:Root"] = Path.Combine(folder, "blobs"),
        };
        for (int j = 0; j < cohort.ImagingNames.Count; j++)
            settings[$"ModelWorker:ImagingCandidates:{j}"] = cohort.ImagingNames[j];
        for (int j = 0; j < cohort.ClinicalNames.Count; j++)
            settings[$"ModelWorker:ClinicalCandidates:{j}"] = cohort.ClinicalNames[j];
        ServiceCollection services = new();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(settings).Build());
        services.AddSingleton(TimeProvider.System);
        services.AddLogging();
        services.AddPersistence();
        services.AddModelWorker();
        services.AddReporting();
        return services.BuildServiceProvider();
    }

    private static int Step(string what, string folder, int patients, int imaging)
    {
        string program = Path.ChangeExtension(typeof(CohortSpeed).Assembly.Location, OperatingSystem.IsWindows() ? "exe" : null);
        ProcessStartInfo start = new(program, [what, folder, $"{patients}", $"{imaging}"]) { UseShellExecute = false };
        using Process process = Process.Start(start)!;
        process.WaitForExit();
        return process.ExitCode == 0 ? 0 : throw new InvalidOperationException($"{what} ended with {process.ExitCode}.");
    }

    /// <summary>Time from stage to stage.</summary>
    private sealed class Stages
    {
        private readonly long _began = Stopwatch.GetTimestamp();
        private readonly TimeSpan _beganCpu = Environment.CpuUsage.TotalTime;
        private long _clock = Stopwatch.GetTimestamp();
        private TimeSpan _cpu = Environment.CpuUsage.TotalTime;

        public void End(string stage)
        {
            Print(stage, _clock, _cpu);
            _clock = Stopwatch.GetTimestamp();
            _cpu = Environment.CpuUsage.TotalTime;
        }

        public void Total() => Print("all", _began, _beganCpu);

        private static void Print(string stage, long since, TimeSpan cpu)
        {
            using Process self = Process.GetCurrentProcess();
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{stage,-19} {Stopwatch.GetElapsedTime(since).TotalSeconds,8:F1} {(Environment.CpuUsage.TotalTime - cpu).TotalSeconds,7:F1} {self.PeakWorkingSet64 / Mib,10:F0}"));
        }
    }
}
