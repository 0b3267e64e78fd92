using HccPipeline.Imaging;

namespace HccPipeline.Radiomics.Tests;

public sealed class PyRadiomicsFeaturesTests
{
    [Fact]
    public void Of_DigitalPhantom_NamesAll107()
    {
        IReadOnlyList<FeatureValue> values = PyRadiomicsFeatures.Of(DigitalPhantom.Image, DigitalPhantom.Mask, Discretisation.FixedBinSize(1));
        Assert.Equal(107, values.Select(v => v.Name).Distinct().Count());
        Assert.All(values, v => Assert.True(double.IsFinite(v.Value), v.Name));
        Assert.Equal(
            [("firstorder", 18), ("glcm", 24), ("gldm", 14), ("glrlm", 16), ("glszm", 16), ("ngtdm", 5), ("shape", 14)],
            values.GroupBy(v => v.Name.Split('_')[1]).Select(g => (g.Key, g.Count())).OrderBy(g => g.Key, StringComparer.Ordinal));
    }

    [Fact]
    public void Of_OneVoxel_NamesTheCause()
    {
        Volume<byte> mask = new(DigitalPhantom.Grid);
        mask[1, 1, 1] = 1;
        Assert.Contains("neighbours", Assert.Throws<RegionException>(() => PyRadiomicsFeatures.Of(DigitalPhantom.Image, mask)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_FlatRegion_GivesDocumentedValues()
    {
        Volume<float> flat = new(DigitalPhantom.Grid);
        Dictionary<string, double> v = PyRadiomicsFeatures.Of(flat, DigitalPhantom.Mask).ToDictionary(f => f.Name, f => f.Value);
        Assert.All(v, f => Assert.True(double.IsFinite(f.Value), f.Key));
        Assert.Equal(1, v["original_glcm_Correlation"]);
        Assert.Equal(1, v["original_glcm_MCC"]);
        Assert.Equal(0, v["original_glcm_JointEntropy"]);
        Assert.Equal(1e6, v["original_ngtdm_Coarseness"]);
        Assert.Equal(0, v["original_ngtdm_Strength"]);
    }

    [Fact]
    public void Of_ThinMask_DropsEmptyDirections()
    {
        // Two voxels along x: one direction has a pair; 12 have none.
        Volume<byte> mask = new(DigitalPhantom.Grid);
        mask[0, 0, 0] = 1;
        mask[1, 0, 0] = 1;
        Dictionary<string, double> v = PyRadiomicsFeatures.Of(DigitalPhantom.Image, mask, Discretisation.FixedBinSize(1)).ToDictionary(f => f.Name, f => f.Value);
        Assert.Equal(9, v["original_glcm_Contrast"]);
        Assert.Equal(2.5, v["original_glcm_JointAverage"]);
        Assert.Equal(1, v["original_glrlm_RunPercentage"]);
        Assert.All(v, f => Assert.True(double.IsFinite(f.Value), f.Key));
    }
}
