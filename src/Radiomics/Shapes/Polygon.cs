using HccPipeline.Imaging;

namespace HccPipeline.Radiomics;

/// <summary>Triangulations of a cell's loop of mesh vertices, in cell coordinates. Which one is taken decides area and volume in the third
/// digit; the rules here give those of the customary tables.</summary>
internal static class Polygon
{
    private const int LongestChosenByArea = 6;

    /// <summary>Up to six points: the largest area, of equals the one whose cone from the cell's centre has the smallest volume (either sign).
    /// Seven: the fan that encloses least, or most where the cell is the complement of a case.</summary>
    /// <returns>Triples of points in the loop's sense.</returns>
    internal static Vector3D[] Triangulate(Vector3D[] loop, bool complement)
    {
        if (loop.Length > LongestChosenByArea)
        {
            int sign = complement ? -1 : 1;
            return Enumerable.Range(0, loop.Length).Select(first => Fan([.. loop[first..], .. loop[..first]])).MinBy(t => Math.Round(sign * Cone(t), 9))!;
        }
        return All(loop).OrderByDescending(t => Math.Round(Area(t), 9)).ThenBy(t => Math.Round(Math.Abs(Cone(t)), 9)).First();
    }

    private static Vector3D[] Fan(Vector3D[] loop) =>
        [.. Enumerable.Range(1, loop.Length - 2).SelectMany(k => new[] { loop[0], loop[k], loop[k + 1] })];

    /// <summary>All triangulations: the side from last to first belongs to one triangle, whose third point splits the rest.</summary>
    private static IEnumerable<Vector3D[]> All(Vector3D[] loop)
    {
        if (loop.Length < 3)
            return [[]];
        return from k in Enumerable.Range(1, loop.Length - 2)
               from left in All(loop[..(k + 1)])
               from right in All(loop[k..])
               select (Vector3D[])[.. left, .. right, loop[0], loop[k], loop[^1]];
    }

    private static double Area(Vector3D[] t)
    {
        double area = 0;
        for (int i = 0; i < t.Length; i += 3)
            area += (t[i + 1] - t[i]).Cross(t[i + 2] - t[i]).Length / 2;
        return area;
    }

    private static double Cone(Vector3D[] t)
    {
        Vector3D centre = new(0.5, 0.5, 0.5);
        double volume = 0;
        for (int i = 0; i < t.Length; i += 3)
            volume += (t[i] - centre).Dot((t[i + 1] - centre).Cross(t[i + 2] - centre)) / 6;
        return volume;
    }
}
