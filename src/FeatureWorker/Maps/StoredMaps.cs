using System.Text;
using HccPipeline.Contracts;
using HccPipeline.FeatureWorker.Extraction;
using HccPipeline.FeatureWorker.Planning;
using HccPipeline.Persistence.Models;
using HccPipeline.Persistence.Runs;

namespace HccPipeline.FeatureWorker.Maps;

/// <summary>Finds the maps of a run in the registry.</summary>
public sealed class StoredMaps(BrickRepository bricks)
{
    /// <summary>The maps of a run, series by series.</summary>
    public async Task<IReadOnlyList<SeriesMaps>> FindAsync(string runId, CancellationToken ct)
    {
        IReadOnlyList<ChildBrick> planned = await bricks.ListAsync(runId, ct);
        List<SeriesMaps> found = [];
        foreach (ChildBrick prepare in planned.Where(b => b.Kind == BrickKinds.Prepare))
        {
            BrickWork source = Read<PrepareWork>(prepare).Source;
            IReadOnlyList<ChildBrick> children = await bricks.ListChildrenAsync(new(runId, (int)prepare.BrickIndex), ct);
            found.Add(children.FirstOrDefault(c => c.Kind == BrickKinds.Collect) is { } collect
                ? Of(Read<CollectWork>(collect).Sequence, source, Read<CollectWork>(collect).Subjects, children)
                : new(
                    source.Sequence == Sequence.T1Arterial ? MeasuredPhases.Name : source.Sequence.ToString(), source, [],
                    prepare.State == BrickStates.Rejected ? prepare.Detail : "not prepared yet") { IsRejected = prepare.State == BrickStates.Rejected });
        }
        ChildBrick[] boxes = [.. planned.Where(b => b.Kind == BrickKinds.Box)];   // of files, without a study
        if (boxes.Length > 0)
            found.Add(Of("", null, [.. boxes.Select(b => Read<BoxWork>(b).Subject).DistinctBy(s => s.ImageType)], boxes));
        return found;
    }

    private static SeriesMaps Of(string sequence, BrickWork? source, IReadOnlyList<MapSubject> subjects, IReadOnlyList<ChildBrick> bricks)
    {
        ChildBrick[] boxes = [.. bricks.Where(b => b.Kind == BrickKinds.Box)];
        int done = boxes.Count(b => b.State == BrickStates.Done);
        string? problem = boxes.FirstOrDefault(b => b.State is BrickStates.Rejected or BrickStates.Quarantined) is { } bad
            ? $"brick {bad.BrickIndex} is {bad.State}: {bad.Detail}"
            : done < boxes.Length ? $"{done} of {boxes.Length} bricks are done" : null;
        return new(sequence, source, [.. subjects.Select(s => new SubjectMaps(s, ComputedBoxes.Of(boxes, s)))], problem);
    }

    private static T Read<T>(ChildBrick brick) => CanonicalJson.Read<T>(Encoding.UTF8.GetBytes(brick.Work));
}

/// <summary>The maps of one series.</summary>
/// <param name="Sequence">Name of the sequence, first in every map's name; empty for files that belong to no study.</param>
/// <param name="Source">The series; null for files.</param>
/// <param name="Subjects">Its images.</param>
/// <param name="Problem">Why the maps are not complete; null where they are.</param>
public sealed record SeriesMaps(string Sequence, BrickWork? Source, IReadOnlyList<SubjectMaps> Subjects, string? Problem)
{
    /// <summary>Whether the series can give no maps, which is a result too.</summary>
    public bool IsRejected { get; init; }

    /// <summary>What stands in front of the maps' names.</summary>
    public string Prefix => Sequence.Length == 0 ? "" : $"{Sequence}_";

    /// <summary>Names of the maps, with the sequence in front.</summary>
    public IReadOnlyList<string> Names => [.. Subjects.SelectMany(s => s.Subject.MapNames()).Select(n => Prefix + n)];
}

/// <summary>The maps of one image.</summary>
/// <param name="Subject">The image.</param>
/// <param name="Boxes">Its boxes that are done.</param>
public sealed record SubjectMaps(MapSubject Subject, IReadOnlyList<ComputedBox> Boxes);
