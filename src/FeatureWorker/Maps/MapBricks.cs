using System.Runtime.CompilerServices;
using System.Text;
using HccPipeline.Contracts;
using HccPipeline.FeatureWorker.Extraction;
using HccPipeline.FeatureWorker.Planning;
using HccPipeline.FeatureWorker.Profiles;
using HccPipeline.Imaging;
using HccPipeline.Persistence.Models;
using HccPipeline.Persistence.Runs;
using HccPipeline.Radiomics;
using HccPipeline.Radiomics.Voxelwise;

namespace HccPipeline.FeatureWorker.Maps;

/// <summary>Does <c>prepare</c> bricks: stores the volumes of the lesion on one series, or over the phases of a contrast agent, and plans the boxes.</summary>
internal sealed class PrepareBrickWorker(MeasuredSeriesReader reader, MapPreparation preparation, MapPlanner planner, BrickRates rates) : IBrickWorker
{
    public string Kind => BrickKinds.Prepare;

    public async Task<BrickOutcome> WorkAsync(BrickJob job, CancellationToken ct)
    {
        PrepareWork work = CanonicalJson.Read<PrepareWork>(Encoding.UTF8.GetBytes(job.Work));
        ExtractionProfile profile = job.Profile.Profile;
        (string sequence, IAsyncEnumerable<PreparedSubject> images) = await ReadAsync(work.Source, profile, ct);
        double? measured = await rates.FindSecondsPerVoxelAsync(BrickKinds.Box, job.Profile.Sha256, ct);
        try
        {
            List<BrickPlan> children = [];
            List<MapSubject> subjects = [];
            await foreach (PreparedSubject prepared in images)
            {
                subjects.Add(prepared.Subject);
                children.AddRange(planner.Boxes(prepared, measured).Select(b =>
                    new BrickPlan(BrickKinds.Box, Text(BoxWork.Of(prepared.Subject, b.Box)), b.RegionVoxels)));
            }
            children.Add(new(BrickKinds.Collect, Text(new CollectWork { Sequence = sequence, Subjects = subjects })));
            return new BrickOutcome { Children = children };
        }
        catch (RegionException e)
        {
            throw new BrickRejectedException(e.Message, e);
        }
    }

    private async Task<(string Sequence, IAsyncEnumerable<PreparedSubject> Images)> ReadAsync(BrickWork source, ExtractionProfile profile, CancellationToken ct)
    {
        if (source.Sequence == Sequence.T1Arterial)
            return (MeasuredPhases.Name, PrepareAsync(await reader.ReadPhasesAsync(source, ct), profile, ct));
        MeasuredSeries series = await reader.ReadAsync(source, profile, ct);
        return (series.Name, PrepareAsync(series, profile, ct));
    }

    private async IAsyncEnumerable<PreparedSubject> PrepareAsync(MeasuredPhases phases, ExtractionProfile profile, [EnumeratorCancellation] CancellationToken ct)
    {
        foreach ((string name, MeasuredRegion lesion) in EnhancementMaps.Of(phases, profile.Voxel.Dce ?? []))
            yield return await preparation.PrepareAsync(name, lesion.Image, lesion.Mask, EnhancementMaps.Settings, [new(name, 1)], ct);
    }

    private async IAsyncEnumerable<PreparedSubject> PrepareAsync(MeasuredSeries series, ExtractionProfile profile, [EnumeratorCancellation] CancellationToken ct)
    {
        bool isT2 = series.Name == "T2";
        FeatureProfiles features = profile.Features.Resolved();
        FeatureChoices choices = isT2 ? features.T2! : features.Adc!;
        WantedMaps wanted = isT2 ? WantedMaps.Of(profile.Voxel.T2, VoxelChoices.SignalRatio) : WantedMaps.Of(profile.Voxel.Adc, VoxelChoices.Diffusion);
        Region reference = profile.T2Ratio.Reference;
        IndicatorMap[] indicators = wanted.Indicator is null ? [] : [new(wanted.Indicator, isT2 ? 1 / series.Regions.Mean(reference) : 1)];
        MeasuredRegion lesion = series.Regions.Of(Region.Lesion, reference, series.Factor);
        foreach (RegionImage image in RegionFeatures.Images(lesion, choices, profile.Convention))
        {
            IndicatorMap[] own = image.Name == RegionImage.Original ? indicators : [];
            if (own.Length + wanted.Features.Count == 0)
                continue;
            PreparedRegion region = image.Make();
            yield return await preparation.PrepareAsync(image.Name, region.Image, region.Intensity, wanted.Settings(profile.Voxel, image.Settings), own, ct);
        }
    }

    internal static string Text<T>(T work) => Encoding.UTF8.GetString(CanonicalJson.Write(work));
}

/// <summary>Does <c>box</c> bricks: the maps of one box.</summary>
internal sealed class BoxBrickWorker(BoxMaps maps) : IBrickWorker
{
    public string Kind => BrickKinds.Box;

    public async Task<BrickOutcome> WorkAsync(BrickJob job, CancellationToken ct)
    {
        try
        {
            return new BrickOutcome { ResultSha256 = await maps.ExtractAsync(CanonicalJson.Read<BoxWork>(Encoding.UTF8.GetBytes(job.Work)), job.Computed, ct) };
        }
        catch (RegionException e)
        {
            throw new BrickRejectedException(e.Message, e);
        }
    }
}

/// <summary>Does <c>collect</c> bricks: describes the maps that the boxes of a series make up.</summary>
internal sealed class CollectBrickWorker(BrickRepository bricks, MapReader reader) : IBrickWorker
{
    public string Kind => BrickKinds.Collect;

    public async Task<BrickOutcome> WorkAsync(BrickJob job, CancellationToken ct)
    {
        CollectWork work = CanonicalJson.Read<CollectWork>(Encoding.UTF8.GetBytes(job.Work));
        IReadOnlyList<ChildBrick> siblings = await bricks.ListSiblingsAsync(job.Key, ct);
        if (siblings.FirstOrDefault(s => s.State == BrickStates.Rejected) is { } rejected)
            throw new BrickRejectedException($"The maps are not complete: brick {rejected.BrickIndex} has no values ({rejected.Detail}).");
        List<KeyValuePair<string, double>> values = [];
        foreach (MapSubject subject in work.Subjects)
        {
            Volume<byte> region = await reader.ReadRegionAsync(subject, ct);
            await reader.ReadEachAsync(
                subject, region, ComputedBoxes.Of(siblings, subject),
                (name, map) =>
                {
                    values.AddRange(MapSummary.Of(map).Select(v => KeyValuePair.Create($"{work.Sequence}_{name}_map_{v.Key}", v.Value)));
                    return Task.CompletedTask;
                },
                ct);
        }
        return new BrickOutcome { Values = values };
    }
}
