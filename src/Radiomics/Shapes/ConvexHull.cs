using HccPipeline.Imaging;

namespace HccPipeline.Radiomics;

/// <summary>Volume and area of the convex hull of mesh vertices.</summary>
/// <remarks>Incremental hull with exact integer orientation tests: a face sees a point only if it lies strictly above it, so that points
/// in one plane or on one line can't make a face without area.</remarks>
internal sealed record ConvexHull(double VolumeMm3, double AreaMm2)
{
    private readonly record struct Face(int A, int B, int C);

    internal static ConvexHull Of(MeshVertex[] vertices, Vector3D spacing)
    {
        // Only hull vertices of their plane can be hull vertices in space, in each of the three families of planes.
        MeshVertex[] p = vertices;
        for (int axis = 0; axis < 3; axis++)
            p = [.. PlanarHulls.Of(p, axis).SelectMany(hull => hull)];
        List<Face> faces = Tetrahedron(p);
        HashSet<(int, int)> horizon = [];
        for (int k = 0; k < p.Length; k++)
        {
            horizon.Clear();
            for (int f = faces.Count - 1; f >= 0; f--)
            {
                Face face = faces[f];
                if (Above(p, face, k) <= 0)
                    continue;
                faces[f] = faces[^1];
                faces.RemoveAt(faces.Count - 1);
                // An edge between two faces that see the point cancels; what is left is the horizon.
                foreach ((int a, int b) in ((int, int)[])[(face.A, face.B), (face.B, face.C), (face.C, face.A)])
                {
                    if (!horizon.Remove((b, a)))
                        horizon.Add((a, b));
                }
            }
            foreach ((int a, int b) in horizon)
                faces.Add(new(a, b, k));
        }
        return Measure(p, faces, spacing);
    }

    private static ConvexHull Measure(MeshVertex[] p, List<Face> faces, Vector3D spacing)
    {
        double six = 0, area = 0;
        Vector3D origin = p[0].Position(spacing);
        // Sorted, so that sums do not depend on the order of a hash set.
        foreach (Face f in faces.OrderBy(f => f.A).ThenBy(f => f.B).ThenBy(f => f.C))
        {
            Vector3D a = p[f.A].Position(spacing) - origin, b = p[f.B].Position(spacing) - origin, c = p[f.C].Position(spacing) - origin;
            six += a.Dot(b.Cross(c));
            area += (b - a).Cross(c - a).Length / 2;
        }
        return new(six / 6, area);
    }

    private static List<Face> Tetrahedron(MeshVertex[] p)
    {
        // A marching-cubes mesh is never flat: four vertices off one plane exist.
        int b = Array.FindIndex(p, v => v != p[0]);
        int c = Enumerable.Range(0, p.Length).First(k => !Collinear(p[0], p[b], p[k]));
        int d = Enumerable.Range(0, p.Length).First(k => Above(p, new(0, b, c), k) != 0);
        if (Above(p, new(0, b, c), d) > 0)
            (b, c) = (c, b);
        return [new(0, b, c), new(0, c, d), new(0, d, b), new(b, d, c)];
    }

    private static bool Collinear(MeshVertex a, MeshVertex b, MeshVertex c)
    {
        long ux = b.X2 - a.X2, uy = b.Y2 - a.Y2, uz = b.Z2 - a.Z2, vx = c.X2 - a.X2, vy = c.Y2 - a.Y2, vz = c.Z2 - a.Z2;
        return uy * vz == uz * vy && uz * vx == ux * vz && ux * vy == uy * vx;
    }

    /// <summary>Six times the volume of the tetrahedron; positive where the point is on the outer side of the face.</summary>
    private static long Above(MeshVertex[] p, Face f, int k)
    {
        MeshVertex a = p[f.A], b = p[f.B], c = p[f.C], d = p[k];
        long ux = b.X2 - a.X2, uy = b.Y2 - a.Y2, uz = b.Z2 - a.Z2, vx = c.X2 - a.X2, vy = c.Y2 - a.Y2, vz = c.Z2 - a.Z2;
        long wx = d.X2 - a.X2, wy = d.Y2 - a.Y2, wz = d.Z2 - a.Z2;
        return wx * (uy * vz - uz * vy) + wy * (uz * vx - ux * vz) + wz * (ux * vy - uy * vx);
    }
}
