using System.Collections;
using HccPipeline.Cli.Dashboard;
using HccPipeline.FeatureWorker;
using HccPipeline.Hosting;
using HccPipeline.Hosting.Bus;
using HccPipeline.Hosting.Telemetry;
using HccPipeline.Ingest;
using HccPipeline.ModelWorker;
using HccPipeline.Persistence;
using HccPipeline.Reporting;
using HccPipeline.Reporting.Dashboard;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace HccPipeline.Cli.Hosting;

/// <summary>Builds the process: which workers it plays, and on which bus, database and blob store. The choice is made here and nowhere else.</summary>
internal static class HccHost
{
    /// <summary>A process that plays roles while a command runs.</summary>
    /// <returns>The process, and the roles that it plays where it lives.</returns>
    public static (IHost Host, Roles Played) Build(DataDirectory data, Roles roles, IReadOnlyDictionary<string, string?>? overrides = null, Roles? onBroker = null)
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { ApplicationName = "hcc" });
        AddSettings(builder.Configuration, data, roles, overrides);
        if (roles.HasFlag(Roles.Ingest))
            builder.Services.AddIngest();
        Roles played = onBroker is { } there && IsBroker(builder.Configuration) ? there : roles;
        PromptStop stop = new();
        builder.Services.AddSingleton(_ => stop);
        AddServices(builder, played);
        builder.Logging.AddSimpleConsole(o => o.SingleLine = true).SetMinimumLevel(LogLevel.Warning)
            .AddFilter("Microsoft.Extensions.Hosting", LogLevel.None)   // a failed start and what is in quarantine are told once, by the command
            .AddFilter("HccPipeline.Ingest", LogLevel.Error)
            .AddFilter("MassTransit", level => level >= LogLevel.Warning && !stop.Token.IsCancellationRequested);   // that consumers are cancelled is what was asked for
        builder.Services.Configure<Microsoft.Extensions.Logging.Console.ConsoleLoggerOptions>(o => o.LogToStandardErrorThreshold = LogLevel.Trace);
        return (builder.Build(), played);
    }

    /// <summary>A process that plays roles until it is stopped, with health and metrics over HTTP.</summary>
    public static WebApplication BuildServer(DataDirectory data, Roles roles, string urls)
    {
        // The files of the dashboard lie beside the program, wherever it is started from.
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ApplicationName = "hcc", ContentRootPath = AppContext.BaseDirectory });
        builder.Configuration.Sources.Clear();
        AddSettings(builder.Configuration, data, roles, new Dictionary<string, string?> { ["urls"] = urls });
        if (roles.HasFlag(Roles.Ingest))
            builder.Services.AddIngest();
        AddServices(builder, roles, listed: true);
        builder.Services.AddHealthChecks();
        if (roles.HasFlag(Roles.Ingest))
            builder.Services.AddDropFolder();
        if (roles.HasFlag(Roles.Models))
        {
            builder.Services.AddSchedules(builder.Configuration);
            builder.Services.AddModelGauges();
        }
        if (roles.HasFlag(Roles.Reporting))
        {
            builder.Services.AddRegistryGauges();
            builder.Services.AddDriftReports();
            builder.AddDashboard();
            if (!roles.HasFlag(Roles.Models) && builder.Configuration.SharesJobs())
                builder.Services.AddJobStorage(builder.Configuration);
            builder.Services.AddDashboardCommands();
        }
        builder.Logging.AddServerLog(builder.Configuration);
        WebApplication app = builder.Build();
        if (roles.HasFlag(Roles.Reporting))
        {
            app.MapDashboard();
            app.MapJobs();
        }
        app.MapHealthChecks("/health/live", new() { Predicate = _ => false }).AllowAnonymous();
        app.MapHealthChecks("/health/ready", new() { Predicate = check => check.Tags.Contains("ready") }).AllowAnonymous();
        app.MapPrometheusScrapingEndpoint("/metrics").AllowAnonymous();
        return app;
    }

    private static bool IsBroker(IConfiguration configuration) =>
        configuration.GetValue($"{BusOptions.Section}:{nameof(BusOptions.Transport)}", BusTransport.InMemory) != BusTransport.InMemory;

    private static void AddSettings(IConfigurationBuilder configuration, DataDirectory data, Roles roles, IReadOnlyDictionary<string, string?>? overrides) =>
        configuration
            .AddInMemoryCollection(data.Defaults(withPseudonymKey: roles.HasFlag(Roles.Ingest)))
            .AddJsonFile(data.ConfigurationFile, optional: true)
            .AddEnvironmentVariables("HCC__")
            .AddInMemoryCollection(OpenTelemetryVariables())
            .AddInMemoryCollection(overrides ?? new Dictionary<string, string?>());

    /// <summary>OpenTelemetry reads its variables from the configuration, under their full names.</summary>
    private static IEnumerable<KeyValuePair<string, string?>> OpenTelemetryVariables() =>
        from variable in Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
        where ((string)variable.Key).StartsWith("OTEL_", StringComparison.Ordinal)
        select KeyValuePair.Create((string)variable.Key, (string?)variable.Value);

    private static void AddServices(IHostApplicationBuilder builder, Roles roles, bool listed = false)
    {
        IServiceCollection services = builder.Services;
        services.AddSingleton(TimeProvider.System);
        services.AddPersistence();
        services.AddFeatureWorker();
        services.AddModelWorker();
        services.AddReporting();
        if (listed)
        {
            services.AddWorkerHeartbeat(
                roles.ToString().ToLowerInvariant(), ProgramVersion.Current,
                provider => roles.HasFlag(Roles.Features) ? provider.GetRequiredService<IOptions<FeatureWorkerOptions>>().Value.Slots : 0);
        }
        services.AddTelemetry(roles.ToString().ToLowerInvariant());
        services.AddBus(builder.Configuration, bus =>
        {
            if (roles.HasFlag(Roles.Ingest))
                bus.AddIngestConsumers();
            if (roles.HasFlag(Roles.Features))
                bus.AddFeatureConsumers();
            if (roles.HasFlag(Roles.Models))
                bus.AddModelConsumers();
            if (roles.HasFlag(Roles.Reporting))
                bus.AddReportingConsumers();
        });
        // Sweepers come after the bus: hosted services start in order, and they publish.
        if (roles.HasFlag(Roles.Ingest))
            services.AddIngestSweeper();
        if (roles.HasFlag(Roles.Features))
            services.AddFeatureSweeper();
        if (roles.HasFlag(Roles.Models))
            services.AddModelSweeper();
    }
}
