using System.Collections.Concurrent;
using HccPipeline.Contracts;
using HccPipeline.Dicom;
using HccPipeline.Imaging;
using HccPipeline.Persistence.Blobs;
using HccPipeline.Persistence.Runs;

namespace HccPipeline.Reporting.Views;

/// <summary>Small pictures of a study's series, with the masks drawn over the slice.</summary>
internal sealed class StudyImages(StudyContentRepository contents, IBlobStore blobs)
{
    private const int MostKept = 300;
    private readonly ConcurrentDictionary<(string Content, string Series), byte[]> _kept = [];

    /// <returns>A PNG; null when the study has no such series, or it can't be shown.</returns>
    /// <param name="studyUid">Study Instance UID, de-identified.</param>
    /// <param name="seriesUid">Series of images; null for the first that has regions.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<byte[]?> PaintAsync(string studyUid, string? seriesUid, CancellationToken ct)
    {
        if (await contents.FindReadyAsync(studyUid, ct) is not { } study)
            return null;
        SeriesContent? images = study.Series
            .Where(s => s.Segments.Count == 0 && (seriesUid is null || s.SeriesUid == seriesUid))
            .OrderBy(s => SegmentationOf(study, s) is null).ThenBy(s => s.Sequence).FirstOrDefault();
        if (images is null)
            return null;
        (string, string) key = (study.ContentSha256, images.SeriesUid);
        if (_kept.TryGetValue(key, out byte[]? known))
            return known;
        byte[]? png = await PaintAsync(study, images, ct);
        if (png is null)
            return null;
        if (_kept.Count >= MostKept)
            _kept.Clear();
        return _kept[key] = png;
    }

    private async Task<byte[]?> PaintAsync(StudyContent study, SeriesContent images, CancellationToken ct)
    {
        try
        {
            double? lowest = images.Instances.Min(i => i.BValue);   // a diffusion series holds several volumes; the lowest weighting shows most
            SeriesVolume series = SeriesVolume.Read(await ReadAsync(images.Instances.Where(i => i.BValue == lowest), ct));
            List<(Region, Volume<byte>)> regions = [];
            if (SegmentationOf(study, images) is { } drawn)
            {
                DicomInstance instance = (await ReadAsync(drawn.Instances.Take(1), ct))[0];
                Dictionary<int, Segment> masks = Segmentation.Read(instance, series.Volume.Geometry, series.FrameOfReferenceUid).Segments.ToDictionary(s => s.Number);
                regions.AddRange(drawn.Segments.OrderBy(s => s.Region).Where(s => masks.ContainsKey(s.SegmentNumber)).Select(s => (s.Region, masks[s.SegmentNumber].Mask)));
            }
            return SlicePainter.Paint(series.Volume, regions);
        }
        catch (DicomFileException)   // why it can't be used stands beside the study; there is no picture of it
        {
            return null;
        }
    }

    private static SeriesContent? SegmentationOf(StudyContent study, SeriesContent images) =>
        study.Series.FirstOrDefault(s => s.Segments.Count > 0 && s.ReferencedSeriesUid == images.SeriesUid);

    private async Task<DicomInstance[]> ReadAsync(IEnumerable<InstanceContent> instances, CancellationToken ct)
    {
        List<DicomInstance> read = [];
        foreach (InstanceContent instance in instances)
            read.Add(DicomFile.Read(await blobs.GetAsync(instance.BlobSha256, ct)));
        return [.. read];
    }
}
