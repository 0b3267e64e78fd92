using System.Text;
using HccPipeline.Persistence.Models;
using HccPipeline.Persistence.Runs;

namespace HccPipeline.FeatureWorker.Maps;

/// <summary>Finds the boxes of a subject among the bricks of a run.</summary>
public static class ComputedBoxes
{
    /// <summary>The boxes of a subject that are done.</summary>
    /// <param name="bricks">Bricks.</param>
    /// <param name="subject">Subject.</param>
    public static IReadOnlyList<ComputedBox> Of(IEnumerable<ChildBrick> bricks, MapSubject subject) =>
    [
        .. from brick in bricks
           where brick is { Kind: BrickKinds.Box, State: BrickStates.Done, ResultSha256: not null, RegionVoxels: not null }
           let work = CanonicalJson.Read<BoxWork>(Encoding.UTF8.GetBytes(brick.Work))
           where work.Subject.ImageType == subject.ImageType
           select new ComputedBox(new(work.ToVoxelBox(), brick.RegionVoxels!.Value), brick.ResultSha256!),
    ];
}
