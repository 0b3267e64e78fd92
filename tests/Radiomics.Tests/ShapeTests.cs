using CsCheck;
using HccPipeline.Imaging;

namespace HccPipeline.Radiomics.Tests;

public sealed class ShapeTests
{
    private static Volume<byte> Ellipsoid(int size, double rx, double ry, double rz, Vector3D spacing)
    {
        Volume<byte> mask = new(new Geometry { SizeX = size, SizeY = size, SizeZ = size, SpacingMm = spacing });
        double c = (size - 1) / 2.0;
        for (int z = 0; z < size; z++)
        {
            for (int y = 0; y < size; y++)
            {
                for (int x = 0; x < size; x++)
                {
                    double dx = (x - c) * spacing.X / rx, dy = (y - c) * spacing.Y / ry, dz = (z - c) * spacing.Z / rz;
                    mask[x, y, z] = dx * dx + dy * dy + dz * dz <= 1 ? (byte)1 : (byte)0;
                }
            }
        }
        return mask;
    }

    private static readonly Gen<Volume<byte>> s_noise =
        from sx in Gen.Int[1, 7]
        from sy in Gen.Int[1, 7]
        from sz in Gen.Int[1, 7]
        from voxels in Gen.Byte[0, 1].Array[sx * sy * sz]
        from spacing in Gen.Double[0.5, 4].Array[3]
        where Array.Exists(voxels, v => v == 1)
        select new Volume<byte>(
            new Geometry { SizeX = sx, SizeY = sy, SizeZ = sz, SpacingMm = new(spacing[0], spacing[1], spacing[2]) }, voxels);

    /// <summary>Reference values of IBSI's digital phantom with their tolerances; axes there are over N − 1.</summary>
    [Fact]
    public void Of_DigitalPhantom_MatchesIbsiReference()
    {
        Shape s = Shape.Of(DigitalPhantom.Mask);
        Assert.Equal(556, s.MeshVolume, 4.0);
        Assert.Equal(592, s.VoxelVolume);
        Assert.Equal(388, s.SurfaceArea, 3.0);
        Assert.Equal(0.698, s.SurfaceVolumeRatio, 0.004);
        Assert.Equal(0.843, s.Sphericity, 0.005);
        Assert.Equal(13.1, s.Maximum3DDiameter, 0.1);
        Assert.Equal(11.4, s.MajorAxisLength * Math.Sqrt(74.0 / 73), 0.1);
        Assert.Equal(9.31, s.MinorAxisLength * Math.Sqrt(74.0 / 73), 0.06);
        Assert.Equal(8.54, s.LeastAxisLength * Math.Sqrt(74.0 / 73), 0.05);
        Assert.Equal(0.816, s.Elongation, 0.005);
        Assert.Equal(0.749, s.Flatness, 0.005);
    }

    /// <summary>One voxel's mesh is an octahedron: volume abc/6, six vertices half a voxel from the centre.</summary>
    [Fact]
    public void Of_OneVoxel_IsAnOctahedron()
    {
        Volume<byte> mask = new(new Geometry { SizeX = 3, SizeY = 2, SizeZ = 1, SpacingMm = new(1, 2, 4) });
        mask[2, 1, 0] = 1;
        Shape s = Shape.Of(mask);
        Assert.Equal(8.0 / 6, s.MeshVolume, 1e-12);
        Assert.Equal(4, s.Maximum3DDiameter, 1e-12);
        Assert.Equal(2, s.Maximum2DDiameterSlice, 1e-12);
        Assert.Equal(0, s.MajorAxisLength);
        Assert.Equal(1, s.Elongation);
        Assert.Equal(1, s.Flatness);
    }

    [Fact]
    public void Of_Ellipsoid_ComesNearTheFormulas()
    {
        Shape s = Shape.Of(Ellipsoid(48, 20, 15, 10, new(1, 1, 1)));
        double volume = 4.0 / 3 * Math.PI * 20 * 15 * 10;
        Assert.Equal(1, s.MeshVolume / volume, 0.01);
        Assert.Equal(1, s.VoxelVolume / volume, 0.01);
        // 4√λ of a solid ellipsoid is 4·r/√5.
        Assert.Equal(4 * 20 / Math.Sqrt(5), s.MajorAxisLength, 0.1);
        Assert.Equal(4 * 15 / Math.Sqrt(5), s.MinorAxisLength, 0.1);
        Assert.Equal(4 * 10 / Math.Sqrt(5), s.LeastAxisLength, 0.1);
        Assert.Equal(40, s.Maximum3DDiameter, 0.5);
        Assert.Equal(40, s.Maximum2DDiameterSlice, 0.5);
        Assert.Equal(40, s.Maximum2DDiameterColumn, 0.5);
        Assert.Equal(30, s.Maximum2DDiameterRow, 0.5);
    }

