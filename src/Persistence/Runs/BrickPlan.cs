namespace HccPipeline.Persistence.Runs;

/// <summary>A brick as it is planned.</summary>
/// <param name="Kind">One of <see cref="BrickKinds"/>: who knows what <paramref name="Work"/> means.</param>
/// <param name="Work">What there is to do, as canonical JSON that the worker of this kind reads.</param>
/// <param name="RegionVoxels">Voxels of the region in it, where the planner knows; what rates are measured in.</param>
public sealed record BrickPlan(string Kind, string Work, long? RegionVoxels = null)
{
    /// <summary>Whether it has to wait for its siblings.</summary>
    internal bool StartsBlocked => Kind == BrickKinds.Collect;
}

/// <summary>The kinds of brick.</summary>
public static class BrickKinds
{
    /// <summary>Features of the regions of one segmentation on one series.</summary>
    public const string Region = "region";

    /// <summary>Makes a volume ready for maps and cuts its region into boxes.</summary>
    public const string Prepare = "prepare";

    /// <summary>Maps of one box of voxels.</summary>
    public const string Box = "box";

    /// <summary>Puts the maps of the boxes together; blocked until no other child of its parent is open.</summary>
    public const string Collect = "collect";
}

/// <summary>Key of a brick.</summary>
/// <param name="RunId">Run.</param>
/// <param name="BrickIndex">Index in the run, from 0; of a child, see <see cref="Child"/>.</param>
public readonly record struct BrickKey(string RunId, int BrickIndex)
{
    /// <summary>Most children of one brick.</summary>
    public const int MostChildren = 1 << 20;

    /// <summary>Key of a child: the same for the same parent and place, whoever plans it, and no other brick's.</summary>
    /// <param name="place">Place among the children, from 0.</param>
    /// <exception cref="InvalidOperationException">There is no room for its children: children have none of their own.</exception>
    public BrickKey Child(int place)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(place);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(place, MostChildren);
        if (BrickIndex >= int.MaxValue / MostChildren)
            throw new InvalidOperationException($"Brick {BrickIndex} can have no children: there are no numbers left for them.");
        return this with { BrickIndex = ((BrickIndex + 1) * MostChildren) + place };
    }

    /// <summary>Key of the brick that planned this one; null for one that was planned with its run.</summary>
    public BrickKey? Parent => BrickIndex < MostChildren ? null : this with { BrickIndex = (BrickIndex / MostChildren) - 1 };
}
