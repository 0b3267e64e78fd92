using HccPipeline.Ingest.Bus;
using HccPipeline.Ingest.Clinical;
using HccPipeline.Ingest.DropFolders;
using HccPipeline.Ingest.Files;
using HccPipeline.Ingest.Identity;
using HccPipeline.Ingest.Studies;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace HccPipeline.Ingest;

/// <summary>Registers the room.</summary>
public static class IngestServices
{
    /// <summary>Adds what the room offers to a command line: <see cref="IngestService"/>. Options come from section <c>Ingest</c> and are checked
    /// at start. Needs the services of Persistence; without a bus nothing is announced.</summary>
    public static IServiceCollection AddIngest(this IServiceCollection services)
    {
        services.AddOptions<IngestOptions>()
            .BindConfiguration(IngestOptions.Section, o => o.ErrorOnUnknownConfiguration = true)
            .ValidateDataAnnotations()
            .Validate(o => PseudonymKey.TryParse(o.PseudonymKey, out _), $"Ingest:PseudonymKey must be at least {PseudonymKey.MinimumBytes} random bytes in hexadecimal or base64, as 'openssl rand -hex 32' prints.")
            .Validate(o => o.DropFolder.Length == 0 || Path.IsPathFullyQualified(o.DropFolder), "Ingest:DropFolder must be an absolute path.")
            .Validate(o => o.PostVisitMinimumDays <= o.PostVisitMaximumDays, "Ingest:PostVisitMinimumDays must not be above Ingest:PostVisitMaximumDays.")
            .ValidateOnStart();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<Pseudonymizer>();
        services.AddSingleton<ClinicalImporter>();
        services.AddSingleton<FileReceiver>();
        services.AddSingleton<BatchWriter>();
        services.AddSingleton<FilePipeline>();
        services.AddSingleton<PatientJudge>();
        services.AddSingleton<Announcer>();
        services.AddSingleton(p => new IngestService(
            p.GetRequiredService<ClinicalImporter>(), p.GetRequiredService<FilePipeline>(), p.GetRequiredService<PatientJudge>(),
            p.GetRequiredService<Announcer>(), p.GetRequiredService<TimeProvider>(), p.GetRequiredService<ILogger<IngestService>>()));
        return services;
    }

    /// <summary>Adds the sweeper; after the bus, so that it starts after the bus has.</summary>
    public static IServiceCollection AddIngestSweeper(this IServiceCollection services)
    {
        services.AddSingleton<AnnouncementSweeper>();
        return services.AddHostedService(p => p.GetRequiredService<AnnouncementSweeper>());
    }

    /// <summary>Adds the watcher of the drop folder, which does nothing while <c>Ingest:DropFolder</c> is empty; after the bus.</summary>
    public static IServiceCollection AddDropFolder(this IServiceCollection services)
    {
        services.AddSingleton<DropFolder>();
        return services.AddHostedService<DropFolderWatcher>();
    }

    /// <summary>Adds the room's consumers to the bus.</summary>
    public static void AddIngestConsumers(this IBusRegistrationConfigurator bus) =>
        bus.AddConsumer<ClinicalRecordUpdatedConsumer, ClinicalRecordUpdatedDefinition>();
}
