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

    /// <param name="work">Which segments stand for which regions.</param>
    /// <param name="segmentation">The segmentation.</param>
    /// <param name="volume">The volume.</param>
    /// <param name="frameOfReferenceUid">Frame of reference of the volume.</param>
    /// <param name="valid">Voxels that have a value; null when all have.</param>
    public MeasuredRegions(BrickWork work, DicomInstance segmentation, Volume<float> volume, string frameOfReferenceUid, Volume<byte>? valid = null)
    {
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

    /// <summary>Intensities as stored.</summary>
    public float[] Intensities(Region region) => _intensities.TryGetValue(region, out float[]? values)
        ? values
        : throw new BrickRejectedException($"The segmentation has no region {region}.");

    /// <summary>Voxels inside the mask without a value.</summary>
    public int LeftOut(Region region) => _leftOut[region];

    /// <summary>The feature classes of the profile in the lesion, and the same without shape in every other region under its name.</summary>
    /// <param name="sequence">Name of the sequence, first in every feature's name.</param>
    /// <param name="factor">From stored intensities to the unit of the sequence.</param>
    /// <param name="features">Classes and bin width, the latter in the unit of the sequence.</param>
    public Dictionary<string, double> Measure(string sequence, double factor, SequenceFeatures features)
    {
        SequenceFeatures withoutShape = features with { Classes = [.. features.Classes.Where(c => c != "shape")] };
        Dictionary<string, double> values = new(StringComparer.Ordinal);
        foreach ((Region region, float[] intensities) in _intensities)
        {
            bool isLesion = region == Region.Lesion;
            string prefix = isLesion ? $"{sequence}_" : $"{sequence}_{region}_";
            values.Add($"{prefix}VoxelCount", intensities.Length);
            foreach (FeatureValue feature in RegionFeatures.Compute(intensities, _masks[region], isLesion ? features : withoutShape, factor))
                values.Add(prefix + feature.Name, feature.Value);
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
