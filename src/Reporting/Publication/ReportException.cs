namespace HccPipeline.Reporting.Publication;

/// <summary>A report that cannot be made, now or later; the message says why.</summary>
public sealed class ReportException(string message, Exception? inner = null) : Exception(message, inner);
