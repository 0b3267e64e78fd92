using HccPipeline.FeatureWorker.Extraction;
using HccPipeline.FeatureWorker.Maps;
using HccPipeline.FeatureWorker.Profiles;
using HccPipeline.Radiomics;

namespace HccPipeline.FeatureWorker.Standalone;

/// <summary>Voxel maps of one case: its images, stored and cut into boxes. What computes the boxes may be this process or a cluster.</summary>
public sealed class VoxelExtraction
{
    private readonly LoadedCase _case;
    private readonly VoxelChoices _choices;

    private VoxelExtraction(LoadedCase one, VoxelChoices choices, IReadOnlyList<(MapSubject, IReadOnlyList<RegionBox>)> subjects) =>
        (_case, _choices, Subjects) = (one, choices, subjects);

    /// <summary>Images to map, and the boxes that their regions were cut into.</summary>
    public IReadOnlyList<(MapSubject Subject, IReadOnlyList<RegionBox> Boxes)> Subjects { get; }

    /// <summary>All that the maps depend on.</summary>
    public ExtractionProvenance Provenance => _case.Provenance;

    /// <summary>Number of maps.</summary>
    public int MapCount => Subjects.Sum(s => s.Subject.MapNames().Count);

    /// <summary>Reads a case, makes its images and stores them as far as kernels reach.</summary>
    /// <param name="one">The case.</param>
    /// <param name="profile">Profile, its <c>voxel</c> section included.</param>
    /// <param name="preparation">Stores volumes.</param>
    /// <param name="planner">Cuts regions.</param>
    /// <param name="measuredSecondsPerVoxel">What earlier bricks took for a voxel; null where there are none.</param>
    /// <param name="ct">Cancels.</param>
    /// <exception cref="ProfileException">The profile asks for maps that can't be made.</exception>
    /// <exception cref="ImageFileException">A file can't be used.</exception>
    /// <exception cref="RegionException">The region can't be mapped.</exception>
    public static async Task<VoxelExtraction> PrepareAsync(
        ExtractionCase one, HashedProfile profile, MapPreparation preparation, MapPlanner planner, double? measuredSecondsPerVoxel, CancellationToken ct)
    {
        WantedMaps wanted = WantedMaps.OfImage(profile.Profile);
        LoadedCase loaded = LoadedCase.Read(one, profile);
        List<(MapSubject, IReadOnlyList<RegionBox>)> subjects = [];
        foreach (RegionImage image in RegionFeatures.Images(loaded.Region, profile.Profile.Features.Image!, profile.Profile.Convention))
        {
            PreparedRegion region = image.Make();
            PreparedSubject prepared = await preparation.PrepareAsync(
                image.Name, region.Image, region.Intensity, wanted.Settings(profile.Profile.Voxel, image.Settings), [], ct);
            subjects.Add((prepared.Subject, planner.Boxes(prepared, measuredSecondsPerVoxel)));
        }
        return new(loaded, profile.Profile.Voxel, subjects);
    }

    /// <summary>Computes all boxes in this process.</summary>
    /// <param name="maps">Computes a box.</param>
    /// <param name="threads">Boxes at the same time.</param>
    /// <param name="done">Told after each box, how many voxels of the region it had.</param>
    /// <param name="ct">Cancels between boxes and within them.</param>
    public async Task<IReadOnlyDictionary<MapSubject, IReadOnlyCollection<ComputedBox>>> ComputeAsync(
        BoxMaps maps, int threads, Action<long> done, CancellationToken ct)
    {
        (MapSubject Subject, RegionBox Box)[] work = [.. Subjects.SelectMany(s => s.Boxes.Select(b => (s.Subject, b)))];
        ComputedBox[] computed = new ComputedBox[work.Length];
        await Parallel.ForAsync(0, work.Length, new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = ct }, async (i, stop) =>
        {
            computed[i] = new(work[i].Box, await maps.ExtractAsync(BoxWork.Of(work[i].Subject, work[i].Box.Box), () => { }, stop));
            done(work[i].Box.RegionVoxels);
        });
        return work.Zip(computed).GroupBy(w => w.First.Subject, w => w.Second)
            .ToDictionary(g => g.Key, g => (IReadOnlyCollection<ComputedBox>)[.. g]);
    }

    /// <summary>Writes every map to a folder, which is made where it is not there.</summary>
    /// <param name="computed">The computed boxes of each image.</param>
    /// <param name="reader">Puts maps together.</param>
    /// <param name="folder">The folder.</param>
    /// <param name="threads">Files at the same time.</param>
    /// <param name="written">Told after each file.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<IReadOnlyList<MapFile>> WriteAsync(
        IReadOnlyDictionary<MapSubject, IReadOnlyCollection<ComputedBox>> computed, MapReader reader, string folder, int threads, Action written, CancellationToken ct)
    {
        Directory.CreateDirectory(folder);
        MapFiles files = new(reader, _case.Grid, _choices.InitialValue, new NiftiMapWriter(folder), threads);
        List<MapFile> all = [];
        foreach ((MapSubject subject, _) in Subjects)
            all.AddRange(await files.WriteAsync(subject, computed[subject], written, ct));
        return all;
    }
}
