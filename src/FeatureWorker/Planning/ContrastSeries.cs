using HccPipeline.Contracts;
using HccPipeline.FeatureWorker.Profiles;
using HccPipeline.Persistence.Runs;

namespace HccPipeline.FeatureWorker.Planning;

/// <summary>Finds the phases of a contrast agent in a study. Pure.</summary>
internal static class ContrastSeries
{
    // A lesion drawn on any phase is that of all, which lie on one grid; the phase in which it is seen best goes first.
    private static readonly Sequence[] Drawn = [Sequence.T1Arterial, Sequence.T1Portal, Sequence.T1Delayed, Sequence.T1Pre];

    /// <summary>The phases with a segmentation of the lesion on one of them; null where it, the pre-contrast or the arterial phase is missing.</summary>
    public static BrickWork? Find(StudyContent study, EnhancementProfile wanted)
    {
        (SeriesContent image, SeriesContent segmentation) = Segmented(study);
        if (image is null)
            return null;
        SeriesContent? pre = Phase(study, Sequence.T1Pre, image), arterial = Phase(study, Sequence.T1Arterial, image), late = null;
        if (pre is null || arterial is null)
            return null;
        if (wanted.LatePhase is LatePhase.Delayed or LatePhase.DelayedOrPortal)
            late = Phase(study, Sequence.T1Delayed, image);
        if (wanted.LatePhase is LatePhase.Portal or LatePhase.DelayedOrPortal)
            late ??= Phase(study, Sequence.T1Portal, image);
        return new()
        {
            Sequence = Sequence.T1Arterial,
            Images = [.. Files(pre), .. Files(arterial), .. late is null ? [] : Files(late)],
            SegmentationSha256 = segmentation.Instances[0].BlobSha256,
            Segments = [.. segmentation.Segments.Where(s => s.Region is Region.Lesion or Region.LiverReference)],
        };
    }

    /// <summary>Whether there is a phase to measure washout in.</summary>
    public static bool HasLatePhase(BrickWork work) => work.Images.Any(i => i.Phase is Sequence.T1Portal or Sequence.T1Delayed);

    private static (SeriesContent Image, SeriesContent Segmentation) Segmented(StudyContent study) => (
        from image in study.Series
        where Drawn.Contains(image.Sequence)
        from segmentation in study.Series
        where segmentation.Sequence == Sequence.Segmentation && segmentation.ReferencedSeriesUid == image.SeriesUid
        where segmentation.Segments.Any(s => s.Region == Region.Lesion)
        orderby Array.IndexOf(Drawn, image.Sequence), image.Instances.Count descending, image.SeriesUid, segmentation.SeriesUid
        select (image, segmentation)).FirstOrDefault();

    /// <summary>The series of a phase; of several the segmented one, then one with as many files as it, which its grid must have, then as elsewhere.</summary>
    private static SeriesContent? Phase(StudyContent study, Sequence phase, SeriesContent segmented) => (
        from series in study.Series
        where series.Sequence == phase
        orderby series.SeriesUid == segmented.SeriesUid descending, series.Instances.Count == segmented.Instances.Count descending, series.Instances.Count descending, series.SeriesUid
        select series).FirstOrDefault();

    private static IEnumerable<ImageFile> Files(SeriesContent phase) => phase.Instances.Select(i => new ImageFile(i.BlobSha256, null, phase.Sequence));
}
