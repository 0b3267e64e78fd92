using HccPipeline.Statistics.Drift;
using HccPipeline.Statistics.Numerics;
using Xunit;

namespace HccPipeline.Statistics.Tests.Drift;

public sealed class AlarmRateTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(0)]
    [InlineData(0.1)]
    [InlineData(0.5)]
    [InlineData(0.9)]
    public void Both_AtZero_IsTheOrthantOfTheBivariateNormal(double correlation) =>
        Assert.Equal(0.25 + (Math.Asin(correlation) / (2 * Math.PI)), ConsecutiveFalls.Both(0, correlation), 1e-10);

    [Fact]
    public void Level_IndependentWindows_IsTheSquareRoot() => Assert.Equal(0.05, ConsecutiveFalls.Level(0.0025, 0), 1e-10);

    [Fact]
    public void Level_MoreSharedError_IsSmaller()
    {
        double[] levels = [.. new[] { 0, 0.2, 0.4, 0.8 }.Select(r => ConsecutiveFalls.Level(0.001, r))];
        Assert.Equal(levels.OrderDescending(), levels);
        Assert.True(levels[^1] > 0.001);   // not even a full share makes two windows one
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(0.5, 0)]
    [InlineData(0.01, 1)]
    [InlineData(0.01, -0.1)]
    public void Level_ArgumentOutOfRange_IsRefused(double both, double correlation) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => ConsecutiveFalls.Level(both, correlation));

    [Theory]
    [InlineData(1.959963984540054, 0.05)]
    [InlineData(-3.290526731491925, 0.001)]
    public void TwoSided_Quantiles_GiveTheirLevel(double z, double p) => Assert.Equal(p, NormalTail.TwoSided(z), 1e-12);

    [Fact]
    public void SequentialWasserstein_NeverEnoughReached_IsTheTestOfAFixedNumber()
    {
        Random random = new(3);
        double[] a = [.. Enumerable.Range(0, 30).Select(_ => random.NextDouble())], b = [.. Enumerable.Range(0, 20).Select(_ => random.NextDouble())];
        PermutationResult whole = PermutationTest.Wasserstein(a, b, 400, seed: 5, Stop);
        Assert.Equal(whole, PermutationTest.SequentialWasserstein(a, b, reached: 401, permutations: 400, seed: 5, Stop));
        PermutationResult early = PermutationTest.SequentialWasserstein(a, b, reached: 10, permutations: 400, seed: 5, Stop);
        Assert.Equal(10.0 / early.Permutations, early.P);
        Assert.InRange(early.Permutations, 10, 399);
    }

    [Fact]
    public void SequentialWasserstein_WithoutDrift_IsSmallAsOftenAsItSays()
    {
        Random random = new(8);
        const int Repeats = 1000;
        int fives = 0, twenties = 0;
        for (int r = 0; r < Repeats; r++)
        {
            double[] a = [.. Enumerable.Range(0, 25).Select(_ => random.NextDouble())], b = [.. Enumerable.Range(0, 15).Select(_ => random.NextDouble())];
            double p = PermutationTest.SequentialWasserstein(a, b, reached: 20, permutations: 999, seed: (ulong)r, Stop).P;
            if (p <= 0.05) fives++;
            if (p <= 0.2) twenties++;
        }
        Assert.InRange(fives, 30, 72);      // ± 3 standard errors
        Assert.InRange(twenties, 162, 240);
    }

    /// <summary>Small references, each with its own patients after it: what somebody who declares a rate would see.</summary>
    [Theory]
    [InlineData(PlacementStatistic.Ewma, 0.05)]
    [InlineData(PlacementStatistic.Cusum, 0.25)]
    public void CalibrateWithReference_SmallReferences_AlarmAsOftenAsDeclared(PlacementStatistic statistic, double parameter)
    {
        const int Declared = 200, Repeats = 300, Patients = 60;
        Random random = new(12);
        int counted = 0, trusting = 0;
        long after = 0;
        for (int r = 0; r < Repeats; r++)
        {
            (double[] scores, double[] y) = Draw(random, Patients);
            (double[] next, double[] nextY) = Draw(random, Declared);
            PlacementReference reference = PlacementReference.From(scores, y);
            PlacementChart careful = PlacementChart.CalibrateWithReference(reference, statistic, parameter, Declared, seed: (ulong)r, runs: 200, Stop);
            PlacementChart plain = PlacementChart.Calibrate(reference, statistic, parameter, Declared, seed: (ulong)r, runs: 100, Stop);
            int? first = careful.Run(reference, next, nextY).FirstAlarm;
            after += first ?? Declared;
            if (first is not null) counted++;
            if (plain.Run(reference, next, nextY).FirstAlarm is not null) trusting++;
        }
        Assert.InRange((double)after / counted, 0.7 * Declared, 1.5 * Declared);
        Assert.True(trusting > counted, $"{trusting} alarms where the reference was trusted, {counted} where it was not.");
    }

    private static (double[] Scores, double[] Y) Draw(Random random, int patients)
    {
        double[] y = [.. Enumerable.Range(0, patients).Select(_ => random.NextDouble() < 0.45 ? 1.0 : 0.0)];
        return ([.. y.Select(v => (v * 1.24) + (Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble())))], y);
    }
}
