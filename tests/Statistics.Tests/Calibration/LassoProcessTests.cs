using System.Diagnostics;
using HccPipeline.Statistics.Calibration;
using HccPipeline.Statistics.Lasso;
using HccPipeline.Statistics.Linear;
using Xunit;

namespace HccPipeline.Statistics.Tests.Calibration;

public sealed class LassoProcessTests
{
    [Fact]
    public void Refit_OriginalRows_IsTheCrossValidatedModel()
    {
        (DesignMatrix x, double[] y) = Cohort(78, 12, seed: 1);
        int[] all = [.. Enumerable.Range(0, 78)];
        double[] lp = LassoProcess.Refit(x, y, folds: 5, seed: 3)(all, 0);
        ModelPerformance performance = ModelPerformance.Of(lp, y);
        Assert.InRange(performance.Auc, 0.6, 1);
        Assert.Equal(lp, LassoProcess.Refit(x, y, folds: 5, seed: 3)(all, 0));
    }

    [Fact]
    public void Optimism_PureNoise_IsCorrectedTowardsOneHalf()
    {
        (DesignMatrix x, _) = Cohort(78, 30, seed: 5);
        Random random = new(6);
        double[] y = [.. Enumerable.Range(0, 78).Select(_ => (double)random.Next(2))];
        Stopwatch watch = Stopwatch.StartNew();
        Optimism optimism = Optimism.Bootstrap(y, LassoProcess.Refit(x, y), 60, seed: 2, cancellation: TestContext.Current.CancellationToken);
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"60 replicates {watch.ElapsedMilliseconds} ms; AUC apparent {optimism.Auc.Apparent:F3}, corrected {optimism.Auc.Corrected:F3}");
        Assert.True(optimism.Auc.Optimism > 0.1);
        Assert.InRange(optimism.Auc.Corrected!.Value, 0.3, 0.65);
    }

    [Fact]
    public void Refit_RowWeights_AreRefused()
    {
        (DesignMatrix x, double[] y) = Cohort(20, 3, seed: 9);
        Assert.Throws<ArgumentException>(() => LassoProcess.Refit(x, y, options: new LassoOptions { Weights = new double[20] }));
    }

    private static (DesignMatrix X, double[] Y) Cohort(int n, int p, int seed)
    {
        Random random = new(seed);
        double[][] columns = [.. Enumerable.Range(0, p).Select(_ => Enumerable.Range(0, n).Select(_ => (random.NextDouble() * 4) - 2).ToArray())];
        double[] y = [.. Enumerable.Range(0, n).Select(i => random.NextDouble() < 1 / (1 + Math.Exp(-(1.5 * columns[0][i]) + columns[1][i])) ? 1.0 : 0)];
        return (DesignMatrix.FromColumns(columns), y);
    }
}
