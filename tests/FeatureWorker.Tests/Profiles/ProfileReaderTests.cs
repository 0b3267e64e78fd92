using HccPipeline.Contracts;
using HccPipeline.FeatureWorker.Extraction;
using HccPipeline.FeatureWorker.Profiles;
using HccPipeline.Imaging;
using Xunit;

namespace HccPipeline.FeatureWorker.Tests.Profiles;

public sealed class ProfileReaderTests
{
    [Fact]
    public void ReadDefault_ShippedFile_EqualsTheDefaultsOfTheCode()
    {
        HashedProfile shipped = ProfileReader.ReadDefault();

        Assert.Equal("hcc-mr", shipped.Profile.Name);
        VoxelChoices maps = new() { T2 = ["SIR", "firstorder", "glcm"], Adc = ["ADC", "firstorder", "glcm"] };
        Assert.Equal(ProfileReader.Hash(new ExtractionProfile { Name = "hcc-mr", Voxel = maps }).CanonicalJson, shipped.CanonicalJson);
    }

    [Fact]
    public void Read_SameChoicesWrittenDifferently_HaveOneHash()
    {
        HashedProfile shipped = ProfileReader.ReadDefault();
        const string yaml = """
            # other order, other notation, defaults left out
            features: { ADC: { bin_width: 2.5e-2, classes: ["firstorder"] } }
            t2_ratio:
              reference: "MuscleReference"
            name: 'hcc-mr'
            voxel: { T2: [glcm, firstorder, SIR], ADC: [firstorder, ADC, glcm] }
            """;

        Assert.Equal(shipped.Sha256, ProfileReader.Read(yaml, "test").Sha256);
    }

    [Theory]
    [InlineData("name: other")]
    [InlineData("name: hcc-mr\nadc: { lowest_b_value: 100 }")]
    [InlineData("name: hcc-mr\nt2_ratio: { reference: SpleenReference }")]
    [InlineData("name: hcc-mr\nfeatures: { T2: { classes: [firstorder], bin_width: 25 } }")]
    public void Read_AnotherChoice_HasAnotherHash(string yaml) =>
        Assert.NotEqual(ProfileReader.ReadDefault().Sha256, ProfileReader.Read(yaml, "test").Sha256);

