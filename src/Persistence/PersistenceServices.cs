using System.Data.Common;
using Dapper;
using HccPipeline.Persistence.Blobs;
using HccPipeline.Persistence.Cohort;
using HccPipeline.Persistence.Database;
using HccPipeline.Persistence.Models;
using HccPipeline.Persistence.Registry;
using HccPipeline.Persistence.Runs;
using HccPipeline.Persistence.Status;
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
            .Validate(o => Path.IsPathFullyQualified(o.Root), "Blobs:Root must be an absolute path.")
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
        services.AddSingleton<IBlobStore, FileBlobStore>();
        services.AddSingleton<RunRepository>();
        services.AddSingleton<ProfileRepository>();
        services.AddSingleton<StudyContentRepository>();
        services.AddSingleton<CohortReader>();
        services.AddSingleton<StudyFeatureReader>();
        services.AddSingleton<ModelRepository>();
        services.AddSingleton<ReportRepository>();
        services.AddSingleton<StatusReader>();
        services.AddSingleton<InstanceRepository>();
        services.AddSingleton<StudyRepository>();
        services.AddSingleton<ClinicalRecordRepository>();
        services.AddSingleton<QuarantineRepository>();
        return services;
    }

    /// <summary>Adds gauges of what the registry holds, for one process of a registry: each reads the same rows.</summary>
    public static IServiceCollection AddRegistryGauges(this IServiceCollection services) => services.AddHostedService<RegistryGauges>();
}
