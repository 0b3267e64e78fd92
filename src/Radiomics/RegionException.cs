namespace HccPipeline.Radiomics;

/// <summary>A region from which a feature can't be computed; the message names the cause. A result about the data, not a fault.</summary>
public sealed class RegionException(string message) : Exception(message);
