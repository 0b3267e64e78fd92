using HccPipeline.Imaging;

namespace HccPipeline.Radiomics;

/// <summary>PyRadiomics' features of the shape of a region that lies in one slice.</summary>
/// <remarks>The outline is that of marching squares at half height, opposite corners of a square kept apart. Squares are counted by case, so that
/// the sums do not depend on their order.</remarks>
public sealed record Shape2D
{
    private Shape2D()
    {
    }

    /// <summary>Area within the outline, mm².</summary>
    public required double MeshSurface { get; init; }
    /// <summary>Number of pixels times the area of one, mm².</summary>
    public required double PixelSurface { get; init; }
    /// <summary>Length of the outline, mm.</summary>
    public required double Perimeter { get; init; }
    /// <summary>Largest distance between vertices of the outline, mm.</summary>
    public required double MaximumDiameter { get; init; }
    /// <summary>4·√λ₁, mm.</summary>
    public required double MajorAxisLength { get; init; }
    /// <summary>4·√λ₂, mm.</summary>
    public required double MinorAxisLength { get; init; }

    /// <summary>Measures a region.</summary>
    /// <param name="mask">Mask; every value but 0 is inside.</param>
    /// <param name="across">Axis from slice to slice.</param>
    /// <exception cref="RegionException">No voxel is inside, or the region reaches into several slices.</exception>
    public static Shape2D Of(Volume<byte> mask, Axis across)
    {
        VoxelBox box = Mask.BoundingBox(mask);
        int depth = across == Axis.X ? box.SizeX : across == Axis.Y ? box.SizeY : box.SizeZ;
        if (depth > 1)
            throw new RegionException($"The region reaches through {depth} slices along {across}; two-dimensional shape is defined within one.");
        PaddedMask padded = new(mask);
        Vector3D s = mask.Geometry.SpacingMm;
        (int columns, int rows, double dx, double dy) = across switch
        {
            Axis.X => (padded.SizeY, padded.SizeZ, s.Y, s.Z),
            Axis.Y => (padded.SizeX, padded.SizeZ, s.X, s.Z),
            _ => (padded.SizeX, padded.SizeY, s.X, s.Y),
        };
        int At(int column, int row) => across switch
        {
            Axis.X => padded.Inside[(row * padded.SizeY + column) * padded.SizeX + 1],
            Axis.Y => padded.Inside[(row * padded.SizeY + 1) * padded.SizeX + column],
            _ => padded.Inside[(padded.SizeY + row) * padded.SizeX + column],
        };
        (double area, double perimeter, List<(int X, int Y)> vertices) = Outline(columns, rows, dx, dy, At);
        PrincipalAxes axes = PrincipalAxes.Of(padded, s, Convention.PyRadiomics);
        return new()
        {
            MeshSurface = area,
            PixelSurface = Mask.Count(mask) * dx * dy,
            Perimeter = perimeter,
            MaximumDiameter = Diameter(vertices, dx / 2, dy / 2),
            MajorAxisLength = 4 * Math.Sqrt(axes.Major),
            MinorAxisLength = 4 * Math.Sqrt(axes.Minor),
        };
    }

    /// <summary>The ten values by name.</summary>
    public IReadOnlyList<FeatureValue> ToValues()
    {
        double sphericity = 2 * Math.Sqrt(Math.PI * MeshSurface) / Perimeter;
        return FeatureCatalogue.Values(FeatureFamily.Shape2D, "original",
        [
            MeshSurface, PixelSurface, Perimeter, Perimeter / MeshSurface, sphericity, 1 / sphericity, MaximumDiameter, MajorAxisLength, MinorAxisLength,
            MajorAxisLength > 0 ? MinorAxisLength / MajorAxisLength : 1,
        ]);
    }

    /// <summary>Area, length and vertices (in half pixels) of the outline.</summary>
    private static (double Area, double Perimeter, List<(int X, int Y)> Vertices) Outline(int columns, int rows, double dx, double dy, Func<int, int, int> at)
    {
        long eighths = 0, diagonals = 0, alongX = 0, alongY = 0;
        List<(int, int)> vertices = [];
        for (int y = 0; y < rows - 1; y++)
        {
            for (int x = 0; x < columns - 1; x++)
            {
                int a = at(x, y), b = at(x + 1, y), c = at(x, y + 1), d = at(x + 1, y + 1), inside = a + b + c + d;
                bool opposite = inside == 2 && a == d;
                eighths += inside switch { 0 => 0, 1 => 1, 2 => opposite ? 2 : 4, 3 => 7, _ => 8 };
                diagonals += inside is 1 or 3 ? 1 : opposite ? 2 : 0;
                alongX += inside == 2 && a == b ? 1 : 0;
                alongY += inside == 2 && a == c ? 1 : 0;
                // Every edge between two pixels belongs to two squares; the upper and the left one are taken here.
                if (a != b)
                    vertices.Add((2 * x + 1, 2 * y));
                if (a != c)
                    vertices.Add((2 * x, 2 * y + 1));
            }
        }
        return (eighths * dx * dy / 8, diagonals * Math.Sqrt(dx * dx + dy * dy) / 2 + alongX * dx + alongY * dy, vertices);
    }

    /// <summary>Only the two ends of a row can be farthest from anything.</summary>
    private static double Diameter(List<(int X, int Y)> vertices, double halfX, double halfY)
    {
        (int Y, int Low, int High)[] ends = [.. vertices.GroupBy(v => v.Y).Select(g => (g.Key, g.Min(v => v.X), g.Max(v => v.X)))];
        double largest = 0;
        foreach ((int y1, int low1, int high1) in ends)
        {
            foreach ((int y2, int low2, int high2) in ends)
            {
                double across = Math.Max(high1 - low2, high2 - low1) * halfX, down = (y1 - y2) * halfY;
                largest = Math.Max(largest, across * across + down * down);
            }
        }
        return Math.Sqrt(largest);
    }
}
