using HccPipeline.Imaging;

namespace HccPipeline.Radiomics.Tests;

public sealed class PyRadiomicsFilterTests
{
    private static readonly Geometry s_line = new() { SizeX = 5, SizeY = 1, SizeZ = 1, SpacingMm = new(2, 1, 1) };
    private static readonly Volume<float> s_image = new(s_line, [-3, 0, 1, 4, 9]);

    /// <summary>PyRadiomics' documented formulas with the largest magnitude 9.</summary>
    [Fact]
    public void PointFilters_DocumentedFormulas_Hold()
    {
        AssertClose([1, 0, 1 / 9.0, 16 / 9.0, 9], PointFilters.Square(s_image));
        AssertClose([-Math.Sqrt(27), 0, 3, 6, 9], PointFilters.SquareRoot(s_image));
        double c = 9 / Math.Log(10);
        AssertClose([-c * Math.Log(4), 0, c * Math.Log(2), c * Math.Log(5), 9], PointFilters.Logarithm(s_image));
        AssertClose([Math.Pow(9, -1 / 3.0), 1, Math.Pow(9, 1 / 9.0), Math.Pow(9, 4 / 9.0), 9], PointFilters.Exponential(s_image));
    }

    [Fact]
    public void PointFilters_ImageOfZeros_StaysAsItIs()
    {
        Volume<float> zeros = new(s_line);
        foreach (Func<Volume<float>, Volume<float>> filter in new[] { PointFilters.Square, PointFilters.SquareRoot, PointFilters.Logarithm, PointFilters.Exponential })
            Assert.Equal(zeros.Voxels.ToArray(), filter(zeros).Voxels.ToArray());
    }

    [Fact]
    public void Gradient_Line_IsCentralDifferencesPerMm() => AssertClose([0.75, 1, 1, 2, 1.25], GradientFilter.Apply(s_image));

    /// <summary>Against the definition: out[i] = Σ w[j]·x[(i + 3 − j) mod n] along each axis, an odd axis lengthened by its first voxel.</summary>
    [Theory]
    [InlineData("LLH")]
    [InlineData("HLL")]
    [InlineData("HHH")]
    public void Wavelet_OddSizes_FollowTheDefinition(string band)
    {
        double[] low = [-0.01565572813546454, -0.0727326195128539, 0.38486484686420286, 0.8525720202122554, 0.3378976624578092, -0.0727326195128539];
        double[] high = [0.0727326195128539, 0.3378976624578092, -0.8525720202122554, 0.38486484686420286, 0.0727326195128539, -0.01565572813546454];
        Geometry grid = new() { SizeX = 9, SizeY = 8, SizeZ = 7, SpacingMm = new(1, 1, 1) };
        Volume<float> image = new(grid);
        for (int i = 0; i < image.Voxels.Length; i++)
            image.Voxels[i] = i * 37 % 101;
        double[] Filter(int axis) => band[axis] == 'L' ? low : high;

        Volume<float> ours = StationaryWavelet.Apply(image, "coif1", band, 1);

        foreach ((int x, int y, int z) in ((int, int, int)[])[(0, 0, 0), (8, 7, 6), (4, 3, 2), (7, 0, 6)])
        {
            double expected = 0;
            for (int c = 0; c < 6; c++)
            {
                for (int b = 0; b < 6; b++)
                {
                    for (int a = 0; a < 6; a++)
                    {
                        int fx = (x + 3 - a + 10) % 10 % 9, fy = (y + 3 - b + 8) % 8, fz = (z + 3 - c + 8) % 8 % 7;
                        expected += Filter(0)[a] * Filter(1)[b] * Filter(2)[c] * image[fx, fy, fz];
                    }
                }
            }
            Assert.Equal(expected, ours[x, y, z], 1e-4);
        }
    }

    [Fact]
    public void ZScore_AsPyRadiomics_TakesTheSampleAndClips()
    {
        // Mean 2.2; deviations −5.2, −2.2, −1.2, 1.8, 6.8: sum of squares 82.8, over 4 → σ = 4.5497.
        double sigma = Math.Sqrt(82.8 / 4);
        AssertClose([-5.2 / sigma, -2.2 / sigma, -1.2 / sigma, 1.8 / sigma, 6.8 / sigma], IntensityNormalisation.ZScore(s_image, sample: true));
        AssertClose([-100, -220 / sigma, -120 / sigma, 180 / sigma, 100], IntensityNormalisation.ZScore(s_image, scale: 100, clip: 1, sample: true));
    }

    [Fact]
    public void Of_RegionBelowTheSizesAskedFor_IsRefusedByName()
    {
        Volume<byte> two = new(s_line, [0, 1, 1, 0, 0]);
        ExtractionSettings settings = new() { MinimumVoxels = 3 };
        Assert.Contains("2 voxels", Assert.Throws<RegionException>(() => RegionExtraction.Of(s_image, two, settings)).Message, StringComparison.Ordinal);
        Assert.Contains("along 1 axes", Assert.Throws<RegionException>(() => RegionExtraction.Of(s_image, two, new() { MinimumDimensions = 2 })).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_VoxelWithoutValue_LeavesWhereAskedForAndIsRefusedElse()
    {
        Volume<float> image = new(s_line, [1, float.NaN, 3, 5, 9]);
        Volume<byte> mask = new(s_line, [1, 1, 1, 1, 0]);
        ExtractionSettings settings = new() { Families = new HashSet<FeatureFamily> { FeatureFamily.FirstOrder } };
        ExtractionSettings leaving = settings with { Preparation = settings.Preparation with { LeaveOutWithoutValue = true } };

        Assert.Equal(3, RegionExtraction.Of(image, mask, leaving).Single(v => v.Name == "original_firstorder_Mean").Value);
        Assert.Throws<RegionException>(() => RegionExtraction.Of(image, mask, settings));
    }

    private static void AssertClose(double[] expected, Volume<float> actual)
    {
        for (int i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], actual.Voxels[i], 1e-5 * Math.Max(1, Math.Abs(expected[i])));
    }
}