    [Fact]
    public void Hash_NoEnhancement_HasNoTraceOfIt()
    {
        string canonical = ProfileReader.ReadDefault().CanonicalJson;

        Assert.DoesNotContain("enhancement", canonical, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("dce", canonical, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(ProfileReader.Read("name: x", "test").Sha256, ProfileReader.Read("name: x\nvoxel: { DCE: [] }", "test").Sha256);
    }

    [Fact]
    public void Read_Enhancement_IsPartOfTheHash()
    {
        HashedProfile plain = ProfileReader.Read("name: x", "test"), asked = ProfileReader.Read("name: x\nenhancement: {}", "test");
        HashedProfile maps = ProfileReader.Read("name: x\nenhancement: { late_phase: delayed-or-portal }\nvoxel: { DCE: [Washout, ArterialEnhancement] }", "test");

        Assert.Equal((null, LatePhase.Delayed, LatePhase.DelayedOrPortal), (plain.Profile.Enhancement, asked.Profile.Enhancement!.LatePhase, maps.Profile.Enhancement!.LatePhase));
        Assert.Equal(["ArterialEnhancement", "Washout"], maps.Profile.Voxel.Dce!);
        Assert.Equal(3, new[] { plain, asked, maps }.Select(p => p.Sha256).Distinct().Count());
        Assert.Equal(maps.Sha256, ProfileReader.Hash(ProfileReader.FromCanonicalJson(maps.CanonicalJson)).Sha256);
    }

    [Theory]
    [InlineData("name: x\nadc:\n  lowest_bvalue: 100", 3, "lowest_bvalue")]
    [InlineData("name: x\n\nbin_with: 25", 3, "bin_with")]
    [InlineData("t2_ratio:\n  reference: Kidney", 2, "Kidney")]
    [InlineData("name: x\nname: y", 2, "name")]
    [InlineData("features:\n  T2:\n    bin_width: wide", 3, "wide")]
    public void Read_KeyOrValueNotKnown_IsRefusedWithItsLine(string yaml, int line, string named)
    {
        ProfileException refused = Assert.Throws<ProfileException>(() => ProfileReader.Read(yaml, "my.yaml"));

        Assert.StartsWith($"my.yaml, line {line}, ", refused.Message, StringComparison.Ordinal);
        Assert.Contains(named, refused.Message, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("name: x\nfeatures:\n  image:\n    bin_width: 1\n    interpolation:\n      spacing_mm: [1, 1]", 6, "spacing_mm")]
    [InlineData("features:\n  image:\n    bin_width: 5\n    filters:\n      - type: mean\n        size: 3\n      - type: laws\n        kernel: X5L5", 8, "X5L5")]
    [InlineData("features:\n  image:\n    bin_width: 5\n    filters:\n      - type: mean\n        sigma_mm: 3", 5, "size")]
    [InlineData("features:\n  image:\n    bin_width: 5\n    interpolation:\n      image: quintic", 5, "nearest, linear, cubic-spline")]
    [InlineData("convention: ibsi\nfeatures:\n  image:\n    classes: [stat, firstorder]", 4, "'firstorder'")]
    [InlineData("adc:\n  source: map\n  method:", 3, "adc.method is there but empty")]
    [InlineData("enhancement:\n  late_phase: venous", 2, "use delayed, portal, delayed-or-portal")]
    [InlineData("enhancement:\n  phase: portal", 2, "phase")]
    [InlineData("enhancement: {}\nvoxel:\n  DCE: [Washout, glcm]", 3, "'glcm' has no map; use ArterialEnhancement or Washout")]
    [InlineData("voxel:\n  DCE: [Washout]", 2, "add the section enhancement")]
    public void Read_ChoiceThatCanNotBe_IsRefusedWithItsLine(string yaml, int line, string named)
    {
        string message = Assert.Throws<ProfileException>(() => ProfileReader.Read(yaml, "my.yaml")).Message;

        Assert.StartsWith($"my.yaml, line {line}, ", message, StringComparison.Ordinal);
        Assert.Contains(named, message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_EveryKindOfFilter_IsApplied()
    {
        HashedProfile profile = ProfileReader.Read("""
            features:
              image:
                classes: [firstorder]
                bin_width: 5
                filters:
                  - { type: mean, size: 3, boundary: zero }
                  - { type: laplacian-of-gaussian, sigma_mm: 1.5, planar: true }
                  - { type: laws, kernel: E5L5S5, pooling: max, energy_distance: 2 }
                  - { type: gabor, sigma_mm: 2, wavelength_mm: 4, orientations: 2, bin_count: 8 }
                  - { type: wavelet, wavelet: haar, band: LHL, level: 2, pooling: average }
                  - { type: simoncelli, level: 1 }
                  - { type: square }
                  - { type: gradient, name: slope }
            """, "test");
        Volume<float> image = new(new() { SizeX = 8, SizeY = 8, SizeZ = 8, SpacingMm = new(1, 1, 1) });
        Volume<byte> mask = new(image.Geometry);
        for (int i = 0; i < image.Voxels.Length; i++)
            (image.Voxels[i], mask.Voxels[i]) = (i * 37 % 200, 1);

        string[] types = [.. RegionFeatures.Compute(image, mask, profile).Select(v => v.Name.Split('_')[0]).Distinct()];

        Assert.Equal(
            ["original", "mean-3", "log-sigma-1-5-mm-2D", "laws-E5L5S5-energy-2-max", "gabor-sigma-2-0-lambda-4-0-mm", "wavelet-haar-lhl-2-average", "simoncelli-1", "square", "slope"],
            types);
    }

    [Theory]
    [InlineData("convention: ibsi2", "ibsi2")]
    [InlineData("t2_ratio: { reference: Lesion }", "t2_ratio.reference")]
    [InlineData("adc: { source: guess }", "guess")]
    [InlineData("adc: { method: magic }", "magic")]
    [InlineData("adc: { lowest_b_value: -1 }", "lowest_b_value")]
    [InlineData("features: { T2: { classes: [wavelet], bin_width: 25 } }", "wavelet")]
    [InlineData("features: { T2: { classes: [shape], bin_width: 0 } }", "T2.bin_width")]
    [InlineData("features: { T2: { classes: [shape], bin_width: .inf } }", "T2.bin_width")]
    [InlineData("adc:", "empty")]
    [InlineData("features: { T2: }", "empty")]
    [InlineData("", "empty")]
    public void Read_ChoiceThatCanNotBe_IsRefusedByName(string yaml, string named) =>
        Assert.Contains(named, Assert.Throws<ProfileException>(() => ProfileReader.Read(yaml, "my.yaml")).Message, StringComparison.Ordinal);

    [Fact]
    public void ReadFile_NoSuchFile_SaysWhichAndWhatToDo() =>
        Assert.Contains("absent.yaml", Assert.Throws<ProfileException>(() => ProfileReader.ReadFile("absent.yaml")).Message, StringComparison.Ordinal);

    [Fact]
    public void FromCanonicalJson_WhatHashGave_IsTheSameProfile()
    {
        HashedProfile profile = ProfileReader.Read("name: x\nt2_ratio: { reference: LiverReference }\nadc: { noise_floor: 12.5 }", "test");

        ExtractionProfile read = ProfileReader.FromCanonicalJson(profile.CanonicalJson);

        Assert.Equal(Region.LiverReference, read.T2Ratio.Reference);
        Assert.Equal(12.5, read.Adc.NoiseFloor);
        Assert.Equal(profile.Sha256, ProfileReader.Hash(read).Sha256);
    }
}
