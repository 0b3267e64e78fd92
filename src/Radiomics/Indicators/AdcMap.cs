using HccPipeline.Imaging;

namespace HccPipeline.Radiomics;

/// <summary>A fitted ADC map with what is needed to say how it came about.</summary>
/// <param name="Adc">ADC, 10⁻³ mm²/s; NaN where there is no fit, so that a mean over such voxels can't go unnoticed.</param>
/// <param name="S0">Signal at b = 0 of the fitted line, a.u.; NaN where there is no fit.</param>
/// <param name="Fitted">1 where the fit holds: two different b-values above the noise floor and an ADC that is not negative.</param>
/// <param name="BValues">The b-values used, ascending, s/mm².</param>
/// <param name="Options">Method, noise floor and lowest b-value.</param>
/// <param name="FittedVoxels">Number of voxels with a fit.</param>
/// <param name="NonFitVoxels">Number of voxels without.</param>
public sealed record AdcMap(
    Volume<float> Adc, Volume<float> S0, Volume<byte> Fitted, IReadOnlyList<double> BValues, AdcFitOptions Options, int FittedVoxels, int NonFitVoxels)
{
    /// <summary>ADC of the region's fitted voxels in storage order, and how many of its voxels have no fit.</summary>
    /// <param name="region">Mask on the map's grid.</param>
    /// <exception cref="RegionException">The region is empty, or none of its voxels has a fit.</exception>
    public (float[] Values, int NonFit) InRegion(Volume<byte> region)
    {
        float[] all = Mask.Gather(Adc, region);
        float[] fitted = Array.FindAll(all, float.IsFinite);
        if (fitted.Length == 0)
            throw new RegionException(all.Length == 0 ? "The region has no voxels." : $"None of the region's {all.Length} voxels has an ADC fit.");
        return (fitted, all.Length - fitted.Length);
    }
}
