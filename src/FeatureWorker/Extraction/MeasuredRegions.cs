using HccPipeline.Contracts;
using HccPipeline.Dicom;
using HccPipeline.FeatureWorker.Planning;
using HccPipeline.FeatureWorker.Profiles;
using HccPipeline.Imaging;
using HccPipeline.Radiomics;

namespace HccPipeline.FeatureWorker.Extraction;

/// <summary>The regions of one segmentation on one volume.</summary>
internal sealed class MeasuredRegions
{
    private readonly Dictionary<Region, Volume<byte>> _masks = [];
    private readonly Dictionary<Region, float[]> _intensities = [];
    private readonly Dictionary<Region, int> _leftOut = [];
    private readonly Volume<float> _volume;
    private readonly bool _someWithoutValue;

    /// <param name="work">Which segments stand for which regions.</param>
    /// <param name="segmentation">The segmentation.</param>
    /// <param name="volume">The volume.</param>
    /// <param name="frameOfReferenceUid">Frame of reference of the volume.</param>
    /// <param name="valid">Voxels that have a value, the others being NaN; null when all have.</param>
    public MeasuredRegions(BrickWork work, DicomInstance segmentation, Volume<float> volume, string frameOfReferenceUid, Volume<byte>? valid = null)
    {
        (_volume, _someWithoutValue) = (volume, valid is not null);
        Dictionary<int, Segment> segments = Segmentation.Read(segmentation, volume.Geometry, frameOfReferenceUid).Segments.ToDictionary(s => s.Number);
        foreach (var wanted in work.Segments.GroupBy(s => s.Region, s => s.SegmentNumber))
        {
            Volume<byte> mask = Together([.. wanted.Select(number => segments.TryGetValue(number, out Segment? segment)
                ? segment.Mask
                : throw new BrickRejectedException($"The segmentation has no segment {number} ({wanted.Key})."))]);
            float[] inside = Mask.Gather(volume, mask);
            float[] measured = valid is null ? inside : [.. inside.Zip(Mask.Gather(valid, mask)).Where(v => v.Second != 0).Select(v => v.First)];
            if (measured.Length == 0)
                throw new BrickRejectedException($"Region {wanted.Key} has no voxel with a value on this series ({inside.Length} voxels inside the mask).");
            _masks[wanted.Key] = mask;
            _intensities[wanted.Key] = measured;
            _leftOut[wanted.Key] = inside.Length - measured.Length;
        }
    }

    /// <summary>Whether a region is segmented.</summary>
    public bool Has(Region region) => _masks.ContainsKey(region);

    /// <summary>Intensities as stored.</summary>
    public float[] Intensities(Region region) => _intensities.TryGetValue(region, out float[]? values)
        ? values
        : throw new BrickRejectedException($"The segmentation has no region {region}.");

    /// <summary>Voxels inside the mask without a value.</summary>
    public int LeftOut(Region region) => _leftOut[region];

    /// <summary>Mean of the intensities as stored.</summary>
    public double Mean(Region region) => FirstOrder.Of(Intensities(region), 1, Discretisation.FixedBinNumber(1)).Mean;

    /// <summary>A region on the volume.</summary>
    /// <param name="region">The region; it must be segmented.</param>
    /// <param name="reference">Reference tissue, where it is segmented too.</param>
    /// <param name="factor">From stored intensities to the unit of the sequence.</param>
    public MeasuredRegion Of(Region region, Region reference, double factor) => new(_volume, _masks[region])
    {
        Factor = factor, Reference = _masks.GetValueOrDefault(reference), LeaveOutWithoutValue = _someWithoutValue,
    };

    /// <summary>The features of the profile in the lesion, and the same without shape in every other region under its name.</summary>
    /// <param name="sequence">Name of the sequence, first in every feature's name.</param>
    /// <param name="factor">From stored intensities to the unit of the sequence.</param>
    /// <param name="profile">Profile.</param>
    /// <param name="choices">Its choices for the sequence.</param>
    public Dictionary<string, double> Measure(string sequence, double factor, ExtractionProfile profile, FeatureChoices choices)
    {
        Region reference = profile.T2Ratio.Reference;
        if (choices.Normalisation.Method == Normalisation.ReferenceRegion && !Has(reference))
            throw new BrickRejectedException($"The profile normalises by {reference}, which is not segmented on this {sequence} series.");
        Dictionary<string, double> values = new(StringComparer.Ordinal);
        foreach ((Region region, float[] intensities) in _intensities)
        {
            bool isLesion = region == Region.Lesion;
            string prefix = isLesion ? $"{sequence}_" : $"{sequence}_{region}_";
            values.Add($"{prefix}VoxelCount", intensities.Length);
            FeatureChoices? wanted = isLesion ? choices : choices.WithoutShape(profile.Convention);
            if (wanted is null)
                continue;
            IReadOnlyList<FeatureValue> features = RegionFeatures.Compute(Of(region, reference, factor), wanted, profile.Convention);
            foreach ((string key, FeatureValue feature) in FeatureKeys.Of(features).Zip(features))
                values.Add(prefix + key, feature.Value);
        }
        return values;
    }

    /// <summary>What lies in any of several segments of one region: two target lesions are one region.</summary>
    private static Volume<byte> Together(Volume<byte>[] masks)
    {
        if (masks.Length == 1)
            return masks[0];
        Volume<byte> all = new(masks[0].Geometry);
        foreach (Volume<byte> mask in masks)
        {
            for (int i = 0; i < all.Voxels.Length; i++)
                all.Voxels[i] |= mask.Voxels[i];
        }
        return all;
    }
}
