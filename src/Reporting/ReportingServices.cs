using HccPipeline.Persistence.Blobs;
using HccPipeline.Persistence.Drift;
using HccPipeline.Persistence.Models;
using HccPipeline.Persistence.Runs;
using HccPipeline.Reporting.Drift;
using HccPipeline.Reporting.Files;
using HccPipeline.Reporting.Lineage;
using HccPipeline.Reporting.Publication;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace HccPipeline.Reporting;

/// <summary>Registers the room.</summary>
public static class ReportingServices
{
    /// <summary>Adds the publisher of reports; options come from section <c>Reporting</c> and are checked at start.</summary>
    public static IServiceCollection AddReporting(this IServiceCollection services)
    {
        services.AddOptions<ReportingOptions>()
            .BindConfiguration(ReportingOptions.Section, o => o.ErrorOnUnknownConfiguration = true)
            .ValidateDataAnnotations()
            .Validate(o => o.Folder.Length == 0 || Path.IsPathFullyQualified(o.Folder), "Reporting:Folder must be an absolute path, or empty.")
            .Validate(o => ReportFormatNames.Parse(o.Formats) is not null, $"Reporting:Formats must be some of {ReportFormatNames.All}, separated by commas.")
            .Validate(o => o.Chromium.Length == 0 || Path.IsPathFullyQualified(o.Chromium), "Reporting:Chromium must be an absolute path, or empty.")
            .Validate(o => o.DriftInterval == TimeSpan.Zero || o.DriftInterval >= TimeSpan.FromSeconds(1), "Reporting:DriftInterval must be a second at least, or zero.")
            .ValidateOnStart();
        services.AddSingleton<ReportSubjectReader>();
        services.AddSingleton<ChromiumPrinter>();
        services.AddSingleton<ReportFileWriter>();
        services.AddSingleton(provider => new ReportPublisher(
            provider.GetRequiredService<ReportSubjectReader>(),
            provider.GetRequiredService<ReportRepository>(),
            provider.GetRequiredService<IBlobStore>(),
            provider.GetRequiredService<ReportFileWriter>(),
            provider.GetRequiredService<IOptions<ReportingOptions>>()));
        services.AddSingleton(provider => new DriftReportPublisher(
            provider.GetRequiredService<DriftAssessmentRepository>(),
            provider.GetRequiredService<DriftReportRepository>(),
            provider.GetRequiredService<IBlobStore>(),
            provider.GetRequiredService<ReportFileWriter>(),
            provider.GetRequiredService<IOptions<ReportingOptions>>()));
        services.AddSingleton(provider => new LineageService(provider.GetRequiredService<ReportSubjectReader>(), provider.GetRequiredService<LineageReader>()));
        return services;
    }

    /// <summary>Makes drift reports by themselves when there are new assessments, for one process of a registry; after the bus.</summary>
    public static IServiceCollection AddDriftReports(this IServiceCollection services) => services.AddHostedService<DriftReportSweeper>();

    /// <summary>Adds the room's consumers to the bus.</summary>
    public static void AddReportingConsumers(this IBusRegistrationConfigurator bus) =>
        bus.AddConsumer<ReportRequestedConsumer, ReportRequestedConsumerDefinition>().Endpoint(e => e.Name = "report-validation");
}
