namespace HccPipeline.Radiomics;

/// <summary>Convex hulls of mesh vertices plane by plane.</summary>
internal static class PlanarHulls
{
    /// <summary>Hull vertices of each plane perpendicular to an axis (0 x, 1 y, 2 z) that holds vertices.</summary>
    internal static IEnumerable<List<MeshVertex>> Of(MeshVertex[] vertices, int axis)
    {
        if (vertices.Length == 0)
            yield break;
        PlaneRows rows = PlaneRows.Of(vertices, axis);
        List<MeshVertex> lower = [], upper = [];
        for (int plane = 0; plane < rows.PlaneCount; plane++)
        {
            lower.Clear();
            upper.Clear();
            for (int row = 0; row < rows.RowCount; row++)
            {
                if (rows.Ends(plane, row) is not { } ends)
                    continue;
                Push(lower, ends.First, rows, 1);
                Push(upper, ends.Last, rows, -1);
            }
            if (lower.Count == 0)
                continue;
            List<MeshVertex> hull = [.. lower];
            // The chains meet where a row has a single vertex; such an end must not count twice.
            foreach (MeshVertex v in upper)
            {
                if (v != lower[0] && v != lower[^1])
                    hull.Add(v);
            }
            yield return hull;
        }
    }

    private static void Push(List<MeshVertex> chain, MeshVertex v, PlaneRows rows, int side)
    {
        while (chain.Count >= 2 && side * rows.Turn(chain[^2], chain[^1], v) >= 0)
            chain.RemoveAt(chain.Count - 1);
        chain.Add(v);
    }
}
