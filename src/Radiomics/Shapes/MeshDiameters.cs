using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using HccPipeline.Imaging;

namespace HccPipeline.Radiomics;

/// <summary>Largest distances between mesh vertices: in space, and within planes of one x, y or z.</summary>
/// <remarks>Farthest pairs are pairs of hull vertices. Every plane's two-dimensional hull comes from its rows' two ends in one sweep with
/// exact integers (hulls don't change under the grid's scaling); what survives the hulls of all three plane directions is compared,
/// far ones first. The brute-force answer at a fraction of its pairs.</remarks>
internal sealed record MeshDiameters(double Space, double PlaneX, double PlaneY, double PlaneZ)
{
    internal static MeshDiameters Of(MeshVertex[] vertices, Vector3D spacing)
    {
        (double planeZ, MeshVertex[] left) = AlongAxis(vertices, spacing, 2);
        (double planeX, _) = AlongAxis(vertices, spacing, 0);
        (double planeY, _) = AlongAxis(vertices, spacing, 1);
        for (int axis = 0; axis < 2; axis++)
            left = [.. PlanarHulls.Of(left, axis).SelectMany(hull => hull)];
        return new(InSpace(left, spacing), planeX, planeY, planeZ);
    }

    /// <summary>Largest distance within a plane, and the vertices that are hull vertices of their plane.</summary>
    private static (double Diameter, MeshVertex[] Hulls) AlongAxis(MeshVertex[] vertices, Vector3D spacing, int axis)
    {
        double largest = 0;
        List<MeshVertex> hulls = [];
        foreach (List<MeshVertex> hull in PlanarHulls.Of(vertices, axis))
        {
            largest = Math.Max(largest, LargestSquare(CollectionsMarshal.AsSpan(hull), spacing));
            hulls.AddRange(hull);
        }
        return (Math.Sqrt(largest), [.. hulls]);
    }

    private static double LargestSquare(ReadOnlySpan<MeshVertex> hull, Vector3D spacing)
    {
        double largest = 0;
        for (int i = 0; i < hull.Length; i++)
        {
            MeshVertex from = hull[i];
            foreach (MeshVertex to in hull[(i + 1)..])
                largest = Math.Max(largest, Square(from, to, spacing));
        }
        return largest;
    }

    private static double InSpace(MeshVertex[] candidates, Vector3D spacing)
    {
        Vector3D centre = Vector3D.Zero;
        foreach (MeshVertex v in candidates)
            centre += v.Position(spacing);
        centre *= 1.0 / candidates.Length;
        double[] radius = [.. candidates.Select(v => (v.Position(spacing) - centre).Length)];
        Array.Sort(radius, candidates);
        Array.Reverse(radius);
        Array.Reverse(candidates);
        double largest = 0, reach = 0;
        for (int i = 0; i < candidates.Length; i++)
        {
            for (int j = i + 1; j < candidates.Length && (radius[i] + radius[j]) * (1 + 1e-12) >= reach; j++)
            {
                double square = Square(candidates[i], candidates[j], spacing);
                if (square > largest)
                    (largest, reach) = (square, Math.Sqrt(square));
            }
        }
        return reach;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double Square(MeshVertex a, MeshVertex b, Vector3D spacing)
    {
        double x = (a.X2 - b.X2) * 0.5 * spacing.X, y = (a.Y2 - b.Y2) * 0.5 * spacing.Y, z = (a.Z2 - b.Z2) * 0.5 * spacing.Z;
        return x * x + y * y + z * z;
    }
}
