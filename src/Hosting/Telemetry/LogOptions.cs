using Microsoft.Extensions.Logging;

namespace HccPipeline.Hosting.Telemetry;

/// <summary>Section <c>Logging</c>: what a serving process writes to its standard output.</summary>
public sealed class LogOptions
{
    /// <summary>Name of the section.</summary>
    public const string Section = "Logging";

    /// <summary>How a line looks.</summary>
    public LogFormat Format { get; set; } = LogFormat.Simple;

    /// <summary>Least level that is written.</summary>
    public LogLevel Level { get; set; } = LogLevel.Information;
}

/// <summary>Formats of a log line.</summary>
public enum LogFormat
{
    /// <summary>A line of text for people.</summary>
    Simple,

    /// <summary>A JSON document in a line, with message, values, trace and span, for programs.</summary>
    Json,
}
