namespace HccPipeline.FeatureWorker.Extraction;

/// <summary>Tells in which unit an ADC map is stored. Vendors write 10⁻⁶, 10⁻³ or 1 mm²/s and seldom say which.</summary>
/// <remarks>The diffusion coefficient of free water at body temperature, 3.0 × 10⁻³ mm²/s, bounds every tissue from above and no living
/// tissue lies below 0.1 × 10⁻³, so the three units are a factor of 1000 apart and cannot be confused.</remarks>
internal static class AdcUnit
{
    private const double LowestTissueAdc = 0.1, HighestTissueAdc = 10;   // 10⁻³ mm²/s, with a wide margin for noise

    /// <param name="regionAdc">Stored values in the regions of the map.</param>
    /// <returns>Factor from stored values to 10⁻³ mm²/s: 1, 0.001 or 1000.</returns>
    /// <exception cref="BrickRejectedException">The values fit none of the units.</exception>
    public static double FactorToMilli(ReadOnlySpan<float> regionAdc)
    {
        float[] positive = Array.FindAll(regionAdc.ToArray(), v => v > 0);
        if (positive.Length == 0)
            throw new BrickRejectedException("The ADC map holds no positive value in the region; check that the segmentation lies on the right series.");
        Array.Sort(positive);
        double median = positive[positive.Length / 2];
        foreach (double factor in (ReadOnlySpan<double>)[1, 1e-3, 1e3])
        {
            if (median * factor is >= LowestTissueAdc and < HighestTissueAdc)
                return factor;
        }
        throw new BrickRejectedException(
            $"The median ADC in the region is {median:G4} as stored, which is no tissue in 10⁻³, 10⁻⁶ or 1 mm²/s; check the series and its rescale slope.");
    }
}
