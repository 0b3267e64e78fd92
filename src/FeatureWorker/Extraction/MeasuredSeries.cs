using HccPipeline.Contracts;
using HccPipeline.Dicom;
using HccPipeline.FeatureWorker.Planning;
using HccPipeline.FeatureWorker.Profiles;
using HccPipeline.Persistence.Blobs;
using HccPipeline.Radiomics;

namespace HccPipeline.FeatureWorker.Extraction;

/// <summary>A series with its regions, ready to be measured.</summary>
/// <param name="Name">Name of the sequence, first in every feature's name: <c>T2</c> or <c>ADC</c>.</param>
/// <param name="Regions">Regions on its volume.</param>
/// <param name="Factor">From stored intensities to the unit of the sequence.</param>
/// <param name="IsFitted">Whether the volume was fitted here, and voxels may lack a value.</param>
internal sealed record MeasuredSeries(string Name, MeasuredRegions Regions, double Factor, bool IsFitted);

/// <summary>Reads series and segmentations from blobs.</summary>
internal sealed class MeasuredSeriesReader(IBlobStore blobs)
{
    /// <exception cref="BrickRejectedException">The images or regions can't be used; the reason is for a person.</exception>
    public Task<MeasuredSeries> ReadAsync(BrickWork work, ExtractionProfile profile, CancellationToken ct) => ReadAsync(
        work,
        (images, segmentation) => work.Sequence switch
        {
            Sequence.T2 => Stored("T2", work, images, segmentation, _ => 1),
            Sequence.Adc => Stored("ADC", work, images, segmentation, regions => AdcUnit.FactorToMilli(regions.Intensities(Region.Lesion))),
            Sequence.Dwi => Fitted(work, images, segmentation, profile),
            _ => throw new BrickRejectedException($"A series of kind {work.Sequence} is not measured."),
        },
        ct);

    /// <exception cref="BrickRejectedException">The images or regions can't be used; the reason is for a person.</exception>
    public Task<MeasuredPhases> ReadPhasesAsync(BrickWork work, CancellationToken ct) =>
        ReadAsync(work, (images, segmentation) => MeasuredPhases.Of(work, images, segmentation), ct);

    private async Task<T> ReadAsync<T>(BrickWork work, Func<DicomInstance[], DicomInstance, T> measure, CancellationToken ct)
    {
        DicomInstance[] images = await ReadAsync(work.Images.Select(i => i.BlobSha256), ct);
        DicomInstance segmentation = (await ReadAsync([work.SegmentationSha256], ct))[0];
        try
        {
            return measure(images, segmentation);
        }
        catch (Exception e) when (e is DicomFileException or RegionException)
        {
            throw new BrickRejectedException(e.Message, e);
        }
    }

    private static MeasuredSeries Stored(
        string name, BrickWork work, DicomInstance[] images, DicomInstance segmentation, Func<MeasuredRegions, double> factor)
    {
        SeriesVolume series = SeriesVolume.Read(images);
        MeasuredRegions regions = new(work, segmentation, series.Volume, series.FrameOfReferenceUid);
        return new(name, regions, factor(regions), IsFitted: false);
    }

    private static MeasuredSeries Fitted(BrickWork work, DicomInstance[] images, DicomInstance segmentation, ExtractionProfile profile)
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
        return new("ADC", new(work, segmentation, map.Adc, byBValue[0].Series.FrameOfReferenceUid, map.Fitted), 1, IsFitted: true);
    }

    private async Task<DicomInstance[]> ReadAsync(IEnumerable<string> keys, CancellationToken ct)
    {
        List<DicomInstance> instances = [];
        foreach (string key in keys)
            instances.Add(DicomFile.Read(await blobs.GetAsync(key, ct)));
        return [.. instances];
    }
}
