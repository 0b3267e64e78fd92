namespace HccPipeline.Radiomics;

/// <summary>One image of a region that is described: the image itself or a filter's response.</summary>
/// <param name="Name">Image type in front of the features' names: <c>original</c>, <c>wavelet-LLH</c>.</param>
/// <param name="Region">Image and masks.</param>
/// <param name="Settings">Choices as they hold for this image.</param>
public sealed record RegionImage(string Name, PreparedRegion Region, ExtractionSettings Settings);
