using CsCheck;

namespace HccPipeline.Imaging.Tests;

public sealed class ContourRasteriserTests
{
    private static readonly Geometry s_grid = new()
    {
        SizeX = 20,
        SizeY = 16,
        SizeZ = 3,
        SpacingMm = new(2, 1.5, 4),
        Origin = new(-10, 7, 30),
        XAxis = new(0, 1, 0),
        YAxis = new(0, 0, -1),
        ZAxis = new(-1, 0, 0),
    };

    private static Vector3D[] Polygon(params (double X, double Y)[] corners) => [.. corners.Select(c => new Vector3D(c.X, c.Y, 0))];

    private static Volume<byte> Fill(int slice, params Vector3D[][] contours)
    {
        Volume<byte> mask = new(s_grid);
        foreach (Vector3D[] contour in contours)
            ContourRasteriser.Toggle(mask, contour, slice);
        return mask;
    }

    private static string Row(Volume<byte> mask, int y, int z) => string.Concat(Enumerable.Range(0, 20).Select(x => mask[x, y, z]));

    [Fact]
    public void Toggle_RectangleWithHole_CountsCentres()
    {
        Vector3D[] outer = Polygon((1.5, 0.5), (9.5, 0.5), (9.5, 6.5), (1.5, 6.5)), hole = Polygon((3.5, 2.5), (5.5, 2.5), (5.5, 4.5), (3.5, 4.5));
        Volume<byte> mask = Fill(1, outer, hole);
        Assert.Equal(8 * 6 - 2 * 2, Mask.Count(mask));
        Assert.Equal("00111111110000000000", Row(mask, 1, 1));
        Assert.Equal("00110011110000000000", Row(mask, 3, 1));
        Assert.Equal("00000000000000000000", Row(mask, 3, 0));
    }

    /// <summary>Against the winding of angles around each centre, for star-shaped polygons.</summary>
    [Fact]
    public void Toggle_RandomPolygons_EqualsPointInPolygon() => Gen.Double[1.5, 7.3].Array[9].Sample(radii =>
    {
        (double X, double Y)[] corners = [.. radii.Select((r, k) => (9.13 + r * Math.Cos(k * Math.Tau / 9), 7.71 + r * Math.Sin(k * Math.Tau / 9)))];
        Volume<byte> mask = Fill(2, Polygon(corners));
        for (int y = 0; y < 16; y++)
        {
            for (int x = 0; x < 20; x++)
            {
                double winding = 0;
                for (int k = 0; k < 9; k++)
                {
                    (double ax, double ay) = (corners[k].X - x, corners[k].Y - y);
                    (double bx, double by) = (corners[(k + 1) % 9].X - x, corners[(k + 1) % 9].Y - y);
                    winding += Math.Atan2(ax * by - ay * bx, ax * bx + ay * by);
                }
                Assert.Equal(Math.Abs(winding) > 1 ? 1 : 0, mask[x, y, 2]);
            }
        }
    }, iter: 100, seed: "0000KOIPe036");

    /// <summary>A rectangle cut in two by a slanting line, which each half draws in its own direction.</summary>
    [Fact]
    public void Toggle_NeighboursThatShareAnEdge_ShareNoVoxelAndLeaveNone() => Gen.Double[1, 9].Array[2].Sample(cut =>
    {
        Volume<byte> left = Fill(0, Polygon((1, 1), (cut[0], 1), (cut[1], 9), (1, 9)));
        Volume<byte> right = Fill(0, Polygon((cut[0], 1), (9, 1), (9, 9), (cut[1], 9)));
        for (int y = 1; y < 9; y++)
        {
            for (int x = 1; x < 9; x++)
                Assert.Equal(1, left[x, y, 0] + right[x, y, 0]);
        }
        Assert.Equal(64, Mask.Count(left) + Mask.Count(right));
    }, iter: 200, seed: "0000KOIPe036");

    [Fact]
    public void Toggle_ContourBeyondTheSlice_IsCutOff()
    {
        Volume<byte> mask = Fill(2, Polygon((-1e30, 3.5), (1e30, 3.5), (1e30, 1e30), (-1e30, 1e30)));
        Assert.Equal(20 * 12, Mask.Count(mask));
        Assert.Equal("00000000000000000000", Row(mask, 3, 2));
        Assert.Equal("11111111111111111111", Row(mask, 4, 2));
    }
}
