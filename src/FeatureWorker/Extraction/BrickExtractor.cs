using HccPipeline.Contracts;
using HccPipeline.Dicom;
using HccPipeline.FeatureWorker.Planning;
using HccPipeline.FeatureWorker.Profiles;
using HccPipeline.Persistence.Blobs;
using HccPipeline.Radiomics;

namespace HccPipeline.FeatureWorker.Extraction;

/// <summary>Computes the values of one brick from blobs alone: the same brick gives the same bits on every node.</summary>
public sealed class BrickExtractor(IBlobStore blobs)
{
    /// <returns>Feature name (without the visit) to value.</returns>
    /// <exception cref="BrickRejectedException">The images or regions can't give values; the reason is for a person.</exception>
    internal async Task<IReadOnlyDictionary<string, double>> ExtractAsync(BrickWork work, ExtractionProfile profile, CancellationToken ct)
    {
        DicomInstance[] images = await ReadAsync(work.Images.Select(i => i.BlobSha256), ct);
        DicomInstance segmentation = (await ReadAsync([work.SegmentationSha256], ct))[0];
        try
        {
            return work.Sequence switch
            {
                Sequence.T2 => T2(work, images, segmentation, profile),
                Sequence.Adc => AdcMap(work, images, segmentation, profile),
                Sequence.Dwi => AdcFitted(work, images, segmentation, profile),
                _ => throw new BrickRejectedException($"A series of kind {work.Sequence} is not measured."),
            };
        }
        catch (Exception e) when (e is DicomFileException or RegionException)
        {
            throw new BrickRejectedException(e.Message, e);
        }
    }

    private static Dictionary<string, double> T2(BrickWork work, DicomInstance[] images, DicomInstance segmentation, ExtractionProfile profile)
    {
        SeriesVolume series = SeriesVolume.Read(images);
        MeasuredRegions regions = new(work, segmentation, series.Volume, series.FrameOfReferenceUid);
        Dictionary<string, double> values = regions.Measure("T2", 1, profile, profile.Features.Resolved().T2!);
        Region reference = profile.T2Ratio.Reference;
        values["T2_SIR"] = SignalIntensityRatio.Of(regions.Intensities(Region.Lesion), regions.Intensities(reference), reference.ToString()).Ratio;
        return values;
    }

    private static Dictionary<string, double> AdcMap(BrickWork work, DicomInstance[] images, DicomInstance segmentation, ExtractionProfile profile)
    {
        SeriesVolume series = SeriesVolume.Read(images);
        MeasuredRegions regions = new(work, segmentation, series.Volume, series.FrameOfReferenceUid);
        return Adc(regions, AdcUnit.FactorToMilli(regions.Intensities(Region.Lesion)), profile);
    }

    private static Dictionary<string, double> AdcFitted(BrickWork work, DicomInstance[] images, DicomInstance segmentation, ExtractionProfile profile)
    {
        var byBValue = images.Zip(work.Images, (image, file) => (Image: image, file.BValue))
            .Where(i => i.BValue >= profile.Adc.LowestBValue)
            .GroupBy(i => i.BValue!.Value, i => i.Image)
            .Select(g => (BValue: g.Key, Series: SeriesVolume.Read([.. g])))
            .ToArray();
        if (byBValue.Length < 2)
            throw new BrickRejectedException($"An ADC fit needs two different b-values; the diffusion series has {byBValue.Length} at or above {profile.Adc.LowestBValue} s/mm².");
        if (Array.Find(byBValue, b => !b.Series.Volume.Geometry.Coincides(byBValue[0].Series.Volume.Geometry)) is { Series: not null } other)
            throw new BrickRejectedException($"The images of b-value {other.BValue} lie on another grid than those of {byBValue[0].BValue}; an ADC fit needs one grid.");
        AdcFitOptions options = new()
        {
            Method = profile.Adc.Method == "log-linear" ? AdcMethod.LogLinear : AdcMethod.WeightedLeastSquares,
            LowestBValue = profile.Adc.LowestBValue,
            NoiseFloor = (float)profile.Adc.NoiseFloor,
        };
        AdcMap map = AdcFit.Fit([.. byBValue.Select(b => new DiffusionVolume(b.BValue, b.Series.Volume))], options);
        MeasuredRegions regions = new(work, segmentation, map.Adc, byBValue[0].Series.FrameOfReferenceUid, map.Fitted);
        Dictionary<string, double> values = Adc(regions, 1, profile);
        values["ADC_NonFitVoxels"] = regions.LeftOut(Region.Lesion);
        return values;
    }

    private static Dictionary<string, double> Adc(MeasuredRegions regions, double factor, ExtractionProfile profile)
    {
        Dictionary<string, double> values = regions.Measure("ADC", factor, profile, profile.Features.Resolved().Adc!);
        // The registry's own indicators are of the voxels as they are, whatever else the profile does to them.
        values["ADC_Mean"] = regions.Mean(Region.Lesion) * factor;
        return values;
    }

    private async Task<DicomInstance[]> ReadAsync(IEnumerable<string> keys, CancellationToken ct)
    {
        List<DicomInstance> instances = [];
        foreach (string key in keys)
            instances.Add(DicomFile.Read(await blobs.GetAsync(key, ct)));
        return [.. instances];
    }
}
