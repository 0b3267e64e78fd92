namespace HccPipeline.Persistence.Runs;

/// <summary>A brick as stored, with what its run says about it.</summary>
public sealed record BrickRow
{
    /// <summary>One of <see cref="BrickKinds"/>.</summary>
    public required string Kind { get; init; }

    /// <summary>What there is to do, as the planner wrote it.</summary>
    public required string Work { get; init; }

    /// <summary>One of <see cref="BrickStates"/>.</summary>
    public required string State { get; init; }

    /// <summary>Voxels of the region in it, where known.</summary>
    public long? RegionVoxels { get; init; }

    /// <summary>Deliveries begun whose end nobody heard of.</summary>
    public required long Starts { get; init; }

    /// <summary>When it was put on the bus, ms.</summary>
    public long? RequestedMs { get; init; }

    /// <summary>Hash of the profile of its run.</summary>
    public required string ProfileSha256 { get; init; }
}

/// <summary>A brick that another one planned, as who puts the parts together needs it.</summary>
public sealed record ChildBrick
{
    /// <summary>Index in the run.</summary>
    public required long BrickIndex { get; init; }

    /// <summary>One of <see cref="BrickKinds"/>.</summary>
    public required string Kind { get; init; }

    /// <summary>What there was to do.</summary>
    public required string Work { get; init; }

    /// <summary>One of <see cref="BrickStates"/>.</summary>
    public required string State { get; init; }

    /// <summary>Why there are no values, where it was rejected.</summary>
    public string? Detail { get; init; }

    /// <summary>Voxels of the region in it, where known.</summary>
    public long? RegionVoxels { get; init; }

    /// <summary>Blob with its maps, where it has one.</summary>
    public string? ResultSha256 { get; init; }
}

/// <summary>How far a run is.</summary>
public sealed record VoxelProgress
{
    /// <summary>Voxels of the region in bricks that are done.</summary>
    public required long DoneVoxels { get; init; }

    /// <summary>Voxels of the region in all bricks.</summary>
    public required long Voxels { get; init; }

    /// <summary>Bricks that are not done.</summary>
    public required long BricksLeft { get; init; }

    /// <summary>Why a brick gives no values, whoever tries; null while there is none like that.</summary>
    public string? Rejected { get; init; }

    /// <summary>Why a brick is in quarantine; null while none is.</summary>
    public string? Quarantined { get; init; }
}

/// <summary>Where a brick is.</summary>
public static class BrickStates
{
    /// <summary>Known, not yet requested.</summary>
    public const string Waiting = "waiting";

    /// <summary>Requested on the bus.</summary>
    public const string Pending = "pending";

    /// <summary>Until no sibling is open.</summary>
    public const string Blocked = "blocked";

    /// <summary>Computed.</summary>
    public const string Done = "done";

    /// <summary>Can give no values; a result too.</summary>
    public const string Rejected = "rejected";

    /// <summary>Given up until a person puts it back; its run is held.</summary>
    public const string Quarantined = "quarantined";
}
