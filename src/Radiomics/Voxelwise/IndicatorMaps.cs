using HccPipeline.Imaging;

namespace HccPipeline.Radiomics.Voxelwise;

/// <summary>Indicators voxel by voxel. Each value depends on its own voxel alone, so a brick needs no halo; the ADC's map is
/// <see cref="AdcFit.Fit"/>, which takes a brick as it takes a volume.</summary>
public static class IndicatorMaps
{
    /// <summary>Signal over the mean of a reference tissue of the same series, a pure number; see <see cref="SignalIntensityRatio"/>.</summary>
    /// <param name="t2">T2-weighted signal, a.u.</param>
    /// <param name="referenceMean">Mean of the reference tissue over its whole region, a.u.</param>
    /// <exception cref="RegionException">The mean is not positive.</exception>
    public static Volume<float> SignalRatio(Volume<float> t2, double referenceMean)
    {
        if (!(referenceMean > 0 && double.IsFinite(referenceMean)))
            throw new RegionException($"The mean of the reference is {referenceMean:G6}; a ratio needs a positive one.");
        Volume<float> map = new(t2.Geometry);
        for (int i = 0; i < map.Voxels.Length; i++)
            map.Voxels[i] = (float)(t2.Voxels[i] / referenceMean);
        return map;
    }

    /// <summary>(phase − pre)/pre; NaN where the signal before contrast is not positive.</summary>
    /// <param name="pre">Signal before contrast, a.u.</param>
    /// <param name="phase">Signal of a later phase, registered and of the same scaling: arterial for the indicator of that name.</param>
    /// <exception cref="ArgumentException">The volumes lie on different grids.</exception>
    public static Volume<float> Enhancement(Volume<float> pre, Volume<float> phase) =>
        PerVoxel(pre, phase, ContrastEnhancement.RelativeGain);

    /// <summary>(arterial − delayed)/arterial, positive where the voxel darkens; NaN where the arterial signal is not positive.</summary>
    /// <param name="arterial">Signal of the arterial phase, a.u.</param>
    /// <param name="delayed">Signal of the delayed or portal phase, registered and of the same scaling.</param>
    /// <exception cref="ArgumentException">The volumes lie on different grids.</exception>
    public static Volume<float> Washout(Volume<float> arterial, Volume<float> delayed) =>
        PerVoxel(arterial, delayed, (from, to) => -ContrastEnhancement.RelativeGain(from, to));

    private static Volume<float> PerVoxel(Volume<float> from, Volume<float> to, Func<double, double, double> value)
    {
        Mask.RequireSameGrid(from.Geometry, to.Geometry);
        Volume<float> map = new(from.Geometry);
        for (int i = 0; i < map.Voxels.Length; i++)
            map.Voxels[i] = from.Voxels[i] > 0 ? (float)value(from.Voxels[i], to.Voxels[i]) : float.NaN;
        return map;
    }
}
