namespace HccPipeline.Statistics.Linear;

/// <summary>Data or settings that no model can be fitted to; the message names the column or row.</summary>
/// <param name="message">What is wrong, and where.</param>
public sealed class UnusableDataException(string message) : ArgumentException(message);