    [Fact]
    public void Diameters_RandomMasks_EqualBruteForce() => s_noise.Sample(mask =>
    {
        Vector3D spacing = mask.Geometry.SpacingMm;
        MeshVertex[] all = SurfaceMesh.Of(new PaddedMask(mask), spacing, AmbiguousFaces.SeparateInside).Vertices;
        double space = 0, x = 0, y = 0, z = 0;
        foreach (MeshVertex a in all)
        {
            foreach (MeshVertex b in all)
            {
                double d = (a.Position(spacing) - b.Position(spacing)).Length;
                space = Math.Max(space, d);
                if (a.X2 == b.X2) x = Math.Max(x, d);
                if (a.Y2 == b.Y2) y = Math.Max(y, d);
                if (a.Z2 == b.Z2) z = Math.Max(z, d);
            }
        }
        MeshDiameters fast = MeshDiameters.Of([.. all], spacing);
        Assert.Equal(space, fast.Space, 1e-9);
        Assert.Equal(x, fast.PlaneX, 1e-9);
        Assert.Equal(y, fast.PlaneY, 1e-9);
        Assert.Equal(z, fast.PlaneZ, 1e-9);
    }, iter: 300, seed: "0000KOIPe036");

    /// <summary>Triangle by triangle: every directed edge has its opposite (no gap), and the sums per case are those of the triangles.</summary>
    [Fact]
    public void Mesh_RandomMasks_IsClosed()
    {
        Vector3D[][] table = MarchingCubesTable.Generate(AmbiguousFaces.SeparateInside);
        s_noise.Sample(mask =>
        {
            Geometry g = mask.Geometry;
            int At(int x, int y, int z) => x < 0 || y < 0 || z < 0 || x >= g.SizeX || y >= g.SizeY || z >= g.SizeZ ? 0 : mask[x, y, z];
            Vector3D Mm(Vector3D v, int x, int y, int z) => new((v.X + x) * g.SpacingMm.X, (v.Y + y) * g.SpacingMm.Y, (v.Z + z) * g.SpacingMm.Z);
            Dictionary<(Vector3D, Vector3D), int> edges = [];
            double volume = 0, area = 0;
            for (int z = -1; z < g.SizeZ; z++)
            {
                for (int y = -1; y < g.SizeY; y++)
                {
                    for (int x = -1; x < g.SizeX; x++)
                    {
                        int corners = 0;
                        for (int c = 0; c < 8; c++)
                            corners |= At(x + (c & 1), y + (c >> 1 & 1), z + (c >> 2)) << c;
                        Vector3D[] t = table[corners];
                        for (int i = 0; i < t.Length; i += 3)
                        {
                            Vector3D a = Mm(t[i], x, y, z), b = Mm(t[i + 1], x, y, z), c = Mm(t[i + 2], x, y, z);
                            volume += a.Dot(b.Cross(c)) / 6;
                            area += (b - a).Cross(c - a).Length / 2;
                            foreach ((Vector3D, Vector3D) edge in ((Vector3D, Vector3D)[])[(a, b), (b, c), (c, a)])
                                edges[edge] = edges.GetValueOrDefault(edge) + 1;
                        }
                    }
                }
            }
            Assert.All(edges, e => Assert.Equal(e.Value, edges.GetValueOrDefault((e.Key.Item2, e.Key.Item1))));
            SurfaceMesh mesh = SurfaceMesh.Of(new PaddedMask(mask), g.SpacingMm, AmbiguousFaces.SeparateInside);
            Assert.Equal(1, mesh.VolumeMm3 / volume, 1e-9);
            Assert.Equal(1, mesh.AreaMm2 / area, 1e-9);
        }, iter: 200, seed: "0000KOIPe036");
    }

    [Fact]
    public void MarchingCubes_EveryCase_HasEachDirectedEdgeOnceInside()
    {
        foreach (AmbiguousFaces rule in Enum.GetValues<AmbiguousFaces>())
        {
            foreach (Vector3D[] triangles in MarchingCubesTable.Generate(rule))
            {
                List<(Vector3D, Vector3D)> edges = [];
                for (int t = 0; t < triangles.Length; t += 3)
                    edges.AddRange([(triangles[t], triangles[t + 1]), (triangles[t + 1], triangles[t + 2]), (triangles[t + 2], triangles[t])]);
                Assert.Equal(edges.Count, edges.Distinct().Count());
                // An edge without its opposite lies on a face of the cell, where the neighbour's begins.
                foreach ((Vector3D a, Vector3D b) in edges.Where(e => !edges.Contains((e.Item2, e.Item1))))
                    Assert.True((a.X == b.X && a.X is 0 or 1) || (a.Y == b.Y && a.Y is 0 or 1) || (a.Z == b.Z && a.Z is 0 or 1));
            }
        }
    }

    [Fact]
    public void Of_EmptyMask_NamesTheCause() => Assert.Throws<RegionException>(() => Shape.Of(new Volume<byte>(DigitalPhantom.Grid)));

    [Fact]
    public void ToValues_NamesAllFourteen() =>
        Assert.Equal(14, Shape.Of(DigitalPhantom.Mask).ToValues().Select(v => v.Name).Distinct().Count());
}
