using HccPipeline.FeatureWorker.Maps;
using HccPipeline.FeatureWorker.Profiles;
using Xunit;

namespace HccPipeline.FeatureWorker.Tests.Maps;

/// <summary>Kernels know one choice of texture; a map that depends on another is refused, whoever asks for it.</summary>
public sealed class WantedMapsTests
{
    [Theory]
    [InlineData("setting: { gldm_a: 1 }", "gldm", "gldm_a", "it is 1")]
    [InlineData("setting: { distances: [1, 2] }", "ngtdm", "distances", "it is 1, 2")]
    [InlineData("setting: { distances: [2] }", "gldm_SmallDependenceEmphasis", "distances", "it is 2")]
    [InlineData("setting: { symmetricalGLCM: false }", "glcm_Contrast", "symmetricalGLCM", "it is false")]
    [InlineData("setting: { weightingNorm: no_weighting }", "glrlm", "weightingNorm", "it is no-weighting")]
    [InlineData("imageType: { Original: {}, Square: { gldm_a: 1 } }", "gldm", "gldm_a", "of square")]
    [InlineData("imageType: { Original: { distances: [3] } }", "glcm", "distances", "of original")]
    public void OfImage_MapThatDependsOnAnotherChoice_IsRefusedByName(string parameters, string map, params string[] named)
    {
        ExtractionProfile profile = ProfileReader.Read(parameters, "params.yaml").Profile;

        string message = Assert.Throws<ProfileException>(() => WantedMaps.OfImage(Asking(profile, map))).Message;

        Assert.All([map.Split('_')[0], .. named], part => Assert.Contains(part, message, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("gldm_a: 1", "firstorder", "glcm", "glrlm", "glszm", "ngtdm")]
    [InlineData("distances: [2]", "firstorder", "glrlm", "glszm")]
    [InlineData("symmetricalGLCM: false", "firstorder", "glrlm", "glszm", "gldm", "ngtdm")]
    [InlineData("weightingNorm: euclidean", "firstorder", "glszm", "gldm", "ngtdm")]
    [InlineData("force2D: true", "firstorder", "glcm", "gldm")]
    public void OfImage_MapsThatDoNotDependOnIt_AreMade(string setting, params string[] maps)
    {
        ExtractionProfile profile = ProfileReader.Read($"setting: {{ {setting} }}", "params.yaml").Profile;

        Assert.NotEmpty(WantedMaps.OfImage(Asking(profile, maps)).Features);
    }

    [Fact]
    public void OfImage_NoListInTheProfile_LooksAtTheFeaturesChosen()
    {
        const string tolerant = "setting: { gldm_a: 1 }\n";

        Assert.Contains("gldm_a", Assert.Throws<ProfileException>(() => WantedMaps.OfImage(ProfileReader.Read(tolerant, "p").Profile)).Message, StringComparison.Ordinal);
        Assert.Equal(18, WantedMaps.OfImage(ProfileReader.Read(tolerant + "featureClass: { firstorder: , shape: }", "p").Profile).Features.Count);
    }

    [Fact]
    public void OfImage_IbsiConvention_IsRefused() => Assert.Contains(
        "convention", Assert.Throws<ProfileException>(() => WantedMaps.OfImage(ProfileReader.ReadShipped("ibsi-c").Profile)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("featureClass: { shape: }", "none of its features")]
    [InlineData("setting: {}", "'frobnicate'", "frobnicate")]
    public void OfImage_NothingToMapOrAnUnknownName_SaysWhatThereIs(string parameters, string named, params string[] maps)
    {
        ExtractionProfile profile = ProfileReader.Read(parameters, "params.yaml").Profile;

        string message = Assert.Throws<ProfileException>(() => WantedMaps.OfImage(Asking(profile, maps))).Message;

        Assert.Contains(named, message, StringComparison.Ordinal);
        Assert.Contains("glszm", message, StringComparison.Ordinal);
        Assert.DoesNotContain("Parameter", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("voxel: { T2: [gldm] }\nfeatures: { T2: { classes: [gldm], bin_width: 25, texture: { dependence_tolerance: 2 } } }", "dependence_tolerance")]
    [InlineData("voxel: { T2: [glcm] }\nfeatures: { T2: { classes: [glcm], bin_width: 25, filters: [{ type: square, texture: { symmetrical: false } }] } }", "square")]
    [InlineData("convention: ibsi\nvoxel: { T2: [SIR, firstorder] }\nfeatures: { T2: { classes: [stat] }, ADC: { classes: [stat] } }", "convention")]
    public void Read_MapsOfAStudyThatDependOnIt_AreRefused(string yaml, string named) =>
        Assert.Contains(named, Assert.Throws<ProfileException>(() => ProfileReader.Read(yaml, "my.yaml")).Message, StringComparison.Ordinal);

    [Fact]
    public void Read_MapsOfAStudyThatDoNotDependOnIt_AreTaken() => Assert.Equal(
        ["SIR", "firstorder"],
        ProfileReader.Read("voxel: { T2: [SIR, firstorder] }\nfeatures: { T2: { classes: [gldm], bin_width: 25, texture: { dependence_tolerance: 2 } } }", "my.yaml").Profile.Voxel.T2);

    private static ExtractionProfile Asking(ExtractionProfile profile, params string[] maps) => profile with { Voxel = profile.Voxel with { Image = maps } };
}
