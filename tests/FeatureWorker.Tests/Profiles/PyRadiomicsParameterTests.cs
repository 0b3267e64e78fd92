using HccPipeline.FeatureWorker.Extraction;
using HccPipeline.FeatureWorker.Profiles;
using HccPipeline.Imaging;
using HccPipeline.Radiomics;
using Xunit;

namespace HccPipeline.FeatureWorker.Tests.Profiles;

public sealed class PyRadiomicsParameterTests
{
    private const string Parameters = """
        imageType:
          Original: {}
          Square: {}
          Wavelet: { wavelet: coif1, binWidth: 10 }
        featureClass:
          shape:
          firstorder: [Mean, Kurtosis]
          glcm: ['JointEntropy']
          ngtdm: []
        setting:
          binWidth: 12.5
          normalize: true
          normalizeScale: 100
          removeOutliers: 3
          voxelArrayShift: 300
          resegmentRange: [-250, 250]
          minimumROISize: 50
          label: 2
          interpolator: 'sitkBSpline'
          resampledPixelSpacing: # None
          weightingNorm: # None
          geometryTolerance: 0.0001
        voxelSetting:
          kernelRadius: 2
          maskedKernel: true
          initValue: nan
          voxelBatch: 10000
        """;

    [Fact]
    public void Read_ParameterFile_HasItsChoices()
    {
        ExtractionProfile profile = ProfileReader.Read(Parameters, "Params.yaml").Profile;
        FeatureChoices choices = profile.Features.Image!;

        Assert.Equal(Convention.PyRadiomics, profile.Convention);
        Assert.Equal(["ngtdm", "shape"], choices.Classes);
        Assert.Equal(["firstorder_Kurtosis", "firstorder_Mean", "glcm_JointEntropy"], choices.Features);
        Assert.Equal((12.5, 300.0, 51, 2, 2), (choices.BinWidth, choices.VoxelArrayShift, choices.MinimumVoxels, choices.MinimumDimensions, choices.Label));
        Assert.Equal(new NormalisationChoices { Method = Normalisation.ZScore, Scale = 100, Clip = 3 }, choices.Normalisation);
        Assert.Equal(new ResegmentationChoices { Lowest = -250, Highest = 250 }, choices.Resegmentation);
        Assert.Equal(9, choices.Filters.Length);
        Assert.Equal(8, choices.Filters.Count(f => f is { Type: FilterKind.StationaryWavelet, BinWidth: 10 }));
    }

    [Fact]
    public void Compute_ParameterFile_GivesItsFeaturesOfEachImageAndShapeOnce()
    {
        Volume<float> image = new(new() { SizeX = 9, SizeY = 7, SizeZ = 5, SpacingMm = new(1, 1, 2) });
        Volume<byte> mask = new(image.Geometry);
        for (int i = 0; i < image.Voxels.Length; i++)
            (image.Voxels[i], mask.Voxels[i]) = (i * 37 % 200, 2);

        IReadOnlyList<FeatureValue> values = RegionFeatures.Compute(image, mask, ProfileReader.Read(Parameters, "Params.yaml"));

        Assert.Equal(10 * (2 + 1 + 5) + 14, values.Count);
        Assert.Contains(values, v => v.Name == "wavelet-LLH_firstorder_Mean");
        Assert.Contains(values, v => v.Name == "square_glcm_JointEntropy");
        Assert.All(values, v => Assert.True(double.IsFinite(v.Value), v.Name));
    }

    [Theory]
    [InlineData("setting: { binwidth: 25 }", "'binwidth'")]
    [InlineData("setting:\n  force2D: maybe", "line 2, column 12: 'maybe'")]
    [InlineData("setting: { force2Ddimension: 3 }", "'3'")]
    [InlineData("setting: { weightingNorm: chebyshev }", "'chebyshev'")]
    [InlineData("setting: { distances: [0] }", "'0'")]
    [InlineData("setting: { interpolator: sitkCubic }", "'sitkCubic'")]
    [InlineData("setting: { resampledPixelSpacing: [1, 1] }", "resampledPixelSpacing")]
    [InlineData("setting: { resegmentMode: percent }", "'percent'")]
    [InlineData("imageType: { LoG: { sigma: [-3.0] } }", "'-3.0'")]
    [InlineData("imageType: { LoG: { label: 2 } }", "'label'")]
    [InlineData("imageType: { Blur: {} }", "'Blur'")]
    [InlineData("featureClass: { gldzm: [] }", "gldzm")]
    [InlineData("featureClass: { firstorder: [Average] }", "Average")]
    [InlineData("featureClass: { shape2D: }", "shape2D needs force2D")]
    [InlineData("voxelSetting: { radius: 2 }", "radius")]
    [InlineData("voxelSetting: { kernelRadius: 0 }", "'0'")]
    [InlineData("imageType: { Original: {} }\nextra: 1", "line 2, column 1: 'extra'")]
    [InlineData("setting: { binWidth: wide }", "wide")]
    [InlineData("setting: { binWidth: 0 }", "'0'")]
    public void Read_WhatPyRadiomicsDoesNotKnow_IsRefusedByName(string yaml, string named) =>
        Assert.Contains(named, Assert.Throws<ProfileException>(() => ProfileReader.Read(yaml, "Params.yaml")).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("setting: { binCount: 16, binWidth: 25 }", null, 16)]
    [InlineData("setting: {}", 25.0, null)]
    public void Read_Bins_AreThoseThatPyRadiomicsTakes(string yaml, double? width, int? count)
    {
        FeatureChoices choices = ProfileReader.Read(yaml, "Params.yaml").Profile.Features.Image!;

        Assert.Equal((width, count), (choices.BinWidth, choices.BinCount));
    }
}
