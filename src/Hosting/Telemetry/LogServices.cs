using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace HccPipeline.Hosting.Telemetry;

/// <summary>Registers the log of a serving process.</summary>
public static class LogServices
{
    /// <summary>Writes to standard output as section <c>Logging</c> says; a JSON line carries the trace that it belongs to.</summary>
    /// <exception cref="InvalidOperationException">The section holds a key or a value that is not known.</exception>
    public static ILoggingBuilder AddServerLog(this ILoggingBuilder logging, IConfiguration configuration)
    {
        LogOptions options = configuration.GetSection(LogOptions.Section).Get<LogOptions>(o => o.ErrorOnUnknownConfiguration = true) ?? new();
        logging.ClearProviders();
        logging.SetMinimumLevel(options.Level);
        if (options.Level >= LogLevel.Information)   // who asks for more wants to see it all
            logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning).AddFilter("Hangfire", LogLevel.Warning);
        logging.Configure(o => o.ActivityTrackingOptions = ActivityTrackingOptions.TraceId | ActivityTrackingOptions.SpanId);
        return options.Format switch
        {
            LogFormat.Json => logging.AddJsonConsole(o =>
            {
                o.IncludeScopes = true;   // trace and span come as a scope
                o.UseUtcTimestamp = true;
                o.TimestampFormat = "yyyy-MM-ddTHH:mm:ss.fffZ";
            }),
            _ => logging.AddSimpleConsole(o =>
            {
                o.SingleLine = true;
                o.TimestampFormat = "yyyy-MM-ddTHH:mm:ss ";
            }),
        };
    }
}
