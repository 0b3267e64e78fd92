using HccPipeline.Statistics.Agreement;
using Xunit;

namespace HccPipeline.Statistics.Tests.Agreement;

/// <summary>Against R 4.2.2, fisher.test.</summary>
public sealed class FreemanHaltonTests
{
    [Fact]
    public void Test_TablesWithinReach_MatchFisherTest()
    {
        int[,] twoByFive = { { 3, 9, 1, 4, 6 }, { 8, 2, 7, 5, 1 } }, three = { { 3, 1, 2 }, { 0, 4, 1 }, { 5, 2, 6 } };
        int[,] twoBySix = { { 12, 20, 8, 15, 5, 3 }, { 9, 11, 17, 6, 12, 10 } }, four = { { 2, 0, 3, 1 }, { 1, 4, 0, 2 }, { 3, 1, 1, 5 }, { 0, 2, 4, 1 } };
        foreach ((int[,] table, double p) in new[] { (twoByFive, 0.00437216233365865), (three, 0.123065015479875), (twoBySix, 0.00497000225857787), (four, 0.0463458880714935) })
        {
            FreemanHaltonTest test = FreemanHaltonTest.Test(table, cancellation: TestContext.Current.CancellationToken);
            Assert.Equal(0, test.Simulated);
            Assert.Null(test.StandardError);
            Assert.Equal(p, test.P, p * 1e-8);
            Assert.Equal(p, FreemanHaltonTest.Test(Transposed(table), cancellation: TestContext.Current.CancellationToken).P, p * 1e-8);
        }
    }

    [Fact]
    public void Test_TenCategoriesOfTwenty_IsSimulatedAndSaysHowWell()
    {
        // 0.7145 by a million simulated tables in R, which gives up on the exact p-value.
        int[,] table = { { 10, 7, 9, 11, 8, 7, 8, 13, 16, 11 }, { 16, 8, 6, 9, 10, 8, 14, 10, 13, 6 } };
        FreemanHaltonTest test = FreemanHaltonTest.Test(table, seed: 5, TestContext.Current.CancellationToken);
        Assert.Equal(100_000, test.Simulated);
        Assert.InRange(test.StandardError!.Value, 0.001, 0.002);
        Assert.Equal(0.7145523, test.P, 4 * test.StandardError.Value);
        Assert.Equal(test, FreemanHaltonTest.Test(table, seed: 5, TestContext.Current.CancellationToken));
    }

    [Fact]
    public void Test_Cancelled_Stops()
    {
        int[,] table = new int[6, 8];
        for (int i = 0; i < 48; i++) table[i / 8, i % 8] = 3 + (i * 7 % 5);
        Assert.Throws<OperationCanceledException>(() => FreemanHaltonTest.Test(table, cancellation: new CancellationToken(canceled: true)));
    }

    private static int[,] Transposed(int[,] table)
    {
        int[,] other = new int[table.GetLength(1), table.GetLength(0)];
        for (int i = 0; i < other.GetLength(0); i++)
            for (int j = 0; j < other.GetLength(1); j++) other[i, j] = table[j, i];
        return other;
    }
}
