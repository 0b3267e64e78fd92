using HccPipeline.FeatureWorker.Profiles;
using HccPipeline.Imaging;
using HccPipeline.Radiomics;

namespace HccPipeline.FeatureWorker.Extraction;

/// <summary>The feature classes of a profile in one region.</summary>
public static class RegionFeatures
{
    /// <summary>Computes them.</summary>
    /// <param name="intensities">Intensities inside the mask as stored.</param>
    /// <param name="mask">The mask, for shape.</param>
    /// <param name="features">Classes, and bin width in the unit of the sequence.</param>
    /// <param name="factor">From stored intensities to the unit of the sequence. Applied to the results, not the voxels: stored
    /// whole numbers are exact, and means keep all their digits.</param>
    /// <exception cref="RegionException">The region is empty or has values that are not finite.</exception>
    public static IReadOnlyList<FeatureValue> Compute(ReadOnlySpan<float> intensities, Volume<byte> mask, SequenceFeatures features, double factor = 1)
    {
        List<FeatureValue> values = [];
        if (features.Classes.Contains("firstorder"))
        {
            Discretisation bins = Discretisation.FixedBinSize(features.BinWidth / factor);
            values.AddRange(FirstOrder.Of(intensities, mask.Geometry.VoxelVolumeMm3, bins).ToValues());
        }
        if (features.Classes.Contains("shape"))
            values.AddRange(Shape.Of(mask).ToValues());
        return [.. values.Select(v => v with { Value = v.Value * ScaleOf(v.Unit, factor) })];
    }

    /// <summary>How a feature scales with the unit of the intensities, by the catalogue's unit.</summary>
    private static double ScaleOf(string unit, double factor) =>
        unit.StartsWith("intensity²", StringComparison.Ordinal) ? factor * factor
        : unit.StartsWith("intensity", StringComparison.Ordinal) ? factor
        : 1;
}
