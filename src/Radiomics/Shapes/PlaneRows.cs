namespace HccPipeline.Radiomics;

/// <summary>The two ends of every row of vertices in every plane perpendicular to an axis: only they can be hull vertices.</summary>
internal sealed class PlaneRows
{
    internal const int NoFirst = int.MaxValue, NoLast = int.MinValue;

    // Rows run along y in planes of x and along x in the others; a plane's rows follow each other along what is left.
    private readonly int _axis, _rowAxis, _along, _low, _rowLow;
    private readonly int[] _first, _last;

    private PlaneRows(int axis, int rowAxis, (int Low, int Count) planes, (int Low, int Count) rows)
    {
        (_axis, _rowAxis, _along) = (axis, rowAxis, 3 - axis - rowAxis);
        (_low, PlaneCount) = planes;
        (_rowLow, RowCount) = rows;
        _first = new int[PlaneCount * RowCount];
        _last = new int[PlaneCount * RowCount];
        Array.Fill(_first, NoFirst);
        Array.Fill(_last, NoLast);
    }

    /// <summary>Planes from the first that holds a vertex to the last.</summary>
    internal int PlaneCount { get; }

    /// <summary>Rows from the first that holds a vertex, in any plane, to the last.</summary>
    internal int RowCount { get; }

    /// <summary>Finds the ends.</summary>
    /// <param name="vertices">Vertices, at least one.</param>
    /// <param name="axis">Axis perpendicular to the planes: 0 x, 1 y, 2 z.</param>
    internal static PlaneRows Of(ReadOnlySpan<MeshVertex> vertices, int axis)
    {
        int rowAxis = axis == 2 ? 1 : 2;
        PlaneRows rows = new(axis, rowAxis, Extent(vertices, axis), Extent(vertices, rowAxis));
        foreach (MeshVertex v in vertices)
        {
            int row = (At(v, axis) - rows._low) * rows.RowCount + At(v, rowAxis) - rows._rowLow, place = At(v, rows._along);
            rows._first[row] = Math.Min(rows._first[row], place);
            rows._last[row] = Math.Max(rows._last[row], place);
        }
        return rows;
    }

    /// <summary>Places of the first vertices of a plane's rows; <see cref="NoFirst"/> where a row has none.</summary>
    internal ReadOnlySpan<int> First(int plane) => _first.AsSpan(plane * RowCount, RowCount);

    /// <summary>Places of the last vertices of a plane's rows; <see cref="NoLast"/> where a row has none.</summary>
    internal ReadOnlySpan<int> Last(int plane) => _last.AsSpan(plane * RowCount, RowCount);

    /// <summary>The vertex at a place of a row.</summary>
    internal MeshVertex Vertex(int plane, int row, int place) => _axis switch
    {
        0 => new(plane + _low, place, row + _rowLow),
        1 => new(place, plane + _low, row + _rowLow),
        _ => new(place, row + _rowLow, plane + _low),
    };

    private static (int Low, int Count) Extent(ReadOnlySpan<MeshVertex> vertices, int axis)
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
