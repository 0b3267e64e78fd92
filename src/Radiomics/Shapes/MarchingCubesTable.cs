using HccPipeline.Imaging;

namespace HccPipeline.Radiomics;

/// <summary>How a cell's faces with two inside corners on a diagonal are cut.</summary>
internal enum AmbiguousFaces
{
    /// <summary>Each inside corner by itself, everywhere: neighbouring cells agree, the mesh is closed.</summary>
    SeparateInside,

    /// <summary>As <see cref="SeparateInside"/>, but the outside corners by themselves where the cell's corner (0, 1, 1) is inside:
    /// what a table of 128 cases and their complements gives, and so what PyRadiomics measures.</summary>
    ByCorner,
}

/// <summary>Triangles of the 256 cases of marching cubes at half height, generated: corner c of a cell lies at
/// (c &amp; 1, c &gt;&gt; 1 &amp; 1, c &gt;&gt; 2); a mesh vertex is the midpoint of an edge with one corner inside.</summary>
/// <remarks>On each face the cut runs from the edge where a walk around the face (counter-clockwise, seen from outside) enters the
/// region to the one where it leaves; the cuts of six faces join to loops. <see cref="Polygon"/> makes triangles of them.</remarks>
internal static class MarchingCubesTable
{
    private const int PyRadiomicsLastCorner = 6;

    /// <summary>Triangles per case: triples of points in cell coordinates, outward normals.</summary>
    internal static Vector3D[][] Generate(AmbiguousFaces rule) =>
        [.. Enumerable.Range(0, 256).Select(corners => Triangles(corners, rule))];

    private static Vector3D[] Triangles(int corners, AmbiguousFaces rule)
    {
        bool separateOutside = rule == AmbiguousFaces.ByCorner && (corners >> PyRadiomicsLastCorner & 1) == 1;
        Dictionary<int, int> next = [];
        foreach (int[] face in s_faces)
            AddCuts(face, corners, separateOutside, next);
        List<Vector3D> triangles = [];
        HashSet<int> seen = [];
        foreach (int first in next.Keys.Order())
        {
            List<Vector3D> loop = [];
            for (int edge = first; seen.Add(edge); edge = next[edge])
                loop.Add(Midpoint(edge));
            if (loop.Count > 0)
                triangles.AddRange(Polygon.Triangulate([.. loop], separateOutside));
        }
        return [.. triangles];
    }

    private static void AddCuts(int[] face, int corners, bool separateOutside, Dictionary<int, int> next)
    {
        bool Inside(int k) => (corners >> face[k & 3] & 1) == 1;
        for (int k = 0; k < 4; k++)
        {
            // An arc of corners of one kind, found at its first corner.
            if (Inside(k) == separateOutside || Inside(k + 3) != separateOutside)
                continue;
            int end = k;
            while (Inside(end + 1) != separateOutside)
                end++;
            int before = Edge(face[(k + 3) & 3], face[k]), after = Edge(face[end & 3], face[(end + 1) & 3]);
            if (separateOutside)
                next[after] = before;
            else
                next[before] = after;
        }
    }

    /// <summary>Faces as corners, counter-clockwise seen from outside.</summary>
    private static readonly int[][] s_faces = [[0, 2, 3, 1], [4, 5, 7, 6], [0, 1, 5, 4], [2, 6, 7, 3], [0, 4, 6, 2], [1, 3, 7, 5]];

    private static int Edge(int a, int b) => Math.Min(a, b) * 8 + Math.Max(a, b);

    private static Vector3D Midpoint(int edge)
    {
        (int a, int b) = (edge / 8, edge % 8);
        return new(((a & 1) + (b & 1)) / 2.0, ((a >> 1 & 1) + (b >> 1 & 1)) / 2.0, ((a >> 2) + (b >> 2)) / 2.0);
    }
}
