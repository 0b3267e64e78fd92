namespace HccPipeline.Radiomics;

/// <summary>Enhancement of a lesion over the phases of a contrast-enhanced series, from the means of registered phases of equal scaling.</summary>
/// <param name="Arterial">(arterial − pre)/pre, a pure number.</param>
/// <param name="ArterialLesionToLiver">Arterial mean of the lesion over that of the liver; null without a liver region.</param>
/// <param name="Washout">(arterial − delayed)/arterial, positive where the lesion darkens; null without a delayed phase.</param>
public sealed record ContrastEnhancement(double Arterial, double? ArterialLesionToLiver, double? Washout)
{
    /// <summary>Computes the indicators.</summary>
    /// <param name="preMean">Lesion mean before contrast, a.u.</param>
    /// <param name="arterialMean">Lesion mean in the arterial phase.</param>
    /// <param name="delayedMean">Lesion mean in the delayed (or portal) phase, or null.</param>
    /// <param name="arterialLiverMean">Liver mean in the arterial phase, or null.</param>
    /// <exception cref="RegionException">A mean that others are divided by is not positive.</exception>
    public static ContrastEnhancement Of(double preMean, double arterialMean, double? delayedMean = null, double? arterialLiverMean = null)
    {
        double Positive(double mean, string what) =>
            mean > 0 ? mean : throw new RegionException($"The mean of the {what} is {mean:G6}; enhancement needs a positive one.");
        return new(
            RelativeGain(Positive(preMean, "lesion before contrast"), arterialMean),
            arterialLiverMean is { } liver ? arterialMean / Positive(liver, "liver in the arterial phase") : null,
            delayedMean is { } delayed ? -RelativeGain(Positive(arterialMean, "lesion in the arterial phase"), delayed) : null);
    }

    /// <summary>(to − from)/from.</summary>
    internal static double RelativeGain(double from, double to) => (to - from) / from;
}
