using System.Data.Common;
using Dapper;
using HccPipeline.Persistence.Access;
using HccPipeline.Persistence.Audit;
using HccPipeline.Persistence.Blobs;
using HccPipeline.Persistence.Browsing;
using HccPipeline.Persistence.Cohort;
using HccPipeline.Persistence.Database;
using HccPipeline.Persistence.Drift;
using HccPipeline.Persistence.Models;
using HccPipeline.Persistence.Registry;
using HccPipeline.Persistence.Runs;
using HccPipeline.Persistence.Status;
using HccPipeline.Persistence.Workers;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Npgsql;

namespace HccPipeline.Persistence;

/// <summary>Registers the database, the blob store and the repositories.</summary>
public static class PersistenceServices
{
    /// <summary>Adds the room's services; options come from sections <c>Database</c> and <c>Blobs</c> and are checked at start.</summary>
    public static IServiceCollection AddPersistence(this IServiceCollection services)
    {
        DefaultTypeMap.MatchNamesWithUnderscores = true;
        services.AddOptions<DatabaseOptions>()
            .BindConfiguration(DatabaseOptions.Section, o => o.ErrorOnUnknownConfiguration = true)
            .ValidateDataAnnotations()
            .Validate(o => o.PasswordFile is not { Length: > 0 } file || File.Exists(file), "Database:PasswordFile is not there or can't be read.")
            .ValidateOnStart();
        services.AddOptions<BlobOptions>()
            .BindConfiguration(BlobOptions.Section, o => o.ErrorOnUnknownConfiguration = true)
            .ValidateDataAnnotations()
            .ValidateOnStart();
        services.AddOptions<CohortOptions>()
            .BindConfiguration(CohortOptions.Section, o => o.ErrorOnUnknownConfiguration = true)
            .ValidateDataAnnotations()
            .ValidateOnStart();
        services.AddSingleton<DbDataSource>(provider =>
        {
            DatabaseOptions options = provider.GetRequiredService<IOptions<DatabaseOptions>>().Value;
            return options.Provider == DatabaseProvider.PostgreSql
                ? NpgsqlDataSource.Create(options.ReadConnectionString())
                : new SqliteDataSource(options.ConnectionString);
        });
        services.AddSingleton<DatabaseMigrator>();
        services.AddHostedService<DatabaseStartup>();   // registered first, started first
        services.AddSingleton<IObjectStore>(provider =>
        {
            IOptions<BlobOptions> options = provider.GetRequiredService<IOptions<BlobOptions>>();
            return options.Value.Provider == BlobProvider.S3 ? new S3ObjectStore(options) : new FileObjectStore(options);
        });
        services.AddHostedService<BlobStartup>();
        services.AddSingleton<IBlobStore, BlobStore>();
        services.AddSingleton<RunRepository>();
        services.AddSingleton<BrickRepository>();
        services.AddSingleton<BrickRates>();
        services.AddSingleton<MapRunReader>();
        services.AddSingleton<ReleaseRepository>();
        services.AddSingleton<BrickQuarantine>();
        services.AddSingleton<RunSweepRepository>();
        services.AddSingleton<LineageReader>();
        services.AddSingleton<ProfileRepository>();
        services.AddSingleton<StudyContentRepository>();
        services.AddSingleton<CohortReader>();
        services.AddSingleton<StudyFeatureReader>();
        services.AddSingleton<AuditLog>();
        services.AddSingleton<HistorySeal>();
        services.AddSingleton<AccessTokenRepository>();
        services.AddSingleton<DataKeyRepository>();
        services.AddSingleton<StudyBrowser>();
        services.AddSingleton<QuarantineBrowser>();
        services.AddSingleton<ActivityReader>();
        services.AddSingleton<ReportBrowser>();
        services.AddSingleton<ModelRepository>();
        services.AddSingleton<TrainingRunRepository>();
        services.AddSingleton<TrainedVersionStore>();
        services.AddSingleton<PromotionRepository>();
        services.AddSingleton<ComparisonRepository>();
        services.AddSingleton<PredictionRepository>();
        services.AddSingleton<ReportRepository>();
        services.AddSingleton<DriftReportRepository>();
        services.AddSingleton<DriftAssessmentRepository>();
        services.AddSingleton<AlertRepository>();
        services.AddSingleton<DriftDataReader>();
        services.AddSingleton<StatusReader>();
        services.AddSingleton<ExtractionStatusReader>();
        services.AddSingleton<WorkerRepository>();
        services.AddSingleton<InstanceRepository>();
        services.AddSingleton<StudyRepository>();
        services.AddSingleton<ClinicalRecordRepository>();
        services.AddSingleton<OutcomeRepository>();
        services.AddSingleton<ManifestRepository>();
        services.AddSingleton<WithdrawalRepository>();
        services.AddSingleton<ObjectErasure>();
        services.AddSingleton<PatientErasure>();
        services.AddSingleton<MapRunErasure>();
        services.AddSingleton<QuarantineRepository>();
        return services;
    }

    /// <summary>Adds gauges of what the registry holds, for one process of a registry: each reads the same rows.</summary>
    public static IServiceCollection AddRegistryGauges(this IServiceCollection services) => services.AddHostedService<RegistryGauges>();

    /// <summary>Lists this process among the workers while it runs; before the bus, so that it is listed while it does anything.</summary>
    /// <param name="services">Services.</param>
    /// <param name="roles">Roles that it plays, separated by commas.</param>
    /// <param name="version">Version of its program.</param>
    /// <param name="slots">Bricks that it computes at the same time; 0 where it computes none.</param>
    public static IServiceCollection AddWorkerHeartbeat(this IServiceCollection services, string roles, string version, Func<IServiceProvider, int> slots)
    {
        services.AddHostedService(provider =>
        {
            long now = provider.GetRequiredService<TimeProvider>().GetUtcNow().ToUnixTimeMilliseconds();
            WorkerProcess self = new() { WorkerId = WorkerProcess.CurrentId, Roles = roles, Slots = slots(provider), Version = version, StartedMs = now, SeenMs = now };
            return ActivatorUtilities.CreateInstance<WorkerHeartbeat>(provider, self);
        });
        return services;
    }
}
