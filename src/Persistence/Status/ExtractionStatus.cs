using HccPipeline.Persistence.Runs;
using HccPipeline.Persistence.Workers;

namespace HccPipeline.Persistence.Status;

/// <summary>How the extraction goes on: runs, bricks, pace, and who does the work.</summary>
public sealed record ExtractionStatus
{
    /// <summary>Runs with bricks to do.</summary>
    public required int RunsOpen { get; init; }

    /// <summary>Runs that are closed.</summary>
    public required int RunsDone { get; init; }

    /// <summary>Runs with a brick in quarantine.</summary>
    public required int RunsHeld { get; init; }

    /// <summary>Bricks by kind.</summary>
    public required IReadOnlyList<BrickCounts> Bricks { get; init; }

    /// <summary>Bricks a second, of late; null where none was done of late.</summary>
    public required double? BricksPerSecond { get; init; }

    /// <summary>Region voxels a second, of late; null where none was done of late.</summary>
    public required double? VoxelsPerSecond { get; init; }

    /// <summary>Seconds until what is known now is done, at the pace of late; null where there is no pace to go by.</summary>
    public required double? SecondsLeft { get; init; }

    /// <summary>Workers that are alive.</summary>
    public required IReadOnlyList<WorkerProcess> Workers { get; init; }

    /// <summary>Bricks in quarantine.</summary>
    public required IReadOnlyList<QuarantinedBrick> Quarantined { get; init; }
}

/// <summary>Bricks of a kind by where they are.</summary>
public sealed record BrickCounts
{
    /// <summary>One of <see cref="BrickKinds"/>.</summary>
    public required string Kind { get; init; }

    /// <summary>Computed.</summary>
    public required int Done { get; init; }

    /// <summary>Without values, with a reason.</summary>
    public required int Rejected { get; init; }

    /// <summary>Requested on the bus.</summary>
    public required int Pending { get; init; }

    /// <summary>Not yet requested.</summary>
    public required int Waiting { get; init; }

    /// <summary>Waiting for others of their run.</summary>
    public required int Blocked { get; init; }

    /// <summary>In quarantine.</summary>
    public required int Quarantined { get; init; }

    /// <summary>Still to do.</summary>
    public int Left => Pending + Waiting + Blocked;
}
