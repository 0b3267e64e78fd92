using HccPipeline.Imaging;

namespace HccPipeline.Radiomics;

/// <summary>Triangulations of a short loop of points in space.</summary>
internal static class Polygon
{
    /// <summary>The triangulation of largest area (the first of equals), as triples of points in the loop's sense.</summary>
    internal static Vector3D[] LargestTriangulation(Vector3D[] loop) => Best(loop).Triangles;

    private static (double Area, Vector3D[] Triangles) Best(Vector3D[] loop)
    {
        if (loop.Length < 3)
            return (0, []);
        (double Area, Vector3D[] Triangles) best = (double.NegativeInfinity, []);
        (Vector3D first, Vector3D last) = (loop[0], loop[^1]);
        for (int k = 1; k < loop.Length - 1; k++)
        {
            (double left, Vector3D[] leftTriangles) = Best(loop[..(k + 1)]);
            (double right, Vector3D[] rightTriangles) = Best(loop[k..]);
            double area = left + right + (loop[k] - first).Cross(last - first).Length / 2;
            if (area > best.Area + 1e-12)
                best = (area, [.. leftTriangles, .. rightTriangles, first, loop[k], last]);
        }
        return best;
    }
}
