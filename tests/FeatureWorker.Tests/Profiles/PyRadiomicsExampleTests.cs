using HccPipeline.FeatureWorker.Extraction;
using HccPipeline.FeatureWorker.Profiles;
using HccPipeline.Imaging;
using HccPipeline.Radiomics;
using Xunit;

namespace HccPipeline.FeatureWorker.Tests.Profiles;

/// <summary>Every parameter file that comes with PyRadiomics (their comments left out) is read and run.</summary>
public sealed class PyRadiomicsExampleTests
{
    private const int FirstOrder = 18, Shape = 14, Shape2D = 9, GlcmWithoutTwo = 22, Runs = 16, Zones = 16, Dependence = 14, Tones = 5;

    [Theory]
    [InlineData("Params", 1, Shape, FirstOrder + GlcmWithoutTwo + Runs + Zones + Dependence)]
    [InlineData("exampleCT", 14, Shape, FirstOrder + GlcmWithoutTwo + Runs + Zones + Dependence)]
    [InlineData("exampleMR_3mm", 13, Shape, FirstOrder + GlcmWithoutTwo + Runs + Zones + Dependence)]
    [InlineData("exampleMR_5mm", 11, Shape, FirstOrder + GlcmWithoutTwo + Runs + Zones + Dependence)]
    [InlineData("exampleMR_NoResampling", 8, Shape, FirstOrder + GlcmWithoutTwo + Runs + Zones + Dependence)]
    [InlineData("MR_2D_extraction", 9, Shape2D, FirstOrder + GlcmWithoutTwo + Runs + Zones + Dependence + Tones)]
    [InlineData("exampleVoxel", 1, 0, 1)]
    [InlineData("example_allShape", 1, 17, 0)]
    public void Compute_ShippedParameterFile_GivesItsFeaturesOfEachImage(string name, int images, int shape, int perImage)
    {
        Volume<float> image = new(new() { SizeX = 40, SizeY = 36, SizeZ = 14, SpacingMm = new(0.9, 0.9, 3) });
        Volume<byte> mask = new(image.Geometry);
        for (int i = 0; i < image.Voxels.Length; i++)
        {
            int x = i % 40, y = i / 40 % 36, z = i / (40 * 36);
            image.Voxels[i] = 200 + 3 * x - 2 * y + i * 7919 % 137;
            double a = (x - 19) / 12.0, b = (y - 17) / 11.0, c = (z - 7) / 4.0;
            mask.Voxels[i] = a * a + b * b + c * c <= 1 && (name != "MR_2D_extraction" || z == 7) ? (byte)1 : (byte)0;
        }
        HashedProfile profile = ProfileReader.Read(Example(name), name);

        IReadOnlyList<FeatureValue> values = RegionFeatures.Compute(image, mask, profile);

        Assert.Equal(images * perImage + shape, values.Count);
        Assert.Equal(values.Count, values.Select(v => v.Name).Distinct(StringComparer.Ordinal).Count());
        Assert.All(values, v => Assert.True(double.IsFinite(v.Value), v.Name));
        Assert.Equal(profile.Sha256, ProfileReader.Hash(ProfileReader.FromCanonicalJson(profile.CanonicalJson)).Sha256);
    }

    [Fact]
    public void Read_VoxelExample_HasItsVoxelChoices() => Assert.Equal(
        new VoxelChoices { KernelRadius = 2, MaskedKernel = true, InitialValue = double.NaN }, ProfileReader.Read(Example("exampleVoxel"), "exampleVoxel").Profile.Voxel);

    private static string Example(string name)
    {
        using StreamReader reader = new(typeof(PyRadiomicsExampleTests).Assembly.GetManifestResourceStream($"examples/{name}.yaml")!);
        return reader.ReadToEnd();
    }
}
