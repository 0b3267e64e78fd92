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
        (int Row, int Place)[] lower = new (int, int)[rows.RowCount], upper = new (int, int)[rows.RowCount];
        for (int plane = 0; plane < rows.PlaneCount; plane++)
        {
            int below = Chain(rows.First(plane), lower, 1), above = Chain(rows.Last(plane), upper, -1);
            if (below == 0)
                continue;
            List<MeshVertex> hull = new(below + above);
            for (int i = 0; i < below; i++)
                hull.Add(rows.Vertex(plane, lower[i].Row, lower[i].Place));
            for (int i = 0; i < above; i++)
            {
                // The chains meet where a row has a single vertex; such an end must not count twice.
                if (upper[i] != lower[0] && upper[i] != lower[below - 1])
                    hull.Add(rows.Vertex(plane, upper[i].Row, upper[i].Place));
            }
            yield return hull;
        }
    }

    /// <summary>One side of a hull, row by row.</summary>
    /// <param name="places">Outermost vertex of each row on this side.</param>
    /// <param name="chain">Receives the hull vertices.</param>
    /// <param name="side">1 for the side of small places, −1 for the other.</param>
    /// <returns>How many there are.</returns>
    private static int Chain(ReadOnlySpan<int> places, (int Row, int Place)[] chain, int side)
    {
        int n = 0;
        for (int row = 0; row < places.Length; row++)
        {
            if (places[row] is PlaneRows.NoFirst or PlaneRows.NoLast)
                continue;
            while (n >= 2 && side * Turn(chain[n - 2], chain[n - 1], (row, places[row])) >= 0)
                n--;
            chain[n++] = (row, places[row]);
        }
        return n;
    }

    /// <summary>Twice the signed area of the triangle; positive where b lies on the far side of the line from a to c along the rows.</summary>
    private static long Turn((int Row, int Place) a, (int Row, int Place) b, (int Row, int Place) c) =>
        (long)(b.Place - a.Place) * (c.Row - a.Row) - (long)(b.Row - a.Row) * (c.Place - a.Place);
}
