using CsCheck;
using HccPipeline.Imaging;

namespace HccPipeline.Radiomics.Tests;

public sealed class IbsiFamilyTests
{
    private static readonly Gen<(Volume<float> Image, Volume<byte> Mask)> s_noise =
        from sx in Gen.Int[2, 6]
        from sy in Gen.Int[2, 6]
        from sz in Gen.Int[1, 5]
        from voxels in Gen.Byte[0, 1].Array[sx * sy * sz]
        from values in Gen.Int[0, 9].Array[sx * sy * sz]
        where voxels.Count(v => v == 1) > 1
        let grid = new Geometry { SizeX = sx, SizeY = sy, SizeZ = sz, SpacingMm = new(1, 1.5, 3) }
        select (new Volume<float>(grid, [.. values.Select(v => (float)v)]), new Volume<byte>(grid, voxels));

    [Fact]
    public void SpatialAutocorrelation_RandomRegions_EqualsAllPairs() => s_noise.Sample(region =>
    {
        (Volume<float> image, Volume<byte> mask) = region;
        float[] x = Mask.Gather(image, mask);
        Geometry g = mask.Geometry;
        Vector3D[] at = [.. Enumerable.Range(0, g.VoxelCount).Where(i => mask.Voxels[i] == 1)
            .Select(i => g.ToPatient(i % g.SizeX, i / g.SizeX % g.SizeY, i / (g.SizeX * g.SizeY)))];
        double mean = x.Average(v => (double)v), squares = x.Sum(v => (v - mean) * (v - mean)), weights = 0, moran = 0, geary = 0;
        for (int i = 0; i < x.Length; i++)
        {
            for (int j = 0; j < x.Length; j++)
            {
                if (i == j)
                    continue;
                double w = 1 / (at[i] - at[j]).Length;
                weights += w;
                moran += w * (x[i] - mean) * (x[j] - mean);
                geary += w * (x[i] - x[j]) * (x[i] - x[j]);
            }
        }
        (double moranI, double gearyC) = SpatialAutocorrelation.Of(image, mask);
        Assert.Equal(squares == 0 ? 0 : x.Length / weights * moran / squares, moranI, 1e-9);
        Assert.Equal(squares == 0 ? 1 : (x.Length - 1) / (2 * weights) * geary / squares, gearyC, 1e-9);
    }, iter: 200, seed: "0000KOIPe036");

    /// <summary>Against every triangle of vertices that has all others on one side.</summary>
    [Fact]
    public void ConvexHull_RandomRegions_EqualsSupportingTriangles() => s_noise.Sample(region =>
    {
        Volume<byte> mask = region.Mask;
        Vector3D spacing = mask.Geometry.SpacingMm;
        MeshVertex[] mesh = SurfaceMesh.Of(new PaddedMask(mask), spacing, AmbiguousFaces.SeparateInside).Vertices;
        ConvexHull hull = ConvexHull.Of(mesh, spacing);
        Assert.True(hull.VolumeMm3 > 0);
        double byPyramids = 0;
        Vector3D[] p = [.. mesh.Select(v => v.Position(spacing))];
        Vector3D centre = p.Aggregate(Vector3D.Zero, (a, b) => a + b) * (1.0 / p.Length);
        double area = 0;
        foreach ((Vector3D normal, Vector3D[] face) in SupportingPlanes(p))
        {
            double a = PlanarHullArea(face, normal);
            area += a;
            byPyramids += a * (face[0] - centre).Dot(normal) / 3;
        }
        Assert.Equal(1, hull.VolumeMm3 / byPyramids, 1e-9);
        Assert.Equal(1, hull.AreaMm2 / area, 1e-9);
    }, iter: 5, seed: "0000KOIPe036");

