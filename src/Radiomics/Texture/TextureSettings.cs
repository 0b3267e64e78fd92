using HccPipeline.Imaging;

namespace HccPipeline.Radiomics;

/// <summary>How much pairs and runs of a direction count by its length in mm.</summary>
public enum DistanceWeighting
{
    /// <summary>A matrix per direction, features averaged.</summary>
    None,

    /// <summary>One matrix; co-occurrence e^(−d²), run lengths d, d the sum of the components.</summary>
    Manhattan,

    /// <summary>The same, d the Euclidean length.</summary>
    Euclidean,

    /// <summary>The same, d the largest component.</summary>
    Infinity,

    /// <summary>One matrix, every direction alike.</summary>
    NoWeighting,
}

/// <summary>PyRadiomics' choices of texture.</summary>
public sealed record TextureSettings
{
    /// <summary>PyRadiomics' defaults: in space, neighbours at distance 1, symmetrical, without weights.</summary>
    public static TextureSettings Default { get; } = new();

    /// <summary>Axis along which slices are stacked: neighbours lie in one slice (force2D); null for neighbours in space.</summary>
    public Axis? BySlice { get; init; }

    /// <summary>Chebyshev distances of neighbours, voxels: co-occurrence, dependence and tone difference.</summary>
    public IReadOnlyList<int> Distances { get; init; } = [1];

    /// <summary>Weights of directions: co-occurrence and run lengths.</summary>
    public DistanceWeighting Weighting { get; init; }

    /// <summary>Whether a pair counts both ways in co-occurrence.</summary>
    public bool Symmetrical { get; init; } = true;

    /// <summary>Largest difference of grey levels that depend on each other (gldm_a).</summary>
    public int DependenceTolerance { get; init; }

    /// <summary>Directions to neighbours at some distances, one of each pair of opposites.</summary>
    internal Direction[] Directions(IReadOnlyCollection<int> distances)
    {
        int far = distances.Max();
        int x = BySlice == Axis.X ? 0 : far, y = BySlice == Axis.Y ? 0 : far, z = BySlice == Axis.Z ? 0 : far;
        List<Direction> all = [];
        for (int dz = 0; dz <= z; dz++)
        {
            for (int dy = -y; dy <= y; dy++)
            {
                for (int dx = -x; dx <= x; dx++)
                {
                    bool half = dz > 0 || dy > 0 || (dy == 0 && dx > 0);
                    if (half && distances.Contains(Math.Max(dz, Math.Max(Math.Abs(dy), Math.Abs(dx)))))
                        all.Add(new(dx, dy, dz));
                }
            }
        }
        return [.. all];
    }

    /// <summary>Length of a direction in mm by the norm of the weighting.</summary>
    internal double Length(Direction d, Vector3D spacing)
    {
        double x = Math.Abs(d.X) * spacing.X, y = Math.Abs(d.Y) * spacing.Y, z = Math.Abs(d.Z) * spacing.Z;
        return Weighting switch
        {
            DistanceWeighting.Manhattan => x + y + z,
            DistanceWeighting.Euclidean => Math.Sqrt(x * x + y * y + z * z),
            DistanceWeighting.Infinity => Math.Max(x, Math.Max(y, z)),
            _ => 1,
        };
    }
}
