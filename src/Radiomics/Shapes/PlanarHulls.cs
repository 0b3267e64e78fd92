namespace HccPipeline.Radiomics;

/// <summary>Convex hulls of mesh vertices plane by plane.</summary>
internal static class PlanarHulls
{
    /// <summary>Hull vertices of each plane perpendicular to an axis (0 x, 1 y, 2 z) that holds vertices.</summary>
    internal static IEnumerable<List<MeshVertex>> Of(MeshVertex[] vertices, int axis)
    {
        if (vertices.Length == 0)
            yield break;
        int rowAxis = axis == 1 ? 2 : axis == 2 ? 1 : 2;
        (int low, int planes) = Extent(vertices, axis);
        (int rowLow, int rows) = Extent(vertices, rowAxis);
        // Only the two ends of a row can be hull vertices.
        MeshVertex[] first = new MeshVertex[planes * rows], last = new MeshVertex[planes * rows];
        bool[] used = new bool[planes * rows];
        int along = 3 - axis - rowAxis;
        foreach (MeshVertex v in vertices)
        {
            int row = (At(v, axis) - low) * rows + At(v, rowAxis) - rowLow;
            if (!used[row] || At(v, along) < At(first[row], along)) first[row] = v;
            if (!used[row] || At(v, along) > At(last[row], along)) last[row] = v;
            used[row] = true;
        }
        for (int plane = 0; plane < planes; plane++)
        {
            List<MeshVertex> lower = [], upper = [];
            for (int row = plane * rows; row < (plane + 1) * rows; row++)
            {
                if (!used[row])
                    continue;
                Push(lower, first[row], along, rowAxis, 1);
                Push(upper, last[row], along, rowAxis, -1);
            }
            if (lower.Count == 0)
                continue;
            // The chains meet where a row has a single vertex; such an end must not count twice.
            foreach (MeshVertex v in upper)
            {
                if (v != lower[0] && v != lower[^1])
                    lower.Add(v);
            }
            yield return lower;
        }
    }

    private static void Push(List<MeshVertex> chain, MeshVertex v, int along, int rowAxis, int side)
    {
        while (chain.Count >= 2 && side * Turn(chain[^2], chain[^1], v, along, rowAxis) >= 0)
            chain.RemoveAt(chain.Count - 1);
        chain.Add(v);
    }

    /// <summary>Twice the signed area of the triangle; positive where b lies on the far side of the line from a to c along the rows.</summary>
    private static long Turn(MeshVertex a, MeshVertex b, MeshVertex c, int along, int rowAxis)
    {
        long dx1 = At(b, along) - At(a, along), dy1 = At(b, rowAxis) - At(a, rowAxis);
        long dx2 = At(c, along) - At(a, along), dy2 = At(c, rowAxis) - At(a, rowAxis);
        return dx1 * dy2 - dy1 * dx2;
    }

    private static (int Low, int Count) Extent(MeshVertex[] vertices, int axis)
    {
        int low = int.MaxValue, high = int.MinValue;
        foreach (MeshVertex v in vertices)
        {
            low = Math.Min(low, At(v, axis));
            high = Math.Max(high, At(v, axis));
        }
        return (low, high - low + 1);
    }

    private static int At(MeshVertex v, int axis) => axis == 0 ? v.X2 : axis == 1 ? v.Y2 : v.Z2;
}
