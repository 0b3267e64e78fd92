using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace HccPipeline.Hosting.Telemetry;

/// <summary>Registers traces and metrics of every room, the bus, the runtime and the database.</summary>
public static class TelemetryServices
{
    private const string OwnSources = "HccPipeline.*";
    private const string BusSource = "MassTransit";

    /// <summary>Adds telemetry. Metrics are served to Prometheus where the host maps them; both go out over OTLP when
    /// <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> is set.</summary>
    /// <param name="services">Services.</param>
    /// <param name="role">Role of this process, the service name in traces.</param>
    public static IServiceCollection AddTelemetry(this IServiceCollection services, string role)
    {
        OpenTelemetryBuilder telemetry = services.AddOpenTelemetry()
            .ConfigureResource(r => r.AddService($"hcc-{role}", serviceVersion: ProgramVersion.Current, serviceInstanceId: $"{Environment.MachineName}/{Environment.ProcessId}"))
            .WithMetrics(m => m
                .AddMeter(OwnSources).AddMeter(BusSource).AddRuntimeInstrumentation()
                .AddView(HistogramBounds.Of)
                .AddPrometheusExporter())
            .WithTracing(t => t
                .AddSource(OwnSources).AddSource(BusSource).AddNpgsql()
                // A probe or a scrape every few seconds is nothing that anybody follows.
                .AddAspNetCoreInstrumentation(o => o.Filter = context => !context.Request.Path.StartsWithSegments("/health") && context.Request.Path != "/metrics"));
        if (!string.IsNullOrEmpty(Environment.GetEnvironmentVariable("OTEL_EXPORTER_OTLP_ENDPOINT")))
            telemetry.UseOtlpExporter();
        return services;
    }
}
