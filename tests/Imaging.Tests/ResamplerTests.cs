namespace HccPipeline.Imaging.Tests;

public sealed class ResamplerTests
{
    private static readonly Geometry s_grid = new() { SizeX = 12, SizeY = 10, SizeZ = 8, SpacingMm = new(1, 1.5, 3), Origin = new(5, -4, 2) };

    private static Volume<float> Filled(Geometry g, Func<Vector3D, double> f)
    {
        Volume<float> v = new(g);
        for (int z = 0; z < g.SizeZ; z++)
        {
            for (int y = 0; y < g.SizeY; y++)
            {
                for (int x = 0; x < g.SizeX; x++)
                    v[x, y, z] = (float)f(g.ToPatient(x, y, z));
            }
        }
        return v;
    }

    [Fact]
    public void AlignedByCentre_NewSpacing_KeepsTheCentre()
    {
        Geometry g = Resampler.AlignedByCentre(s_grid, new(2, 2, 2));
        Assert.Equal((6, 8, 12), (g.SizeX, g.SizeY, g.SizeZ));
        Vector3D before = s_grid.ToPatient(5.5, 4.5, 3.5), after = g.ToPatient(2.5, 3.5, 5.5);
        Assert.Equal(0, (before - after).Length, 1e-12);
    }

    [Theory]
    [InlineData(Interpolation.Nearest)]
    [InlineData(Interpolation.Linear)]
    [InlineData(Interpolation.CubicSpline)]
    public void Resample_SameGrid_IsTheSame(Interpolation kind)
    {
        Random random = new(5);
        Volume<float> v = Filled(s_grid, _ => random.Next(1000));
        Volume<float> same = Resampler.Resample(v, s_grid, kind);
        for (int i = 0; i < v.Voxels.Length; i++)
            Assert.Equal(v.Voxels[i], same.Voxels[i], 1e-3);
    }

    /// <summary>Trilinear interpolation is exact for linear functions, also between turned grids.</summary>
    [Fact]
    public void Resample_LinearFunction_IsExactOnATurnedGrid()
    {
        static double F(Vector3D p) => 3 * p.X - 2 * p.Y + 0.5 * p.Z + 7;
        Geometry turned = new()
        {
            SizeX = 3,
            SizeY = 3,
            SizeZ = 3,
            SpacingMm = new(0.7, 0.9, 1.1),
            Origin = s_grid.ToPatient(5, 4, 3),
            XAxis = new(0.8, 0.6, 0),
            YAxis = new(-0.6, 0.8, 0),
        };
        Volume<float> result = Resampler.Resample(Filled(s_grid, F), turned, Interpolation.Linear), truth = Filled(turned, F);
        for (int i = 0; i < truth.Voxels.Length; i++)
            Assert.Equal(truth.Voxels[i], result.Voxels[i], 1e-4);
    }

    /// <summary>A cubic spline through samples of a cubic comes near the cubic away from the edges, where a line does not.</summary>
    [Fact]
    public void Resample_SmoothFunction_SplineIsCloserThanLinear()
    {
        Geometry fine = new() { SizeX = 40, SizeY = 1, SizeZ = 1, SpacingMm = new(1, 1, 1) };
        static double F(Vector3D p) => Math.Sin(p.X / 3);
        Geometry between = fine with { SizeX = 20, Origin = new(10.37, 0, 0) };
        Volume<float> truth = Filled(between, F), source = Filled(fine, F);
        double Error(Interpolation kind)
        {
            Volume<float> r = Resampler.Resample(source, between, kind);
            return Enumerable.Range(0, 20).Max(i => Math.Abs(r.Voxels[i] - truth.Voxels[i]));
        }
        Assert.True(Error(Interpolation.CubicSpline) < 1e-3);
        Assert.True(Error(Interpolation.Linear) > 5e-3);
    }

    [Fact]
    public void ResampleMask_HalfVoxel_IsInsideAtTheThreshold()
    {
        Geometry line = new() { SizeX = 4, SizeY = 1, SizeZ = 1, SpacingMm = new(1, 1, 1) };
        Volume<byte> mask = new(line, [0, 1, 1, 0]);
        Geometry halves = line with { SizeX = 3, Origin = new(0.5, 0, 0) };
        Assert.Equal([1, 1, 1], Resampler.ResampleMask(mask, halves, Interpolation.Linear).Voxels.ToArray());
        Assert.Equal([0, 1, 0], Resampler.ResampleMask(mask, halves, Interpolation.Linear, 0.51).Voxels.ToArray());
    }
}
