using System.Text;
using HccPipeline.Contracts;
using HccPipeline.FeatureWorker.Maps;
using HccPipeline.FeatureWorker.Profiles;
using HccPipeline.Persistence.Models;
using HccPipeline.Persistence.Runs;

namespace HccPipeline.FeatureWorker.Planning;

/// <summary>A plan, or why there is none yet.</summary>
/// <param name="Run">The run; null when something is missing.</param>
/// <param name="WaitingFor">What is missing, in words; null when there is a run.</param>
public sealed record PlanningResult(RunPlan? Run, string? WaitingFor);

/// <summary>Cuts the extraction of a study into bricks. Pure: the same study and profile give the same bricks.</summary>
public static class ExtractionPlanner
{
    /// <summary>Plans one brick per measured image series, and one more where the profile wants voxel maps of it. Enhancement is welcome: a study
    /// without its phases is extracted without it.</summary>
    public static PlanningResult Plan(StudyContent study, HashedProfile profile)
    {
        Region reference = profile.Profile.T2Ratio.Reference;
        BrickWork? t2 = Find(study, Sequence.T2, [Region.Lesion, reference], []);
        if (t2 is null)
            return new(null, $"a T2 series with a segmentation of {nameof(Region.Lesion)} and {reference} on it");

        string source = profile.Profile.Adc.Source;
        BrickWork? adc = source == "fit" ? null : Find(study, Sequence.Adc, [Region.Lesion], [reference]);
        adc ??= source == "map" ? null : Find(study, Sequence.Dwi, [Region.Lesion], [reference]);
        if (adc is null)
        {
            return new(null, source switch
            {
                "map" => "an ADC series with a segmentation of Lesion on it",
                "fit" => "a diffusion series with a segmentation of Lesion on it",
                _ => "an ADC or diffusion series with a segmentation of Lesion on it",
            });
        }
        BrickWork? dce = profile.Profile.Enhancement is { } wanted ? ContrastSeries.Find(study, wanted) : null;
        return new(
            new RunPlan
            {
                StudyUid = study.StudyUid,
                StudyContentSha256 = study.ContentSha256,
                ProfileSha256 = profile.Sha256,
                Bricks = [.. Regions(t2, adc, dce), .. Maps(profile.Profile.Voxel, t2, adc, dce)],
            },
            null);
    }

    private static IEnumerable<BrickPlan> Regions(BrickWork t2, BrickWork adc, BrickWork? dce)
    {
        yield return Brick(BrickKinds.Region, t2);
        yield return Brick(BrickKinds.Region, adc);
        if (dce is not null)
            yield return Brick(BrickKinds.Region, dce);
    }

    private static IEnumerable<BrickPlan> Maps(VoxelChoices wanted, BrickWork t2, BrickWork adc, BrickWork? dce)
    {
        if (wanted.T2.Length > 0)
            yield return Brick(BrickKinds.Prepare, new PrepareWork { Source = t2 });
        if (wanted.Adc.Length > 0)
            yield return Brick(BrickKinds.Prepare, new PrepareWork { Source = adc });
        if (dce is not null && wanted.Dce is { } maps && (maps.Contains(VoxelChoices.ArterialEnhancement) || ContrastSeries.HasLatePhase(dce)))
            yield return Brick(BrickKinds.Prepare, new PrepareWork { Source = dce });
    }

    private static BrickPlan Brick<T>(string kind, T work) => new(kind, Encoding.UTF8.GetString(CanonicalJson.Write(work)));

    /// <summary>The series of a sequence that has a segmentation with the required regions; of several the one with most files, then by UID.</summary>
    private static BrickWork? Find(StudyContent study, Sequence sequence, Region[] required, Region[] welcome)
    {
        var candidates =
            from image in study.Series
            where image.Sequence == sequence
            from segmentation in study.Series
            where segmentation.Sequence == Sequence.Segmentation && segmentation.ReferencedSeriesUid == image.SeriesUid
            where required.All(r => segmentation.Segments.Any(s => s.Region == r))
            orderby image.Instances.Count descending, image.SeriesUid, segmentation.SeriesUid
            select new BrickWork
            {
                Sequence = sequence,
                Images = [.. image.Instances.Select(i => new ImageFile(i.BlobSha256, i.BValue))],
                SegmentationSha256 = segmentation.Instances[0].BlobSha256,
                Segments = [.. segmentation.Segments.Where(s => required.Contains(s.Region) || welcome.Contains(s.Region))],
            };
        return candidates.FirstOrDefault();
    }
}
