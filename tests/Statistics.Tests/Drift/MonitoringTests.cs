using HccPipeline.Statistics.Discrimination;
using HccPipeline.Statistics.Drift;
using Xunit;

namespace HccPipeline.Statistics.Tests.Drift;

public sealed class MonitoringTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>Power by 1,200 simulated tests each (standard error 0.014): baseline AUC 0.81, reference 300, prevalence 46/78.</summary>
    [Theory]
    [InlineData(30, 0.16, 0.19, 0.37)]
    [InlineData(78, 0.10, 0.46, 0.72)]
    [InlineData(200, 0.06, 0.72, 0.95)]
    public void AucDropPower_Windows_AgreeWithSimulation(int window, double halfWidth, double power10, double power15)
    {
        AucDropPower small = AucDropPower.Compute(0.81, 46.0 / 78, 300, window, 0.10), large = AucDropPower.Compute(0.81, 46.0 / 78, 300, window, 0.15);
        Assert.Equal(halfWidth, small.HalfWidth, 0.01);
        Assert.Equal(power10, small.Power, 0.05);
        Assert.Equal(power15, large.Power, 0.05);
    }

    [Fact]
    public void AucDropPower_DetectableDrop_HasTheTargetPower()
    {
        AucDropPower window = AucDropPower.Compute(0.81, 0.5, 300, 200, 0.1);
        AucDropPower atDetectable = AucDropPower.Compute(0.81, 0.5, 300, 200, window.DetectableDrop!.Value);
        Assert.Equal(0.8, atDetectable.Power, 1e-9);
        Assert.Null(AucDropPower.Compute(0.81, 0.5, 300, 12, 0.1).DetectableDrop);
    }

    [Fact]
    public void Variance_BinormalScores_IsThatOfSimulatedAucs()
    {
        Random random = new(5);
        const int Repeats = 4000;
        double sum = 0, squares = 0;
        double mu = Math.Sqrt(2) * 0.8778962950512288;   // Φ⁻¹(0.81)
        double[] y = [.. Enumerable.Range(0, 60).Select(i => i < 30 ? 1.0 : 0.0)];
        for (int r = 0; r < Repeats; r++)
        {
            double auc = RocCurve.Compute([.. y.Select(v => Gauss(random) + (v * mu))], y).Auc;
            sum += auc;
            squares += auc * auc;
        }
        double mean = sum / Repeats, variance = (squares / Repeats) - (mean * mean);
        Assert.Equal(0.81, mean, 0.004);
        Assert.Equal(1, AucDropPower.Variance(0.81, 0.5, 60) / variance, 0.08);
    }

    [Theory]
    [InlineData(PlacementStatistic.Ewma, 0.05)]
    [InlineData(PlacementStatistic.Cusum, 0.25)]
    public void PlacementChart_FreshRunsWithoutDrift_LastAsLongAsDeclared(PlacementStatistic statistic, double parameter)
    {
        (double[] scores, double[] y) = Cohort(400, 1.24, seed: 11);
        PlacementReference reference = PlacementReference.From(scores, y);
        PlacementChart chart = PlacementChart.Calibrate(reference, statistic, parameter, 200, seed: 3, runs: 1000, Stop);
        Random random = new(99);
        double total = 0;
        const int Runs = 600;
        for (int run = 0; run < Runs; run++)
        {
            int[] rows = [.. Enumerable.Range(0, 3000).Select(_ => random.Next(scores.Length))];
            total += chart.Run(reference, [.. rows.Select(i => scores[i])], [.. rows.Select(i => y[i])]).FirstAlarm ?? 3000;
        }
        // Run lengths are nearly geometric: standard error about 200/√600 + 200/√1000.
        Assert.Equal(200, total / Runs, 35.0);
    }

    [Fact]
    public void PlacementChart_LostDiscrimination_AlarmsEarlierThanWithout()
    {
        (double[] scores, double[] y) = Cohort(300, 1.24, seed: 21);
        PlacementReference reference = PlacementReference.From(scores, y);
        PlacementChart chart = PlacementChart.Calibrate(reference, PlacementStatistic.Cusum, 0.25, 300, seed: 4, runs: 500, Stop);
        (double[] worse, double[] worseY) = Cohort(400, 0.2, seed: 22);
        int? alarm = chart.Run(reference, worse, worseY).FirstAlarm;
        Assert.InRange(alarm ?? int.MaxValue, 1, 120);
    }

    [Fact]
    public void PlacementReference_InControlPlacements_AreStandardised()
    {
        (double[] scores, double[] y) = Cohort(200, 1, seed: 2);
        PlacementReference reference = PlacementReference.From(scores, y);
        double[] placed = [.. scores.Select((s, i) => reference.Place(s, y[i]))];
        Assert.Equal(reference.InControl, placed);
        Assert.Equal(0, placed.Average(), 1e-12);
        Assert.Equal(1, placed.Where((_, i) => y[i] == 1).Sum(v => v * v) / (y.Sum() - 1), 1e-12);
    }

    [Fact]
    public void PermutationTest_SameDistribution_HasUniformP()
    {
        Random random = new(8);
        int small = 0;
        for (int r = 0; r < 200; r++)
        {
            double[] a = [.. Enumerable.Range(0, 60).Select(_ => Gauss(random))], b = [.. Enumerable.Range(0, 20).Select(_ => Gauss(random))];
            if (PermutationTest.Wasserstein(a, b, 99, seed: (ulong)r, Stop).P <= 0.1) small++;
        }
        Assert.InRange(small, 9, 33);
    }

    [Fact]
    public void PermutationTest_SameSeed_SameResultAndShiftIsSeen()
    {
        Random random = new(9);
        double[] a = [.. Enumerable.Range(0, 80).Select(_ => Gauss(random))], b = [.. Enumerable.Range(0, 40).Select(_ => Gauss(random) + 1)];
        Assert.Equal(PermutationTest.KolmogorovSmirnov(a, b, 200, 1, cancellation: Stop), PermutationTest.KolmogorovSmirnov(a, b, 200, 1, cancellation: Stop));
        Assert.Equal(1 / 201.0, PermutationTest.Wasserstein(a, b, 200, 1, cancellation: Stop).P);
        Assert.True(PermutationTest.StabilityIndex(a, b, 200, 1, cancellation: Stop).P < 0.02);
    }

    private static (double[] Scores, double[] Y) Cohort(int n, double mu, int seed)
    {
        Random random = new(seed);
        double[] y = [.. Enumerable.Range(0, n).Select(i => random.NextDouble() < 0.55 ? 1.0 : 0.0)];
        return ([.. y.Select(v => Gauss(random) + (v * mu))], y);
    }

    private static double Gauss(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
