using HccPipeline.FeatureWorker.Extraction;
using Xunit;

namespace HccPipeline.FeatureWorker.Tests.Extraction;

public sealed class AdcUnitTests
{
    // Hepatocellular carcinoma lies near 1.1 × 10⁻³ mm²/s; free water, at 3.0, is the highest of all.
    [Theory]
    [InlineData(1.1, 1)]
    [InlineData(1100, 1e-3)]
    [InlineData(0.0011, 1e3)]
    [InlineData(3.0, 1)]
    [InlineData(3000, 1e-3)]
    [InlineData(0.003, 1e3)]
    [InlineData(0.3, 1)]
    [InlineData(300, 1e-3)]
    public void FactorToMilli_MapInOneOfTheUnits_IsRecognised(float stored, double factor) =>
        Assert.Equal(factor, AdcUnit.FactorToMilli([stored, stored, stored]));

    [Fact]
    public void FactorToMilli_ZerosAndOneOutlier_DoNotDecide() =>
        Assert.Equal(1e-3, AdcUnit.FactorToMilli([0, 0, 0, 0, 900, 1000, 1100, 1200, 65535]));

    [Theory]
    [InlineData(50f)]
    [InlineData(20000f)]
    [InlineData(1e-6f)]
    public void FactorToMilli_NoTissueInAnyUnit_IsRejected(float stored) =>
        Assert.Contains("no tissue", Assert.Throws<BrickRejectedException>(() => AdcUnit.FactorToMilli([stored])).Message, StringComparison.Ordinal);

    [Fact]
    public void FactorToMilli_NoPositiveValue_IsRejected() =>
        Assert.Contains("no positive value", Assert.Throws<BrickRejectedException>(() => AdcUnit.FactorToMilli([0, -3])).Message, StringComparison.Ordinal);
}
