namespace HccPipeline.Radiomics;

/// <summary>How an image continues beyond its edge for a filter (IBSI 2 manual, 2.1).</summary>
public enum Boundary
{
    /// <summary>By zeros.</summary>
    Zero,

    /// <summary>By its last voxel.</summary>
    Nearest,

    /// <summary>From its other end.</summary>
    Periodic,

    /// <summary>Mirrored, the last voxel doubled.</summary>
    Mirror,
}

/// <summary>Places beyond an edge.</summary>
internal static class Boundaries
{
    /// <summary>Index of the voxel that stands for place i of an axis of n; −1 for a zero.</summary>
    internal static int Index(int i, int n, Boundary boundary)
    {
        if ((uint)i < (uint)n)
            return i;
        switch (boundary)
        {
            case Boundary.Zero:
                return -1;
            case Boundary.Nearest:
                return i < 0 ? 0 : n - 1;
            case Boundary.Periodic:
                return ((i % n) + n) % n;
            default:
                int r = ((i % (2 * n)) + 2 * n) % (2 * n);
                return r < n ? r : 2 * n - 1 - r;
        }
    }
}
