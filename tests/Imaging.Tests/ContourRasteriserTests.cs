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

    private static Vector3D[] Polygon(int slice, params (double X, double Y)[] corners) => [.. corners.Select(c => s_grid.ToPatient(c.X, c.Y, slice))];

    private static string Row(Volume<byte> mask, int y, int z) => string.Concat(Enumerable.Range(0, 20).Select(x => mask[x, y, z]));

    [Fact]
    public void Fill_RectangleWithHole_CountsCentres()
    {
        Vector3D[] outer = Polygon(1, (1.5, 0.5), (9.5, 0.5), (9.5, 6.5), (1.5, 6.5)), hole = Polygon(1, (3.5, 2.5), (5.5, 2.5), (5.5, 4.5), (3.5, 4.5));
        Volume<byte> mask = ContourRasteriser.Fill([outer, hole], s_grid);
        Assert.Equal(8 * 6 - 2 * 2, Mask.Count(mask));
        Assert.Equal("00111111110000000000", Row(mask, 1, 1));
        Assert.Equal("00110011110000000000", Row(mask, 3, 1));
        Assert.Equal("00000000000000000000", Row(mask, 3, 0));
    }

    /// <summary>Against the winding of angles around each centre, for star-shaped polygons.</summary>
    [Fact]
    public void Fill_RandomPolygons_EqualsPointInPolygon() => Gen.Double[1.5, 7.3].Array[9].Sample(radii =>
    {
        (double X, double Y)[] corners = [.. radii.Select((r, k) => (9.13 + r * Math.Cos(k * Math.Tau / 9), 7.71 + r * Math.Sin(k * Math.Tau / 9)))];
        Volume<byte> mask = ContourRasteriser.Fill([Polygon(2, corners)], s_grid);
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

    [Fact]
    public void Fill_NeighboursThatShareAnEdge_ShareNoVoxel()
    {
        Volume<byte> left = ContourRasteriser.Fill([Polygon(0, (1, 1), (5, 1), (5, 9), (1, 9))], s_grid);
        Volume<byte> right = ContourRasteriser.Fill([Polygon(0, (5, 1), (9, 1), (9, 9), (5, 9))], s_grid);
        for (int i = 0; i < left.Voxels.Length; i++)
            Assert.False(left.Voxels[i] == 1 && right.Voxels[i] == 1);
        Assert.Equal(64, Mask.Count(left) + Mask.Count(right));
    }

    [Fact]
    public void Fill_ContourAcrossSlices_IsRefused()
    {
        Vector3D[] tilted = [s_grid.ToPatient(1, 1, 0), s_grid.ToPatient(5, 1, 0), s_grid.ToPatient(5, 5, 1)];
        Assert.Contains("plane of one slice", Assert.Throws<ArgumentException>(() => ContourRasteriser.Fill([tilted], s_grid)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Fill_ContourBeyondTheImage_IsRefused() =>
        Assert.Throws<ArgumentException>(() => ContourRasteriser.Fill([Polygon(5, (1, 1), (5, 1), (5, 5))], s_grid));
}
