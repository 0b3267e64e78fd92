using HccPipeline.Imaging;

namespace HccPipeline.Radiomics;

/// <summary>Points that cover a sphere evenly: an icosahedron whose edges are halved and put back on the sphere again and again.</summary>
internal static class Icosphere
{
    /// <summary>Points of the unit sphere; 12, then 42, 162, …</summary>
    internal static Vector3D[] Points(int subdivisions)
    {
        double golden = (1 + Math.Sqrt(5)) / 2;
        List<Vector3D> points = [];
        foreach (int a in (int[])[-1, 1])
        {
            foreach (int b in (int[])[-1, 1])
                points.AddRange([new(a, b * golden, 0), new(0, a, b * golden), new(b * golden, 0, a)]);
        }
        List<(int A, int B, int C)> faces = Faces(points);
        for (int i = 0; i < points.Count; i++)
            points[i] = points[i].Normalized();
        for (int level = 0; level < subdivisions; level++)
        {
            Dictionary<(int, int), int> middles = [];
            int Middle(int p, int q)
            {
                (int, int) edge = (Math.Min(p, q), Math.Max(p, q));
                if (!middles.TryGetValue(edge, out int middle))
                {
                    middles[edge] = middle = points.Count;
                    points.Add((points[p] + points[q]).Normalized());
                }
                return middle;
            }
            faces = [.. faces.SelectMany(f =>
            {
                (int ab, int bc, int ca) = (Middle(f.A, f.B), Middle(f.B, f.C), Middle(f.C, f.A));
                return new[] { (f.A, ab, ca), (f.B, bc, ab), (f.C, ca, bc), (ab, bc, ca) };
            })];
        }
        return [.. points];
    }

    /// <summary>Triples of corners at the distance of an edge, which is 2.</summary>
    private static List<(int, int, int)> Faces(List<Vector3D> corners)
    {
        bool IsEdge(int p, int q) => Math.Abs((corners[p] - corners[q]).Length - 2) < 1e-9;
        List<(int, int, int)> faces = [];
        for (int a = 0; a < corners.Count; a++)
        {
            for (int b = a + 1; b < corners.Count; b++)
            {
                for (int c = b + 1; c < corners.Count; c++)
                {
                    if (IsEdge(a, b) && IsEdge(b, c) && IsEdge(c, a))
                        faces.Add((a, b, c));
                }
            }
        }
        return faces;
    }
}
