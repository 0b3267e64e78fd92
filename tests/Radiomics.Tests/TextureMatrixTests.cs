using CsCheck;
using HccPipeline.Imaging;

namespace HccPipeline.Radiomics.Tests;

/// <summary>Matrices against plain counting on small random regions.</summary>
public sealed class TextureMatrixTests
{
    private static readonly Gen<(int[] Levels, Volume<byte> Mask)> s_regions =
        from sx in Gen.Int[2, 6]
        from sy in Gen.Int[2, 6]
        from sz in Gen.Int[2, 6]
        from voxels in Gen.Byte[0, 2].Array[sx * sy * sz]
        from values in Gen.Int[1, 4].Array[sx * sy * sz]
        where voxels.Count(v => v > 0) > 20
        let grid = new Geometry { SizeX = sx, SizeY = sy, SizeZ = sz, SpacingMm = new(1, 1, 1) }
        select (values, new Volume<byte>(grid, voxels));

    private static (LevelGrid Grid, Dictionary<(int X, int Y, int Z), int> Level) Lay(int[] values, Volume<byte> mask)
    {
        Geometry g = mask.Geometry;
        int[] inside = [.. Enumerable.Range(0, g.VoxelCount).Where(i => mask.Voxels[i] != 0)];
        LevelGrid grid = new(mask, new([.. inside.Select(i => values[i])], inside.Max(i => values[i])));
        return (grid, inside.ToDictionary(i => (i % g.SizeX, i / g.SizeX % g.SizeY, i / (g.SizeX * g.SizeY)), i => values[i]));
    }

    private static int Row(FeatureFamily family, string name) =>
        FeatureCatalogue.Of(family).ToList().FindIndex(d => d.Name.EndsWith("_" + name, StringComparison.Ordinal));

    [Fact]
    public void Zones_RandomRegions_EqualFloodFill() => s_regions.Sample(region =>
    {
        (LevelGrid grid, Dictionary<(int X, int Y, int Z), int> level) = Lay(region.Levels, region.Mask);
        List<(int Level, int Size)> zones = [];
        HashSet<(int, int, int)> seen = [];
        foreach ((int X, int Y, int Z) start in level.Keys)
        {
            if (!seen.Add(start))
                continue;
            Stack<(int X, int Y, int Z)> open = new([start]);
            int size = 0;
            while (open.TryPop(out (int X, int Y, int Z) at))
            {
                size++;
                foreach ((int X, int Y, int Z) n in Neighbours(at))
                {
                    if (level.TryGetValue(n, out int other) && other == level[start] && seen.Add(n))
                        open.Push(n);
                }
            }
            zones.Add((level[start], size));
        }
        double[] f = Zones.SizeFeatures(grid, Aggregation.VolumeAveraged);
        Assert.Equal((double)zones.Count / level.Count, f[Row(FeatureFamily.Glszm, "ZonePercentage")], 1e-12);
        Assert.Equal(zones.Average(z => (double)z.Size * z.Size * z.Level * z.Level), f[Row(FeatureFamily.Glszm, "LargeAreaHighGrayLevelEmphasis")], 1e-9);
        Assert.Equal(zones.Average(z => 1.0 / z.Size / z.Size), f[Row(FeatureFamily.Glszm, "SmallAreaEmphasis")], 1e-12);
    }, iter: 200, seed: "0000KOIPe036");

    [Fact]
    public void Dependence_RandomRegions_EqualsCounting() => s_regions.Sample(region =>
    {
        (LevelGrid grid, Dictionary<(int X, int Y, int Z), int> level) = Lay(region.Levels, region.Mask);
        double[] f = Neighbourhoods.Features(grid, Aggregation.VolumeAveraged, Convention.PyRadiomics).Dependence;
        double large = level.Average(v => Math.Pow(1 + Neighbours(v.Key).Count(n => level.TryGetValue(n, out int other) && other == v.Value), 2));
        Assert.Equal(large, f[Row(FeatureFamily.Gldm, "LargeDependenceEmphasis")], 1e-9);
    }, iter: 100, seed: "0000KOIPe036");

