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

    [Fact]
    public void Read_EverySetting_HasItsMeaning()
    {
        const string yaml = """
            setting:
              label_channel: 1
              correctMask: true
              preCrop: true
              padDistance: 7
              resegmentRange: [2, -3]
              resegmentMode: sigma
              resegmentShape: true
              force2D: true
              force2Ddimension: 1
              weightingNorm: no_weighting
              distances: [2, 1]
              symmetricalGLCM: false
              gldm_a: 1
              additionalInfo: false
              sigma: [2, 1.5]
            imageType:
              Original: { binWidth: 10 }
              LoG: {}
              Gradient: { gradientUseSpacing: false, force2D: false }
              Wavelet: { wavelet: sym4, start_level: 1, level: 2, binCount: 8 }
              LBP2D: { lbp2DRadius: 2, lbp2DSamples: 12, lbp2DMethod: ror }
              LBP3D: { lbp3DLevels: 3 }
            """;

        FeatureChoices c = ProfileReader.Read(yaml, "Params.yaml").Profile.Features.Image!;

        Assert.Equal(new MaskChoices { Correct = true, Channel = 1, LabelOfSeveral = 1 }, c.Mask);
        Assert.Equal((7, null), (c.CropMargin, c.Interpolation));
        Assert.Equal(new ResegmentationChoices { Mode = ResegmentationMode.Sigma, Lowest = -3, Highest = 2, Shape = true }, c.Resegmentation);
        Assert.Equal((Axis.Y, DistanceWeighting.NoWeighting, false, 1), (c.Texture.BySlice, c.Texture.Weighting, c.Texture.Symmetrical, c.Texture.DependenceTolerance));
        Assert.Equal([1, 2], c.Texture.Distances);
        Assert.Contains("shape2D", c.Classes);
        Assert.False(c.Original);
        Assert.Equal(
            ["original", "log-sigma-2-mm-3D", "log-sigma-1-5-mm-3D", "gradient", "wavelet-HL", "wavelet-LH", "wavelet-HH", "wavelet2-HL", "wavelet2-LH", "wavelet2-HH",
             "wavelet2-LL", "lbp-2D", "lbp-3D-m1", "lbp-3D-m2", "lbp-3D-m3", "lbp-3D-k"],
            c.Filters.Select(f => f.Name));
        Assert.Equal((10.0, null), (c.Filters[0].BinWidth, c.Filters[0].Texture));
        Assert.Equal((true, true), (c.Filters[3].PerVoxel, c.Filters[3].Texture is { BySlice: null }));
        Assert.Equal(("sym4", 3, Axis.Y, 8, null), (c.Filters[7].FilterBank, c.Filters[7].Level, c.Filters[7].SliceAxis, c.Filters[7].BinCount, c.Filters[7].BinWidth));
        Assert.Equal((2.0, 12, BinaryPatternMethod.Ror, Axis.Y), (c.Filters[11].RadiusVoxels, c.Filters[11].Samples, c.Filters[11].Method, c.Filters[11].SliceAxis));
    }

    [Fact]
    public void Read_Resampling_IsOnItsGridWithNearestMask()
    {
        FeatureChoices c = ProfileReader.Read("setting: { resampledPixelSpacing: [2, 2, 0], interpolator: sitkLinear, padDistance: 10, preCrop: true }", "Params.yaml").Profile.Features.Image!;

        Assert.Null(c.CropMargin);   // resampling crops by itself
        Assert.Equal([2, 2, 0], c.Interpolation!.SpacingMm);
        Assert.Equal(
            (Interpolation.Linear, Interpolation.Nearest, GridAlignment.Corner, 10, true),
            (c.Interpolation.Image, c.Interpolation.Mask, c.Interpolation.Alignment, c.Interpolation.Margin, c.Interpolation.KeepWhole));
        Assert.Null(ProfileReader.Read("setting:\n  resampledPixelSpacing: [2, 2, 0]\n  interpolator:", "Params.yaml").Profile.Features.Image!.Interpolation);
    }

    /// <summary>Whole numbers on a slope of 1 a voxel, taken between voxels: x.5 is cut to x where the image is stored in whole numbers.</summary>
    [Theory]
    [InlineData(true, 104.0)]
    [InlineData(false, 104.5)]
    public void Compute_ResampledWholeNumbers_AreCutAsItkCutsThem(bool stored, double first)
    {
        Volume<float> image = new(new() { SizeX = 16, SizeY = 16, SizeZ = 16, SpacingMm = new(1, 1, 1) }) { StoredWhole = stored };
        Volume<byte> mask = new(image.Geometry);
        for (int i = 0; i < image.Voxels.Length; i++)
        {
            int x = i % 16, y = i / 16 % 16, z = i / 256;
            image.Voxels[i] = 100 + x;
            mask.Voxels[i] = x is >= 4 and < 12 && y is >= 4 and < 12 && z is >= 4 and < 12 ? (byte)1 : (byte)0;
        }

        IReadOnlyList<FeatureValue> values = RegionFeatures.Compute(
            image, mask, ProfileReader.Read("setting: { resampledPixelSpacing: [2, 2, 2], interpolator: sitkLinear }\nfeatureClass: { firstorder: [Minimum] }", "Params.yaml"));

        Assert.Equal(first, values.Single().Value, 1e-5);
    }
}
