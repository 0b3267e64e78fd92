namespace HccPipeline.FeatureWorker.Standalone;

/// <summary>A file can't be used; the message names it and says what to do.</summary>
public sealed class ImageFileException(string message, Exception? inner = null) : Exception(message, inner);
