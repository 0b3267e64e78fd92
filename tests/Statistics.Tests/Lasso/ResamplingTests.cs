using HccPipeline.Statistics.Lasso;
using HccPipeline.Statistics.Linear;
using Xunit;

namespace HccPipeline.Statistics.Tests.Lasso;

public sealed class ResamplingTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(600, 80, CrossValidationLoss.Deviance)]
    [InlineData(600, 80, CrossValidationLoss.Auc)]
    [InlineData(120, 200, CrossValidationLoss.Deviance)]
    public void RunToMinimum_LossThatFallsAndRises_IsTheWholeCrossValidationUpToThere(int n, int p, CrossValidationLoss loss)
    {
        (DesignMatrix x, double[] y) = SyntheticCohort.Create(n, p, seed: 5);
        int[] folds = StratifiedFolds.Create(y, 10, seed: 1);
        CrossValidationResult whole = LassoCrossValidation.Run(x, y, folds, loss: loss, cancellationToken: Ct);

        CrossValidationResult part = LassoCrossValidation.RunToMinimum(x, y, folds, loss: loss, threads: 3, cancellationToken: Ct);

        int points = part.Lambda.Length;
        Assert.InRange(points, whole.IndexMin + 1, whole.Lambda.Length - 1);
        Assert.Equal(PathEnd.Paused, part.Path.End);
        Assert.Equal((whole.IndexMin, whole.Index1Se), (part.IndexMin, part.Index1Se));
        Assert.Equal(whole.Lambda[..points], part.Lambda);
        Assert.Equal(whole.MeanError[..points], part.MeanError);
        Assert.Equal(whole.StandardError[..points], part.StandardError);
        for (int k = 0; k < points; k++)
        {
            Assert.Equal(whole.Path.Coefficients[k].Columns, part.Path.Coefficients[k].Columns);
            Assert.Equal(whole.Path.Coefficients[k].Values, part.Path.Coefficients[k].Values);
            Assert.Equal(whole.Path.Intercept[k], part.Path.Intercept[k]);
        }
        Assert.Equal(whole.OutOfFold[part.IndexMin], part.OutOfFold[part.IndexMin]);
    }

    [Fact]
    public void RunToMinimum_LossThatNeverRises_IsTheWholeCrossValidation()
    {
        (DesignMatrix x, double[] y) = SyntheticCohort.Create(2000, 3, seed: 2);
        int[] folds = StratifiedFolds.Create(y, 10, seed: 1);
        CrossValidationResult whole = LassoCrossValidation.Run(x, y, folds, cancellationToken: Ct), part = LassoCrossValidation.RunToMinimum(x, y, folds, cancellationToken: Ct);
        Assert.Equal(whole.MeanError, part.MeanError);
        Assert.Equal(whole.Path.End, part.Path.End);
    }

    [Theory]
    [InlineData(78, 10)]
    [InlineData(30, 7)]
    public void StratifiedFolds_AnySize_AreBalancedWithinClasses(int rows, int folds)
    {
        (_, double[] y) = SyntheticCohort.Create(rows, 3, seed: rows);
        int[] assignment = StratifiedFolds.Create(y, folds, seed: 1);
        foreach (double label in (double[])[0, 1])
        {
            int[] sizes = [.. Enumerable.Range(1, folds).Select(f => Enumerable.Range(0, rows).Count(i => assignment[i] == f && y[i] == label))];
            Assert.InRange(sizes.Max() - sizes.Min(), 0, 1);
        }
        int[] totals = [.. Enumerable.Range(1, folds).Select(f => assignment.Count(a => a == f))];
        Assert.InRange(totals.Max() - totals.Min(), 0, 1);
    }

    [Fact]
    public void StratifiedFolds_SameSeed_IsThePublishedSequence()
    {
        double[] y = [0, 1, 0, 1, 0, 1, 0, 1, 0, 1];
        Assert.Equal(StratifiedFolds.Create(y, 3, seed: 2024), StratifiedFolds.Create(y, 3, seed: 2024));
        Assert.NotEqual(StratifiedFolds.Create(y, 3, seed: 2024), StratifiedFolds.Create(y, 3, seed: 2025));
    }

    [Fact]
    public void RepeatedCrossValidation_OneRepeat_EqualsASingleRun()
    {
        (DesignMatrix x, double[] y) = SyntheticCohort.Create(70, 12, seed: 21);
        RepeatedCrossValidation one = RepeatedCrossValidation.Run(x, y, folds: 5, repeats: 1, seed: 3, cancellationToken: Ct);
        RepeatedCrossValidation three = RepeatedCrossValidation.Run(x, y, folds: 5, repeats: 3, seed: 3, threads: 2, cancellationToken: Ct);
        Assert.Equal(one.Repeats[0].MeanError, three.Repeats[0].MeanError);
        Assert.Equal(one.MeanError, one.Repeats[0].MeanError);
        for (int k = 0; k < three.MeanError.Length; k++) Assert.Equal(three.Repeats.Average(r => r.MeanError[k]), three.MeanError[k], 1e-12);
    }

    [Fact]
    public void StabilitySelection_RealSignal_IsFoundMoreOftenThanNoise()
    {
        (DesignMatrix x, double[] y) = SyntheticCohort.Create(200, 20, seed: 31, signal: 1.5);
        LassoOptions strong = new() { LambdaMinRatio = 0.3, LambdaCount = 20 };
        StabilitySelection one = StabilitySelection.Run(x, y, pairs: 20, seed: 7, strong, cancellationToken: Ct);
        StabilitySelection two = StabilitySelection.Run(x, y, pairs: 20, seed: 7, strong, threads: 3, cancellationToken: Ct);
        Assert.Equal(one.MaximumProbability, two.MaximumProbability);
        Assert.Equal(1, one.MaximumProbability[0]);
        Assert.Contains(0, one.Selected(0.9));
        Assert.True(one.Selected(0.9).Length < 8);
        Assert.Equal(one.MeanSelectedPerHalf * one.MeanSelectedPerHalf / (0.8 * 20), one.FalseSelectionBound(0.9), 1e-12);
        Assert.Throws<UnusableDataException>(() => one.FalseSelectionBound(0.5));
    }
}