    [Fact]
    public void RunLengths_RandomRegions_EqualWalking() => s_regions.Sample(region =>
    {
        (LevelGrid grid, Dictionary<(int X, int Y, int Z), int> level) = Lay(region.Levels, region.Mask);
        double sum = 0;
        foreach (Direction d in Direction.InSpace)
        {
            List<int> runs = [];
            foreach (((int X, int Y, int Z) at, int value) in level)
            {
                if (level.TryGetValue((at.X - d.X, at.Y - d.Y, at.Z - d.Z), out int before) && before == value)
                    continue;
                int length = 1;
                while (level.TryGetValue((at.X + length * d.X, at.Y + length * d.Y, at.Z + length * d.Z), out int next) && next == value)
                    length++;
                runs.Add(length);
            }
            sum += runs.Average(r => (double)r * r);
        }
        double[] f = RunLengths.Features(grid, Aggregation.VolumeAveraged, Convention.Ibsi);
        Assert.Equal(sum / 13, f[Row(FeatureFamily.Glrlm, "LongRunEmphasis")], 1e-9);
    }, iter: 100, seed: "0000KOIPe036");

    /// <summary>From the definition: Q_ij = Σ_k p_ik p_jk / (p_i p_k) of two levels has eigenvalues 1 and its determinant.</summary>
    [Fact]
    public void MaximalCorrelation_TwoLevels_IsTheRootOfTheDeterminant()
    {
        Volume<byte> mask = new(new Geometry { SizeX = 6, SizeY = 1, SizeZ = 1, SpacingMm = new(1, 1, 1) }, [1, 1, 1, 1, 1, 1]);
        // Pairs along x: 11, 12, 22, 22, 21 → symmetric counts 11: 2, 12: 2 + 2, 22: 4; p = (.2, .2, .2, .4).
        double[] f = Glcm.Features(new(mask, new([1, 1, 2, 2, 2, 1], 2)), Aggregation.VolumeAveraged, Convention.PyRadiomics);
        double[,] p = { { 0.2, 0.2 }, { 0.2, 0.4 } };
        double[] m = [0.4, 0.6];
        double Q(int i, int j) => Enumerable.Range(0, 2).Sum(k => p[i, k] * p[j, k] / (m[i] * m[k]));
        Assert.Equal(1, Q(0, 0) + Q(1, 1) - (Q(0, 0) * Q(1, 1) - Q(0, 1) * Q(1, 0)), 1e-12);
        Assert.Equal(Math.Sqrt(Q(0, 0) * Q(1, 1) - Q(0, 1) * Q(1, 0)), f[Row(FeatureFamily.Glcm, "MCC")], 1e-12);
    }

    /// <summary>Levels 1 1 / 2 in a corner: along x the pair is of one level (0, as PyRadiomics has it), along y and one diagonal of two (1).</summary>
    [Fact]
    public void MaximalCorrelation_DirectionOfOneLevel_CountsAsZero()
    {
        Volume<byte> mask = new(new Geometry { SizeX = 2, SizeY = 2, SizeZ = 1, SpacingMm = new(1, 1, 1) }, [1, 1, 1, 0]);
        double[] f = Glcm.Features(new(mask, new([1, 1, 2], 2)), Aggregation.VolumeAveraged, Convention.PyRadiomics);
        Assert.Equal(2.0 / 3, f[Row(FeatureFamily.Glcm, "MCC")], 1e-12);
    }

    [Fact]
    public void Eigenvalues_RandomSymmetric_KeepTraceAndSquares() => Gen.Double[-5, 5].Array[64].Sample(v =>
    {
        double[,] a = new double[8, 8];
        double trace = 0, squares = 0;
        for (int i = 0; i < 8; i++)
        {
            for (int j = 0; j < 8; j++)
                a[i, j] = (v[i * 8 + j] + v[j * 8 + i]) / 2;
        }
        for (int i = 0; i < 8; i++)
        {
            trace += a[i, i];
            for (int j = 0; j < 8; j++)
                squares += a[i, j] * a[i, j];
        }
        double[] values = SymmetricMatrix.Eigenvalues(a);
        Assert.Equal(trace, values.Sum(), 1e-9);
        Assert.Equal(squares, values.Sum(x => x * x), 1e-9);
    }, iter: 100, seed: "0000KOIPe036");

    private static IEnumerable<(int X, int Y, int Z)> Neighbours((int X, int Y, int Z) at) =>
        from x in Enumerable.Range(-1, 3)
        from y in Enumerable.Range(-1, 3)
        from z in Enumerable.Range(-1, 3)
        where (x, y, z) != (0, 0, 0)
        select (at.X + x, at.Y + y, at.Z + z);
}
