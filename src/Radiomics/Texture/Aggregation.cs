namespace HccPipeline.Radiomics;

/// <summary>How texture matrices of slices and directions become one value (IBSI manual 3.6).</summary>
public enum Aggregation
{
    /// <summary>2D: a matrix per slice and direction, features averaged.</summary>
    SliceAveraged,

    /// <summary>2D: a slice's directions merged into one matrix, features averaged over slices (slice-merged).</summary>
    SliceMerged,

    /// <summary>2.5D: a direction's slices merged, features averaged over directions (direction-merged).</summary>
    DirectionMerged,

    /// <summary>2.5D: all slices and in-plane directions merged (fully merged).</summary>
    FullyMerged,

    /// <summary>3D: a matrix per direction, features averaged.</summary>
    VolumeAveraged,

    /// <summary>3D: all directions merged.</summary>
    VolumeMerged,
}

/// <summary>What the six aggregations mean for matrices with and without directions.</summary>
internal static class Aggregations
{
    /// <summary>Suffix of the name in the IBSI reference-value files.</summary>
    internal static string Suffix(Aggregation a, bool directional) => (a, directional) switch
    {
        (Aggregation.SliceAveraged, true) => "2D_avg",
        (Aggregation.SliceMerged, true) => "2D_comb",
        (Aggregation.DirectionMerged, true) => "2_5D_avg",
        (Aggregation.FullyMerged, true) => "2_5D_comb",
        (Aggregation.VolumeAveraged, true) => "3D_avg",
        (Aggregation.VolumeMerged, true) => "3D_comb",
        (Aggregation.SliceAveraged or Aggregation.SliceMerged, false) => "2D",
        (Aggregation.DirectionMerged or Aggregation.FullyMerged, false) => "2_5D",
        _ => "3D",
    };

    /// <summary>Whether neighbours lie in the same slice only.</summary>
    internal static bool IsPlanar(Aggregation a) => a < Aggregation.VolumeAveraged;

    /// <summary>Whether each slice has a matrix of its own.</summary>
    internal static bool IsPerSlice(Aggregation a) => a <= Aggregation.SliceMerged;

    /// <summary>Whether directions share a matrix.</summary>
    internal static bool MergesDirections(Aggregation a) => a is Aggregation.SliceMerged or Aggregation.FullyMerged or Aggregation.VolumeMerged;

    /// <summary>Groups of directions that share a matrix.</summary>
    internal static IEnumerable<Direction[]> DirectionGroups(Aggregation a)
    {
        Direction[] all = IsPlanar(a) ? Direction.InPlane : Direction.InSpace;
        return MergesDirections(a) ? [all] : all.Select(d => new[] { d });
    }

    /// <summary>Parts of the region that have a matrix of their own: slices, or the whole.</summary>
    internal static IEnumerable<ReadOnlyMemory<int>> Parts(LevelGrid grid, Aggregation a) =>
        IsPerSlice(a) ? grid.Slices() : [grid.Positions];

    /// <summary>Mean of features over matrices, those without entries left out.</summary>
    /// <param name="features">Features per matrix; null for a matrix without entries.</param>
    /// <returns>Null when no matrix has entries.</returns>
    internal static double[]? Mean(IEnumerable<double[]?> features)
    {
        double[]? sum = null;
        int n = 0;
        foreach (double[]? values in features)
        {
            if (values is null)
                continue;
            n++;
            if (sum is null)
            {
                sum = [.. values];
                continue;
            }
            for (int i = 0; i < sum.Length; i++)
                sum[i] += values[i];
        }
        for (int i = 0; sum is not null && i < sum.Length; i++)
            sum[i] /= n;
        return sum;
    }
}
