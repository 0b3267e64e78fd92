using CsCheck;
using Xunit;

namespace HccPipeline.Statistics.Tests.Reference;

public sealed class RepeatablePropertyTests
{
    [Fact]
    public void Sample_CalledTwice_DrawsTheSameValues()
    {
        List<int> first = [], second = [];
        Gen.Int[0, 999_999].Sample(first.Add, iter: 50);
        Gen.Int[0, 999_999].Sample(second.Add, iter: 50);
        Assert.Equal(first, second);
        Assert.True(first.Distinct().Count() > 40);
        // The first values drawn when this was written: another process draws them too.
        Assert.Equal([496_580, 925_536, 198_020], first.Take(3));
    }

    [Fact]
    public void Sample_PropertyThatFails_ThrowsWithTheCounterexample()
    {
        CsCheckException e = Assert.Throws<CsCheckException>(() => Gen.Int[0, 1000].Sample(v => Assert.True(v < 900)));
        Assert.Contains("Set seed", e.Message, StringComparison.Ordinal);
    }
}
