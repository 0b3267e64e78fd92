namespace HccPipeline.FeatureWorker.Extraction;

/// <summary>The brick's images or regions can't give values, whoever tries; the message says why, for a person.</summary>
public sealed class BrickRejectedException(string reason, Exception? inner = null) : Exception(reason, inner);
