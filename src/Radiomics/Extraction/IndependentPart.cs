namespace HccPipeline.Radiomics;

/// <summary>A part of an extraction that depends on no other.</summary>
/// <param name="Weight">Rough share of the time; heavy parts start first, so that none is left alone at the end.</param>
/// <param name="Values">Computes it.</param>
internal sealed record IndependentPart(int Weight, Func<IReadOnlyList<FeatureValue>> Values);
