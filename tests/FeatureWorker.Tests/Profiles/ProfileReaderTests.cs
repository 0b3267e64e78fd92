using HccPipeline.Contracts;
using HccPipeline.FeatureWorker.Profiles;
using Xunit;

namespace HccPipeline.FeatureWorker.Tests.Profiles;

public sealed class ProfileReaderTests
{
    [Fact]
    public void ReadDefault_ShippedFile_EqualsTheDefaultsOfTheCode()
    {
        HashedProfile shipped = ProfileReader.ReadDefault();

        Assert.Equal("hcc-mr", shipped.Profile.Name);
        Assert.Equal(ProfileReader.Hash(new ExtractionProfile { Name = "hcc-mr" }).CanonicalJson, shipped.CanonicalJson);
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
