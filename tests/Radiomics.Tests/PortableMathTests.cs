namespace HccPipeline.Radiomics.Tests;

public sealed class PortableMathTests
{
    [Fact]
    public void Functions_AgreeWithTheLibraryToFewUlp()
    {
        Random random = new(7);
        for (int i = 0; i < 20_000; i++)
        {
            double x = Math.ScaleB(1 + random.NextDouble(), random.Next(-60, 60));
            AssertNear(Math.Log(x), PortableMath.Log(x));
            AssertNear(Math.Log2(x), PortableMath.Log2(x));
            AssertNear(Math.Cbrt(x), PortableMath.Cbrt(x));
            double y = (random.NextDouble() - 0.5) * 200;
            AssertNear(Math.Exp(y), PortableMath.Exp(y));
            double turns = random.NextDouble() * 8 - 4;
            (double sin, double cos) = PortableMath.SinCos(turns);
            Assert.Equal(Math.Sin(turns * Math.Tau), sin, 2e-14);
            Assert.Equal(Math.Cos(turns * Math.Tau), cos, 2e-14);
        }
        Assert.Equal(-3, PortableMath.Log2(0.125));
        Assert.Equal(0, PortableMath.Log(1));
        Assert.Equal(double.NegativeInfinity, PortableMath.Log(0));
        Assert.True(double.IsNaN(PortableMath.Log(-1)));
    }

    private static void AssertNear(double expected, double actual) =>
        Assert.True(Math.Abs(expected - actual) <= 9e-16 * Math.Max(Math.Abs(expected), Math.Abs(actual)), $"{expected:R} ≠ {actual:R}");
}
