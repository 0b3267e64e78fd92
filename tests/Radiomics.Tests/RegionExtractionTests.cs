using HccPipeline.Imaging;

namespace HccPipeline.Radiomics.Tests;

public sealed class RegionExtractionTests
{
    private static readonly ExtractionSettings s_plain = new() { Preparation = new() { Bins = Discretisation.FixedBinSize(1) } };

    [Fact]
    public void Of_Defaults_AreThe107() =>
        Assert.Equal(
            PyRadiomicsFeatures.Of(DigitalPhantom.Image, DigitalPhantom.Mask, Discretisation.FixedBinSize(1)),
            RegionExtraction.Of(DigitalPhantom.Image, DigitalPhantom.Mask, s_plain));

    [Fact]
    public void Of_ChosenFamilies_GivesThoseAlone()
    {
        ExtractionSettings settings = s_plain with { Families = new HashSet<FeatureFamily> { FeatureFamily.FirstOrder, FeatureFamily.Ngtdm } };
        Assert.Equal(23, RegionExtraction.Of(DigitalPhantom.Image, DigitalPhantom.Mask, settings).Count);
        IReadOnlyList<FeatureValue> ibsi = RegionExtraction.Of(
            DigitalPhantom.Image, DigitalPhantom.Mask,
            settings with { Convention = Convention.Ibsi, Families = new HashSet<FeatureFamily> { FeatureFamily.Morphology } });
        Assert.Equal(25, ibsi.Count);
    }

    [Fact]
    public void Of_FilteredImage_CarriesItsName()
    {
        ExtractionSettings settings = s_plain with
        {
            Original = false,
            Families = new HashSet<FeatureFamily> { FeatureFamily.FirstOrder },
            Filters = [new("mean-3", v => SmoothingFilters.Mean(v, 3, Boundary.Mirror))],
        };
        IReadOnlyList<FeatureValue> values = RegionExtraction.Of(DigitalPhantom.Image, DigitalPhantom.Mask, settings);
        Assert.All(values, v => Assert.StartsWith("mean-3_firstorder_", v.Name, StringComparison.Ordinal));
        float[] smooth = Mask.Gather(SmoothingFilters.Mean(DigitalPhantom.Image, 3, Boundary.Mirror), DigitalPhantom.Mask);
        Assert.Equal(smooth.Average(v => (double)v), values.First(v => v.Name.EndsWith("_Mean", StringComparison.Ordinal)).Value, 1e-9);
    }

    [Fact]
    public void Of_ReferenceNormalisation_DividesByItsMean()
    {
        Volume<byte> reference = new(DigitalPhantom.Grid);
        reference[1, 0, 0] = 1;
        ExtractionSettings settings = s_plain with { Normalisation = Normalisation.ReferenceRegion };
        IReadOnlyList<FeatureValue> values = RegionExtraction.Of(DigitalPhantom.Image, DigitalPhantom.Mask, settings, reference);
        Assert.Equal(159.0 / 74 / 4, values.First(v => v.Name == "original_firstorder_Mean").Value, 1e-7);
        Assert.Throws<ArgumentException>(() => RegionExtraction.Of(DigitalPhantom.Image, DigitalPhantom.Mask, settings));
    }

    [Theory]
    [InlineData(Convention.PyRadiomics)]
    [InlineData(Convention.Ibsi)]
    public void Of_AnyNumberOfThreads_GivesTheSameBitsInTheSameOrder(Convention convention)
    {
        ExtractionSettings settings = s_plain with
        {
            Convention = convention,
            Filters = [new("mean-3", v => SmoothingFilters.Mean(v, 3, Boundary.Mirror)) { Bins = Discretisation.FixedBinNumber(8) }],
        };
        IReadOnlyList<FeatureValue> alone = RegionExtraction.Of(DigitalPhantom.Image, DigitalPhantom.Mask, settings);
        Assert.All((int[])[1, 2, 3, 8], threads =>
            Assert.Equal(alone, RegionExtraction.Of(DigitalPhantom.Image, DigitalPhantom.Mask, settings, parallel: new() { MaxDegreeOfParallelism = threads })));
    }

    [Fact]
    public void Of_SeveralPartsFail_ThrowsTheFirstOnesErrorForAnyNumberOfThreads()
    {
        ImageFilter Failing(string name) => new(name, _ => throw new RegionException(name));
        ExtractionSettings settings = s_plain with { Filters = [Failing("first"), Failing("second"), Failing("third")] };
        Assert.All((int[])[1, 2, 8], threads => Assert.Equal("first", Assert.Throws<RegionException>(() =>
            RegionExtraction.Of(DigitalPhantom.Image, DigitalPhantom.Mask, settings, parallel: new() { MaxDegreeOfParallelism = threads })).Message));
    }

    [Fact]
    public void ZScore_WholeImage_HasMeanZeroAndSpreadOne()
    {
        float[] z = IntensityNormalisation.ZScore(DigitalPhantom.Image, scale: 100).Voxels.ToArray();
        Assert.Equal(0, z.Average(v => (double)v), 1e-4);
        Assert.Equal(10_000, z.Average(v => (double)v * v), 1e-1);
        Assert.Throws<RegionException>(() => IntensityNormalisation.ZScore(new Volume<float>(DigitalPhantom.Grid)));
    }
}
