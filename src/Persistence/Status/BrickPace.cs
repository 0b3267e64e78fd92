namespace HccPipeline.Persistence.Status;

/// <summary>What was done of one kind within a span of time.</summary>
/// <param name="Done">Bricks.</param>
/// <param name="Seconds">Time that they took, together.</param>
/// <param name="Voxels">Region voxels in them.</param>
internal readonly record struct DoneOfLate(int Done, double Seconds, long Voxels);

/// <summary>Tells from what was done of late when the rest will be. Pure.</summary>
/// <param name="BricksPerSecond">Bricks a second; null without any.</param>
/// <param name="VoxelsPerSecond">Region voxels a second; null without any.</param>
/// <param name="SecondsLeft">Seconds for what is left; null where nothing tells.</param>
internal readonly record struct BrickPace(double? BricksPerSecond, double? VoxelsPerSecond, double? SecondsLeft)
{
    /// <param name="spanSeconds">Length of the span.</param>
    /// <param name="late">What was done in it, by kind.</param>
    /// <param name="left">What is left, by kind.</param>
    /// <param name="meanSeconds">Mean time of a brick before, by kind, for kinds of which none was done of late.</param>
    public static BrickPace Of(
        double spanSeconds, IReadOnlyDictionary<string, DoneOfLate> late, IReadOnlyDictionary<string, int> left, IReadOnlyDictionary<string, double> meanSeconds)
    {
        int done = late.Values.Sum(d => d.Done);
        if (done == 0 || spanSeconds <= 0)
            return new(null, null, left.Values.Sum() == 0 ? 0 : null);
        double worked = late.Values.Sum(d => d.Seconds);
        double mean = worked / done;
        // Bricks of one kind take many times as long as those of another: what is left is counted in work, not in bricks.
        double work = left.Sum(kind => kind.Value * (late.TryGetValue(kind.Key, out DoneOfLate d) && d.Done > 0 ? d.Seconds / d.Done : meanSeconds.GetValueOrDefault(kind.Key, mean)));
        double pace = worked / spanSeconds;
        long voxels = late.Values.Sum(d => d.Voxels);
        return new(done / spanSeconds, voxels > 0 ? voxels / spanSeconds : null, pace > 0 ? work / pace : null);
    }
}
