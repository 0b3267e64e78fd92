using System.Globalization;
using HccPipeline.Contracts;
using HccPipeline.Ingest.Classification;
using HccPipeline.Persistence.Registry;

namespace HccPipeline.Ingest.Studies;

/// <summary>Judges the series of a study: what each shows, and whether it can be used. Pure; the order of arrival plays no part.</summary>
internal static class SeriesJudge
{
    private const string SegmentationModality = "SEG";

    /// <summary>One decision per series, in the order of the series.</summary>
    public static IReadOnlyList<SeriesDecision> Judge(StoredStudy study)
    {
        Dictionary<string, SeriesDecision> images = new(StringComparer.Ordinal);
        List<T1Series> t1 = [];
        foreach (StoredSeries series in study.Series.Where(s => s.Modality != SegmentationModality))
        {
            ImageKind?[] kinds = [.. series.Instances.Select(KindOf)];
            SeriesDecision decision = JudgeImages(series, kinds);
            images.Add(series.SeriesUid, decision);
            if (decision is { Sequence: Sequence.T1Pre, Rejection: null })
                t1.Add(new(series.SeriesUid, kinds.Min()!.Value, series.AcquiredMs));
        }
        foreach ((string uid, Sequence phase) in ContrastPhases.Assign(t1))
            images[uid] = images[uid] with { Sequence = phase };
        Dictionary<string, StoredSeries> stored = study.Series.ToDictionary(s => s.SeriesUid, StringComparer.Ordinal);
        return [.. study.Series.Select(s => s.Modality == SegmentationModality ? JudgeSegmentation(s, stored) : images[s.SeriesUid])];
    }

    private static ImageKind? KindOf(StoredInstance instance) => instance.Shows is { } shows ? Enum.Parse<ImageKind>(shows) : null;

    // T1 series come out as T1Pre here; their phases need the whole study.
    private static SeriesDecision JudgeImages(StoredSeries series, ImageKind?[] kinds)
    {
        Sequence?[] sequences = [.. kinds.Select(k => k is { } kind ? SequenceOf(kind) : (Sequence?)null).Distinct()];
        if (sequences is [] or [null])
            return new(series.SeriesUid, null, null);
        if (sequences.Length > 1)
        {
            string counts = string.Join(", ", kinds.GroupBy(k => k).OrderBy(g => g.Key).Select(g => string.Create(CultureInfo.InvariantCulture, $"{g.Count()} {g.Key?.ToString() ?? "unknown"}")));
            return new(series.SeriesUid, null, new("mixed-series", $"The series holds images of several kinds ({counts}); export each kind as its own series."));
        }
        Sequence sequence = sequences[0]!.Value;
        Rejection? rejection = SliceCheck.Check(series.Instances, sequence == Sequence.Dwi);
        // Several phases in one T1 series are usual, and which image is of which phase is not told here.
        return sequence == Sequence.T1Pre && rejection?.Code == SliceCheck.DuplicatePosition
            ? new(series.SeriesUid, null, null)
            : new(series.SeriesUid, sequence, rejection);
    }

    private static Sequence SequenceOf(ImageKind kind) => kind switch
    {
        ImageKind.T2 => Sequence.T2,
        ImageKind.Dwi => Sequence.Dwi,
        ImageKind.Adc => Sequence.Adc,
        _ => Sequence.T1Pre,
    };

    private static SeriesDecision JudgeSegmentation(StoredSeries series, Dictionary<string, StoredSeries> study)
    {
        string? referencedUid = series.SourceImageUid is { } image
            ? study.Values.FirstOrDefault(s => s.Instances.Any(i => i.SopInstanceUid == image))?.SeriesUid
            : series.ReferencedSeriesUid;
        StoredSeries? referenced = referencedUid is null ? null : study.GetValueOrDefault(referencedUid);
        Rejection? rejection = series.Instances.Count > 1
            ? new("several-segmentations", $"The series holds {series.Instances.Count} segmentation objects; store each in a series of its own.")
            : referencedUid is null && series.SourceImageUid is null
            ? new("no-referenced-series", "The segmentation does not name the series that it was drawn on (Referenced Series Sequence, (0008,1115)); save it again with its reference.")
            : referenced is null
            ? new("referenced-series-missing", "The series that the segmentation was drawn on is not in its study; send that series too.")
            : series.FrameOfReferenceUid is null || series.FrameOfReferenceUid != referenced.FrameOfReferenceUid
            ? new("frame-of-reference-mismatch", "The segmentation lies in another frame of reference (0020,0052) than the series that it names; segment these images, or send the images that were segmented.")
            : series.Segments.All(s => s.Region is null)
            ? new("unknown-segments", $"None of its segments is a region that the pipeline knows ({Labels(series)}); label them Lesion, Muscle reference, Spleen or Liver reference.")
            : null;
        return new(series.SeriesUid, Sequence.Segmentation, rejection) { ReferencedSeriesUid = referencedUid };
    }

    private static string Labels(StoredSeries series) => series.Segments.Count == 0 ? "it has none" : string.Join(", ", series.Segments.Select(s => $"'{s.Label}'"));
}
