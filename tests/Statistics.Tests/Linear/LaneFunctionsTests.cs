using System.Runtime.Intrinsics;
using HccPipeline.Statistics.Linear;
using Xunit;

namespace HccPipeline.Statistics.Tests.Linear;

public sealed class LaneFunctionsTests
{
    private const double FewUlp = 7e-16;

    [Fact]
    public void Exp_WholeRange_IsThePlatformsToAFewUlp()
    {
        for (double x = -708; x <= 708; x += 0.0137)
            Assert.Equal(1, LaneFunctions.Exp(Vector512.Create(x))[5] / Math.Exp(x), FewUlp);
        Assert.Equal(1, LaneFunctions.Exp(Vector512<double>.Zero)[0]);
    }

    [Fact]
    public void Exp_BeyondTheRange_IsThatOfItsEnds()
    {
        Assert.Equal(LaneFunctions.Exp(Vector512.Create(708.0)), LaneFunctions.Exp(Vector512.Create(1e300)));
        Assert.Equal(LaneFunctions.Exp(Vector512.Create(-708.0)), LaneFunctions.Exp(Vector512.Create(double.NegativeInfinity)));
    }

    [Fact]
    public void Log_ManyMagnitudes_IsThePlatformsToAFewUlp()
    {
        for (double x = 1e-300; x < 1e300; x *= 1.00731)
        {
            double expected = Math.Log(x);
            Assert.Equal(expected, LaneFunctions.Log(Vector512.Create(x))[2], FewUlp * Math.Max(Math.Abs(expected), 0.01));
        }
        Assert.Equal(0, LaneFunctions.Log(Vector512<double>.One)[0]);
    }
}