    private static IEnumerable<(Vector3D Normal, Vector3D[] Face)> SupportingPlanes(Vector3D[] p)
    {
        List<(Vector3D Normal, double At)> seen = [];
        for (int i = 0; i < p.Length; i++)
        {
            for (int j = i + 1; j < p.Length; j++)
            {
                for (int k = j + 1; k < p.Length; k++)
                {
                    Vector3D n = (p[j] - p[i]).Cross(p[k] - p[i]);
                    if (n.Length < 1e-9)
                        continue;
                    n = n.Normalized();
                    (bool above, bool below) = (Array.Exists(p, v => (v - p[i]).Dot(n) > 1e-9), Array.Exists(p, v => (v - p[i]).Dot(n) < -1e-9));
                    if (above && below)
                        continue;
                    n = above ? -n : n;
                    double at = p[i].Dot(n);
                    if (seen.Exists(s => (s.Normal - n).Length < 1e-7 && Math.Abs(s.At - at) < 1e-7))
                        continue;
                    seen.Add((n, at));
                    yield return (n, [.. p.Where(v => Math.Abs(v.Dot(n) - at) < 1e-9)]);
                }
            }
        }
    }

    /// <summary>Area of the convex hull of points in one plane, as a fan around their mean by angle.</summary>
    private static double PlanarHullArea(Vector3D[] face, Vector3D normal)
    {
        Vector3D u = (Math.Abs(normal.X) < 0.9 ? new Vector3D(1, 0, 0) : new Vector3D(0, 1, 0)).Cross(normal).Normalized(), v = normal.Cross(u);
        (double X, double Y)[] q = [.. face.Select(p => (p.Dot(u), p.Dot(v))).Distinct().OrderBy(t => t.Item1).ThenBy(t => t.Item2)];
        List<(double X, double Y)> hull = [];
        for (int side = 0; side < 2; side++)
        {
            int start = hull.Count;
            foreach ((double X, double Y) t in side == 0 ? q : q.Reverse())
            {
                while (hull.Count >= start + 2 && Turn(hull[^2], hull[^1], t) <= 0)
                    hull.RemoveAt(hull.Count - 1);
                hull.Add(t);
            }
            hull.RemoveAt(hull.Count - 1);
        }
        double area = 0;
        for (int i = 0; i < hull.Count; i++)
            area += hull[i].X * hull[(i + 1) % hull.Count].Y - hull[i].Y * hull[(i + 1) % hull.Count].X;
        return area / 2;
    }

    private static double Turn((double X, double Y) a, (double X, double Y) b, (double X, double Y) c) =>
        (b.X - a.X) * (c.Y - a.Y) - (b.Y - a.Y) * (c.X - a.X);

    /// <summary>The phantom's table: V10 0.324, V90 0.0946, I10 5, I90 2.</summary>
    [Fact]
    public void VolumeHistogram_DigitalPhantom_MatchesIbsiReference()
    {
        double[] v = IntensityVolumeHistogram.Features(DigitalPhantom.Region, 1, 6, 1);
        Assert.Equal(0.324, v[0], 0.0005);
        Assert.Equal(0.0946, v[1], 0.00005);
        Assert.Equal((5, 2), (v[2], v[3]));
    }

    [Fact]
    public void Of_FlatAndOneVoxelRegions_NeverGiveNaN()
    {
        Volume<float> flat = new(DigitalPhantom.Grid, [.. Enumerable.Repeat(3f, 80)]);
        Assert.All(IbsiFeatures.Of(flat, DigitalPhantom.Mask, new()), v => Assert.True(double.IsFinite(v.Value), v.Name));
        Volume<byte> one = new(DigitalPhantom.Grid);
        one[2, 2, 1] = 1;
        Assert.Throws<RegionException>(() => IbsiFeatures.Of(flat, one, new()));
    }

    [Fact]
    public void Prepare_RangeOutsideTheImage_NamesTheRange()
    {
        RegionException e = Assert.Throws<RegionException>(
            () => PreparedRegion.Of(DigitalPhantom.Image, DigitalPhantom.Mask, new() { LowestIntensity = 100, HighestIntensity = 200 }));
        Assert.Contains("[100, 200]", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Catalogue_NamesAreUniquePerConventionAndCodesHaveFourCharacters()
    {
        foreach (Convention convention in Enum.GetValues<Convention>())
        {
            string[] names = [.. FeatureCatalogue.All.Where(d => d.Convention is null || d.Convention == convention).Select(d => d.Name)];
            Assert.Equal(names.Length, names.Distinct().Count());
        }
        Assert.All(FeatureCatalogue.All, d => Assert.True(d.Ibsi.Length is 0 or 4, d.Name));
        Assert.Equal(107, FeatureCatalogue.All.Count(d => d.Convention != Convention.Ibsi && !d.IsOnRequest));
    }
}
