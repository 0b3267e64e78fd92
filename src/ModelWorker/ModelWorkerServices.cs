using Hangfire;
using Hangfire.PostgreSql;
using HccPipeline.ModelWorker.Cohort;
using HccPipeline.ModelWorker.Drift;
using HccPipeline.ModelWorker.Guards;
using HccPipeline.ModelWorker.Promotion;
using HccPipeline.ModelWorker.Retraining;
using HccPipeline.ModelWorker.Scoring;
using HccPipeline.Persistence.Database;
using MassTransit;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace HccPipeline.ModelWorker;

/// <summary>Registers the room.</summary>
public static class ModelWorkerServices
{
    /// <summary>Adds training; options come from section <c>ModelWorker</c> and are checked at start.</summary>
    public static IServiceCollection AddModelWorker(this IServiceCollection services)
    {
        services.AddOptions<ModelWorkerOptions>()
            .BindConfiguration(ModelWorkerOptions.Section, o => o.ErrorOnUnknownConfiguration = true)
            .ValidateDataAnnotations()
            .Validate(o => TimeZoneInfo.TryFindSystemTimeZoneById(o.TimeZone, out _), "ModelWorker:TimeZone is not a time zone of this system; use an IANA name as Europe/Berlin.")
            .Validate(o => o.PromotionPolicy.Length == 0 || File.Exists(o.PromotionPolicy), "ModelWorker:PromotionPolicy is not there.")
            .ValidateOnStart();
        services.AddSingleton<SnapshotTaker>();
        services.AddSingleton<ReplayService>();
        services.AddSingleton<PatientWithdrawal>();
        services.AddOptions<GuardOptions>()
            .BindConfiguration(GuardOptions.Section, o => o.ErrorOnUnknownConfiguration = true)
            .ValidateDataAnnotations()
            .Validate(o => o.ReaderTable.Length == 0 || File.Exists(o.ReaderTable), "Guards:ReaderTable is not there.")
            .ValidateOnStart();
        services.AddSingleton<GuardService>();
        services.AddSingleton<TrainingLock>();
        services.AddSingleton<TrainingResults>();
        services.AddSingleton<DeadTrainings>();
        services.AddSingleton<RetrainingService>();
        services.AddSingleton<RetrainingPolicy>();
        services.AddSingleton<ModelCatalog>();
        services.AddSingleton<PatientScorer>();
        services.AddSingleton<PolicySource>();
        services.AddSingleton<PromotionService>();
        services.AddSingleton<LostComparisons>();
        services.AddDrift();
        return services;
    }

    /// <summary>Adds the sweepers; after the bus, so that they start after the bus has.</summary>
    public static IServiceCollection AddModelSweeper(this IServiceCollection services) =>
        services.AddHostedService<ModelSweeper>().AddHostedService<ChampionSweeper>().AddHostedService<ErasureSweeper>().AddHostedService<DriftSweeper>();

    /// <summary>Adds gauges of the stored model versions.</summary>
    public static IServiceCollection AddModelGauges(this IServiceCollection services) => services.AddHostedService<ModelGauges>().AddHostedService<DriftGauges>();

    /// <summary>Adds what runs by the clock: Hangfire on PostgreSQL in the cluster, in memory and from configuration when embedded.</summary>
    public static IServiceCollection AddSchedules(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddJobStorage(configuration);
        services.AddHangfireServer(o => o.WorkerCount = 1);
        services.AddTransient<RetrainingJob>();
        services.AddHostedService<RetrainingSchedule>();
        services.AddTransient<DriftJob>();
        services.AddHostedService<DriftSchedule>();
        return services;
    }

    /// <summary>Whether jobs are kept where every process sees them; else only the process that runs them does.</summary>
    public static bool SharesJobs(this IConfiguration configuration) => DatabaseOf(configuration).Provider == DatabaseProvider.PostgreSql;

    /// <summary>Adds the place where jobs are kept, to look at them; nothing is run.</summary>
    public static IServiceCollection AddJobStorage(this IServiceCollection services, IConfiguration configuration)
    {
        DatabaseOptions database = DatabaseOf(configuration);
        if (database.Provider == DatabaseProvider.PostgreSql)
            services.AddSingleton<IHostedService>(new JobSchema(database));
        return services.AddHangfire(hangfire =>
        {
            hangfire.UseSimpleAssemblyNameTypeSerializer().UseRecommendedSerializerSettings();
            if (database.Provider == DatabaseProvider.PostgreSql)
                hangfire.UsePostgreSqlStorage(o => o.UseNpgsqlConnection(database.ReadConnectionString()), new PostgreSqlStorageOptions { PrepareSchemaIfNecessary = false });
            else
                hangfire.UseInMemoryStorage();
        });
    }

    private static DatabaseOptions DatabaseOf(IConfiguration configuration) => configuration.GetSection(DatabaseOptions.Section).Get<DatabaseOptions>() ?? new();

    /// <summary>Adds the room's consumers to the bus.</summary>
    public static void AddModelConsumers(this IBusRegistrationConfigurator bus)
    {
        bus.AddConsumer<RetrainingRequestedConsumer, RetrainingRequestedConsumerDefinition>().Endpoint(e => e.Name = "model-train");
        bus.AddConsumer<ModelTrainedConsumer, ModelTrainedConsumerDefinition>().Endpoint(e => e.Name = "model-compare");
        bus.AddConsumer<PatientScoreConsumer, PatientScoreConsumerDefinition>().Endpoint(e => e.Name = "model-score");
        bus.AddConsumer<ModelPromotedConsumer, ModelPromotedConsumerDefinition>().Endpoint(e => e.Name = "model-promoted");
        bus.AddConsumer<DriftAssessmentConsumer, DriftAssessmentConsumerDefinition>().Endpoint(e => e.Name = "model-drift");
        bus.AddConsumer<DriftRetrainingConsumer>().Endpoint(e => e.Name = "model-drift-retrain");
        bus.AddConsumer<CohortGrowthConsumer, CohortGrowthConsumerDefinition>().Endpoint(e => e.Name = "model-cohort-growth");
    }
}
