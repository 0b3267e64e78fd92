namespace HccPipeline.FeatureWorker.Profiles;

/// <summary>A profile file can't be used; the message names file, line and what is wrong.</summary>
public sealed class ProfileException(string message, Exception? inner = null) : Exception(message, inner);
