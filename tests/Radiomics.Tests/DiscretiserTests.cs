namespace HccPipeline.Radiomics.Tests;

public sealed class DiscretiserTests
{
    private static int[] Levels(Discretisation bins, Convention convention, params float[] roi) =>
        Discretiser.Discretise(roi, bins, convention).Levels;

    [Fact]
    public void FixedBinSize_PyRadiomics_CountsEdgesFromZero()
    {
        Assert.Equal([1, 1, 2, 5, 6], Levels(Discretisation.FixedBinSize(25), Convention.PyRadiomics, 30, 49, 50, 149, 150));
        Assert.Equal([1, 2, 2], Levels(Discretisation.FixedBinSize(25), Convention.PyRadiomics, -1, 0, 24));
    }

    [Fact]
    public void FixedBinSize_Ibsi_CountsFromTheLowestEdge()
    {
        Assert.Equal([1, 1, 2], Levels(Discretisation.FixedBinSize(25), Convention.Ibsi, 30, 54, 55));
        Assert.Equal([2, 3, 4], Levels(Discretisation.FixedBinSize(25, 0), Convention.Ibsi, 30, 54, 80));
    }

    [Theory]
    [InlineData(Convention.Ibsi)]
    [InlineData(Convention.PyRadiomics)]
    public void FixedBinNumber_MaximumFallsInTheLastBin(Convention convention) =>
        Assert.Equal([1, 1, 3, 4, 4], Levels(Discretisation.FixedBinNumber(4), convention, 0, 24, 50, 75, 100));

    [Fact]
    public void Discretise_SixteenMillionLevels_IsRefusedByNumber()
    {
        RegionException e = Assert.Throws<RegionException>(() => Levels(Discretisation.FixedBinSize(1), Convention.Ibsi, 0, 16_000_000));
        Assert.Contains("16000001 grey levels", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void None_FractionsAreRefused() =>
        Assert.Throws<RegionException>(() => Levels(Discretisation.None, Convention.Ibsi, 1, 1.5f));
}
