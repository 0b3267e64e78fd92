using HccPipeline.Imaging;

namespace HccPipeline.Radiomics;

/// <summary>Texture families of a region, named.</summary>
public static class TextureFeatures
{
    /// <summary>Computes every texture family under one aggregation.</summary>
    /// <param name="levels">Grey levels on their grid.</param>
    /// <param name="border">Mask whose border counts for distance zones, on the grid of the levels' mask; null leaves them out.</param>
    /// <param name="aggregation">Aggregation; PyRadiomics' is <see cref="Aggregation.VolumeAveraged"/>.</param>
    /// <param name="convention">Whose definitions and which features.</param>
    /// <param name="filter">Image type in front of the names.</param>
    /// <param name="families">Families wanted; null for all.</param>
    /// <exception cref="RegionException">A family is not defined for the region.</exception>
    public static IReadOnlyList<FeatureValue> Of(
        LevelGrid levels, Volume<byte>? border, Aggregation aggregation, Convention convention, string filter = "original",
        IReadOnlySet<FeatureFamily>? families = null) =>
        IndependentParts.Values(Parts(levels, border, aggregation, convention, filter, families), null);

    /// <summary>What <see cref="Of"/> computes, in parts that may be computed at the same time.</summary>
    internal static IReadOnlyList<IndependentPart> Parts(
        LevelGrid levels, Volume<byte>? border, Aggregation aggregation, Convention convention, string filter, IReadOnlySet<FeatureFamily>? families)
    {
        string directional = Aggregations.Suffix(aggregation, true), plain = Aggregations.Suffix(aggregation, false);
        List<IndependentPart> parts = [];
        bool Wanted(FeatureFamily family) => families?.Contains(family) != false;
        List<FeatureValue> Named(FeatureFamily family, double[] values, string suffix) =>
            Wanted(family) ? FeatureCatalogue.Values(family, filter, values, convention, suffix) : [];
        void Add(FeatureFamily family, int weight, Func<double[]> values, string suffix)
        {
            if (Wanted(family))
                parts.Add(new(weight, () => Named(family, values(), suffix)));
        }
        Add(FeatureFamily.Glcm, 3, () => Glcm.Features(levels, aggregation, convention), directional);
        Add(FeatureFamily.Glrlm, 12, () => RunLengths.Features(levels, aggregation, convention), directional);
        Add(FeatureFamily.Glszm, 8, () => Zones.SizeFeatures(levels, aggregation), plain);
        if (convention == Convention.Ibsi && border is not null)
            Add(FeatureFamily.Gldzm, 12, () => Zones.DistanceFeatures(levels, border, aggregation), plain);
        if (Wanted(FeatureFamily.Ngtdm) || Wanted(FeatureFamily.Gldm))
        {
            parts.Add(new(9, () =>
            {
                (double[] tone, double[] dependence) = Neighbourhoods.Features(levels, aggregation, convention);
                return [.. Named(FeatureFamily.Ngtdm, tone, plain), .. Named(FeatureFamily.Gldm, dependence, plain)];
            }));
        }
        return parts;
    }
}
