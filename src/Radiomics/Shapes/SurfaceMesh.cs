using HccPipeline.Imaging;

namespace HccPipeline.Radiomics;

/// <summary>A mesh vertex in half voxels of the grid: coordinates are twice the voxel index, odd on the axis of the cut edge.</summary>
internal readonly record struct MeshVertex(int X2, int Y2, int Z2)
{
    /// <summary>Position along the grid's axes, mm, voxel (0, 0, 0) at 0.</summary>
    internal Vector3D Position(Vector3D spacing) => new(X2 * 0.5 * spacing.X, Y2 * 0.5 * spacing.Y, Z2 * 0.5 * spacing.Z);
}

/// <summary>Surface of a mask by marching cubes at half height.</summary>
/// <param name="VolumeMm3">Enclosed volume, mm³.</param>
/// <param name="AreaMm2">Area, mm².</param>
/// <param name="Vertices">All vertices, each once.</param>
internal sealed record SurfaceMesh(double VolumeMm3, double AreaMm2, MeshVertex[] Vertices)
{
    private static readonly Lazy<Vector3D[][]> s_closed = new(() => MarchingCubesTable.Generate(AmbiguousFaces.SeparateInside));
    private static readonly Lazy<Vector3D[][]> s_byCorner = new(() => MarchingCubesTable.Generate(AmbiguousFaces.ByCorner));

    /// <summary>Measures the surface. Cells are only counted per case and their positions added as integers, so that the result does
    /// not depend on the order of the cells.</summary>
    internal static SurfaceMesh Of(PaddedMask mask, Vector3D spacing, AmbiguousFaces rule)
    {
        long[] count = new long[256], sumX = new long[256], sumY = new long[256], sumZ = new long[256];
        // As many as the faces of the box are what a convex region's surface cuts at most; a jagged one makes the list grow.
        VoxelBox box = mask.Box;
        List<MeshVertex> vertices = new(2 * (box.SizeX * box.SizeY + box.SizeY * box.SizeZ + box.SizeZ * box.SizeX));
        int width = mask.SizeX, rows = mask.SizeX * mask.SizeY;
        ReadOnlySpan<byte> inside = mask.Inside;
        for (int z = 0; z < mask.SizeZ - 1; z++)
        {
            for (int y = 0; y < mask.SizeY - 1; y++)
            {
                int at = z * rows + y * width;
                ReadOnlySpan<byte> r0 = inside.Slice(at, width), r1 = inside.Slice(at + width, width);
                ReadOnlySpan<byte> r2 = inside.Slice(at + rows, width), r3 = inside.Slice(at + rows + width, width);
                int near = 0;
                for (int x = 0; x < width - 1; x++)
                {
                    int far = r0[x + 1] | r1[x + 1] << 2 | r2[x + 1] << 4 | r3[x + 1] << 6;
                    int corners = near | far << 1;
                    near = far;
                    if (corners is 0 or 255)
                        continue;
                    count[corners]++;
                    sumX[corners] += x;
                    sumY[corners] += y;
                    sumZ[corners] += z;
                    AddVertices(corners, mask.Box.X + x - 1, mask.Box.Y + y - 1, mask.Box.Z + z - 1, vertices);
                }
            }
        }
        (double volume, double area) = Measure(count, sumX, sumY, sumZ, spacing, (rule == AmbiguousFaces.ByCorner ? s_byCorner : s_closed).Value);
        return new(volume, area, [.. vertices]);
    }

    /// <summary>The cut edges that begin at the cell's first corner; the others belong to a neighbour.</summary>
    private static void AddVertices(int corners, int x, int y, int z, List<MeshVertex> to)
    {
        int first = corners & 1;
        if ((corners >> 1 & 1) != first) to.Add(new(2 * x + 1, 2 * y, 2 * z));
        if ((corners >> 2 & 1) != first) to.Add(new(2 * x, 2 * y + 1, 2 * z));
        if ((corners >> 4 & 1) != first) to.Add(new(2 * x, 2 * y, 2 * z + 1));
    }

    /// <summary>6·V of a triangle moved by o is a·(b×c) + o·(a×b + b×c + c×a): linear in the cells' positions.</summary>
    private static (double Volume, double Area) Measure(
        long[] count, long[] sumX, long[] sumY, long[] sumZ, Vector3D spacing, Vector3D[][] table)
    {
        double six = 0, area = 0;
        for (int corners = 1; corners < 255; corners++)
        {
            if (count[corners] == 0)
                continue;
            Vector3D moved = new(sumX[corners] * spacing.X, sumY[corners] * spacing.Y, sumZ[corners] * spacing.Z);
            Vector3D[] points = table[corners];
            for (int t = 0; t < points.Length; t += 3)
            {
                Vector3D a = Scale(points[t], spacing), b = Scale(points[t + 1], spacing), c = Scale(points[t + 2], spacing);
                Vector3D normal = (b - a).Cross(c - a);
                six += count[corners] * a.Dot(b.Cross(c)) + moved.Dot(normal);
                area += count[corners] * normal.Length / 2;
            }
        }
        return (six / 6, area);
    }

    private static Vector3D Scale(Vector3D p, Vector3D spacing) => new(p.X * spacing.X, p.Y * spacing.Y, p.Z * spacing.Z);
}
