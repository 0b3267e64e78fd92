using HccPipeline.FeatureWorker.Standalone;
using HccPipeline.Radiomics;

namespace HccPipeline.Cli.Extract;

/// <summary>What became of one case of a batch: values, or why there are none.</summary>
/// <param name="Case">Name of the case.</param>
/// <param name="Image">Its image as given.</param>
/// <param name="Mask">Its mask as given.</param>
/// <param name="Label">Region asked for.</param>
/// <param name="Error">Why there are no values; null when there are.</param>
/// <param name="Features">Values; null when there are none.</param>
/// <param name="Provenance">Where they come from.</param>
internal sealed record CaseOutcome(
    string Case, string Image, string Mask, string? Label, string? Error, IReadOnlyList<FeatureValue>? Features, ExtractionProvenance? Provenance);
