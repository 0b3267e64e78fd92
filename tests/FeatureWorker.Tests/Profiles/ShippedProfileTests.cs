using HccPipeline.FeatureWorker.Extraction;
using HccPipeline.FeatureWorker.Profiles;
using HccPipeline.Imaging;
using HccPipeline.Radiomics;
using Xunit;

namespace HccPipeline.FeatureWorker.Tests.Profiles;

public sealed class ShippedProfileTests
{
    public static TheoryData<string> Names => [.. ProfileReader.Shipped];

    [Fact]
    public void Shipped_AreTheSeven() => Assert.Equal(
        ["hcc-mr", "ibsi-a", "ibsi-b", "ibsi-c", "ibsi-d", "ibsi-e", "pyradiomics-default"], ProfileReader.Shipped);

    [Theory]
    [MemberData(nameof(Names))]
    public void ReadShipped_EveryProfile_ReadsBackFromItsCanonicalForm(string name)
    {
        HashedProfile profile = ProfileReader.ReadFile(name);

        Assert.Equal(profile.Sha256, ProfileReader.Hash(ProfileReader.FromCanonicalJson(profile.CanonicalJson)).Sha256);
        Assert.Single(ProfileReader.Shipped, other => ProfileReader.ReadShipped(other).Sha256 == profile.Sha256);
    }

    [Fact]
    public void PyRadiomicsDefault_OfARegion_GivesThe107()
    {
        Volume<float> image = new(new() { SizeX = 6, SizeY = 5, SizeZ = 4, SpacingMm = new(1, 1, 2) });
        Volume<byte> mask = new(image.Geometry);
        for (int i = 0; i < image.Voxels.Length; i++)
            (image.Voxels[i], mask.Voxels[i]) = (i * 37 % 200, i % 7 == 0 ? (byte)0 : (byte)1);

        IReadOnlyList<FeatureValue> values = RegionFeatures.Compute(image, mask, ProfileReader.ReadShipped("pyradiomics-default"));

        Assert.Equal(PyRadiomicsFeatures.Of(image, mask), values);
        Assert.Equal(107, values.Count);
    }

    [Theory]
    [InlineData("ibsi-a", 4)]
    [InlineData("ibsi-c", 2)]
    public void Ibsi_SeveralAggregations_AreToldApartByKey(string name, int aggregations)
    {
        Volume<float> image = new(new() { SizeX = 8, SizeY = 8, SizeZ = 4, SpacingMm = new(2, 2, 2) });
        Volume<byte> mask = new(image.Geometry);
        for (int i = 0; i < image.Voxels.Length; i++)
            (image.Voxels[i], mask.Voxels[i]) = (i * 37 % 200, 1);

        IReadOnlyList<FeatureValue> values = RegionFeatures.Compute(image, mask, ProfileReader.ReadShipped(name));
        IReadOnlyList<string> keys = FeatureKeys.Of(values);

        Assert.Equal(aggregations, values.Count(v => v.Name == "original_glcm_JointEntropy"));
        Assert.Equal(keys.Count, keys.Distinct(StringComparer.Ordinal).Count());
        Assert.Contains("original_stat_Mean", keys);
    }
}
