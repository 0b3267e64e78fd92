using HccPipeline.Cli.Extract;
using HccPipeline.Cli.Output;
using HccPipeline.FeatureWorker.Profiles;

namespace HccPipeline.Cli.Tests.Extract;

public sealed class VoxelRequestTests
{
    private static readonly HashedProfile Tolerant = ProfileReader.Read("setting: { gldm_a: 1, binWidth: 10 }", "params.yaml");

    [Theory]
    [InlineData("glcm,gldm", "gldm_a")]
    [InlineData(null, "gldm_a")]
    [InlineData("frobnicate", "'frobnicate'")]
    [InlineData("", "--features names no map")]
    [InlineData(" , ", "--features names no map")]
    public void Adapt_FeaturesThatCanNotBeMapped_IsRefusedByName(string? features, string named)
    {
        CliException refused = Assert.Throws<CliException>(() => VoxelRequest.Adapt(Tolerant, null, features));

        Assert.Equal(ExitCodes.Usage, refused.ExitCode);
        Assert.Contains(named, refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("Parameter", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Adapt_FeaturesThatDoNotDependOnIt_AreTaken() =>
        Assert.Equal(["firstorder", "glcm_Contrast"], VoxelRequest.Adapt(Tolerant, 2, "glcm_Contrast, firstorder").Profile.Voxel.Image);
}
