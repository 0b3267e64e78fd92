using HccPipeline.Contracts;
using HccPipeline.FeatureWorker.Planning;
using HccPipeline.FeatureWorker.Profiles;
using HccPipeline.Radiomics;

namespace HccPipeline.FeatureWorker.Extraction;

/// <summary>Computes the values of one series, or of the phases of a contrast agent, from blobs alone: the same work gives the same bits on every node.</summary>
internal sealed class BrickExtractor(MeasuredSeriesReader reader)
{
    /// <returns>Feature name (without the visit) to value.</returns>
    /// <exception cref="BrickRejectedException">The images or regions can't give values; the reason is for a person.</exception>
    public async Task<IReadOnlyDictionary<string, double>> ExtractAsync(BrickWork work, ExtractionProfile profile, CancellationToken ct)
    {
        try
        {
            return work.Sequence switch
            {
                Sequence.T1Arterial => Enhancement(await reader.ReadPhasesAsync(work, ct)),
                Sequence.T2 => T2(await reader.ReadAsync(work, profile, ct), profile),
                _ => Adc(await reader.ReadAsync(work, profile, ct), profile),
            };
        }
        catch (RegionException e)
        {
            throw new BrickRejectedException(e.Message, e);
        }
    }

    private static Dictionary<string, double> T2(MeasuredSeries series, ExtractionProfile profile)
    {
        MeasuredRegions regions = series.Regions;
        Dictionary<string, double> values = regions.Measure(series.Name, series.Factor, profile, profile.Features.Resolved().T2!);
        Region reference = profile.T2Ratio.Reference;
        values["T2_SIR"] = SignalIntensityRatio.Of(regions.Intensities(Region.Lesion), regions.Intensities(reference), reference.ToString()).Ratio;
        return values;
    }

    private static Dictionary<string, double> Adc(MeasuredSeries series, ExtractionProfile profile)
    {
        MeasuredRegions regions = series.Regions;
        Dictionary<string, double> values = regions.Measure(series.Name, series.Factor, profile, profile.Features.Resolved().Adc!);
        // The registry's own indicators are of the voxels as they are, whatever else the profile does to them.
        values["ADC_Mean"] = regions.Mean(Region.Lesion) * series.Factor;
        if (series.IsFitted)
            values["ADC_NonFitVoxels"] = regions.LeftOut(Region.Lesion);
        return values;
    }

    private static Dictionary<string, double> Enhancement(MeasuredPhases phases)
    {
        MeasuredRegions arterial = phases.Arterial;
        ContrastEnhancement lesion = ContrastEnhancement.Of(
            phases.Pre.Mean(Region.Lesion), arterial.Mean(Region.Lesion), phases.Late?.Mean(Region.Lesion),
            arterial.Has(Region.LiverReference) ? arterial.Mean(Region.LiverReference) : null);
        Dictionary<string, double> values = new(StringComparer.Ordinal) { ["DCE_ArterialEnhancement"] = lesion.Arterial };
        if (lesion.ArterialLesionToLiver is { } ratio)
            values["DCE_LesionToLiver"] = ratio;
        if (lesion.Washout is { } washout)
            values["DCE_Washout"] = washout;
        return values;
    }
}
