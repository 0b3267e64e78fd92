using HccPipeline.Statistics.Lasso;
using HccPipeline.Statistics.Linear;
using Xunit;

namespace HccPipeline.Statistics.Tests.Lasso;

public sealed class LassoEdgeCaseTests
{
    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void FitPath_ValueNotFinite_NamesColumnAndRow(double value)
    {
        DesignMatrix x = DesignMatrix.FromColumns([[1, 2, 3, 4], [1, 2, value, 4]], ["ADC", "NLR"]);
        ArgumentException e = Assert.Throws<UnusableDataException>(() => LassoLogistic.FitPath(x, [0, 1, 0, 1]));
        Assert.Contains("'NLR', row 3", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void FitPath_OneClass_IsRefused()
    {
        ArgumentException e = Assert.Throws<UnusableDataException>(() => LassoLogistic.FitPath(DesignMatrix.FromColumns([[1, 2, 3]]), [1, 1, 1]));
        Assert.Contains("both classes", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void FitPath_OutcomeNotBinary_NamesRow()
    {
        ArgumentException e = Assert.Throws<UnusableDataException>(() => LassoLogistic.FitPath(DesignMatrix.FromColumns([[1, 2, 3]]), [0, 2, 1]));
        Assert.Contains("row 2", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void FitPath_ConstantColumn_GetsCoefficientZero()
    {
        (DesignMatrix x, double[] y) = SyntheticCohort.Create(50, 3, seed: 1);
        DesignMatrix withConstant = DesignMatrix.FromColumns([x.Column(0).ToArray(), [.. Enumerable.Repeat(7.0, 50)], x.Column(1).ToArray()]);
        LassoPath path = LassoLogistic.FitPath(withConstant, y);
        LassoPath without = LassoLogistic.FitPath(DesignMatrix.FromColumns([x.Column(0).ToArray(), x.Column(1).ToArray()]), y);
        Assert.All(path.Coefficients, c => Assert.DoesNotContain(1, c.Columns));
        Assert.Equal(without.CoefficientsAt(20)[1], path.CoefficientsAt(20)[2], 1e-12);
    }

    [Fact]
    public void FitPath_EveryColumnConstant_IsRefusedWithReason()
    {
        DesignMatrix x = DesignMatrix.FromColumns([[2, 2, 2, 2]]);
        Assert.Contains("No penalised column varies", Assert.Throws<UnusableDataException>(() => LassoLogistic.FitPath(x, [0, 1, 0, 1])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void FitPath_DuplicateColumns_SolveTheSameProblem()
    {
        (DesignMatrix x, double[] y) = SyntheticCohort.Create(80, 4, seed: 2);
        double[][] columns = [.. Enumerable.Range(0, 4).Select(j => x.Column(j).ToArray())];
        LassoOptions options = new() { Tolerance = 1e-14 };
        LassoPath twice = LassoLogistic.FitPath(DesignMatrix.FromColumns([columns[0], .. columns]), y, options);
        LassoPath once = LassoLogistic.FitPath(x, y, options with { Lambda = twice.Lambda });
        for (int k = 0; k < twice.Lambda.Length; k++)
        {
            double[] a = twice.CoefficientsAt(k), b = once.CoefficientsAt(k);
            Assert.Equal(b[0], a[0] + a[1], 1e-5);
            Assert.Equal(b[3], a[4], 1e-5);
        }
    }

    [Fact]
    public void FitPath_SeparatedClasses_EndsSaturatedWithFiniteCoefficients()
    {
        double[] y = [0, 0, 0, 0, 0, 1, 1, 1, 1, 1];
        LassoPath path = LassoLogistic.FitPath(DesignMatrix.FromColumns([[1, 2, 3, 4, 5, 6, 7, 8, 9, 10]]), y);
        Assert.Contains(path.End, new[] { PathEnd.Saturated, PathEnd.NoFurtherGain });
        Assert.All(path.Coefficients, c => Assert.All(c.Values, v => Assert.True(double.IsFinite(v))));
        Assert.All(path.DevianceRatio, r => Assert.True(double.IsFinite(r)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void FitPath_ColumnsNearlyCollinear_TakesNoMorePassesThanOthers(int seed)
    {
        (DesignMatrix x, double[] y) = NearlyCollinear(seed);
        LassoPath path = LassoLogistic.FitPath(x, y);
        Assert.NotEqual(PathEnd.NotConverged, path.End);
        Assert.InRange(path.Passes, 100, 1_000);
        Assert.All(KktViolation.OverLambda(path, x, y), v => Assert.InRange(v, 0, 0.02));
        int[] folds = StratifiedFolds.Create(y, 10, seed: 1);
        int inFolds = Enumerable.Range(1, 10).Sum(k => LassoPathSolver.Fit(LassoProblem.Create(x, y, LassoOptions.Default, folds, k)).Passes);
        Assert.InRange(inFolds, 1_000, 10_000);
        for (int k = 0; k < path.Lambda.Length; k++) Assert.All(path.Coefficients[k].Values, v => Assert.True(double.IsFinite(v)));
    }

    [Fact]
    public void FitPath_LargeMeans_LoseNoDigits()
    {
        (DesignMatrix x, double[] y) = SyntheticCohort.Create(100, 5, seed: 8);
        double[][] shifted = [.. Enumerable.Range(0, 5).Select(j => x.Column(j).ToArray().Select(v => v + 1048576).ToArray())];
        double[][] back = [.. shifted.Select(c => c.Select(v => v - 1048576).ToArray())];
        LassoPath near = LassoLogistic.FitPath(DesignMatrix.FromColumns(back), y, new LassoOptions { Tolerance = 1e-14 });
        LassoPath far = LassoLogistic.FitPath(DesignMatrix.FromColumns(shifted), y, new LassoOptions { Tolerance = 1e-14, Lambda = near.Lambda });
        for (int j = 0; j < 5; j++) Assert.Equal(near.CoefficientsAt(40)[j], far.CoefficientsAt(40)[j], 1e-6);
    }

    [Fact]
    public void FitPath_LambdaGiven_IsSortedAndNeverCut()
    {
        (DesignMatrix x, double[] y) = SyntheticCohort.Create(60, 5, seed: 4);
        LassoPath path = LassoLogistic.FitPath(x, y, new LassoOptions { Lambda = [0.001, 0.1, 0, 0.01, 1e-5, 1e-6, 1e-7] });
        Assert.Equal([0.1, 0.01, 0.001, 1e-5, 1e-6, 1e-7, 0], path.Lambda);
    }

    [Fact]
    public void CrossValidation_FewerEventsThanFolds_GivesAResult()
    {
        (DesignMatrix x, _) = SyntheticCohort.Create(60, 6, seed: 6);
        double[] y = new double[60];
        foreach (int i in (int[])[3, 17, 30, 41]) y[i] = 1;
        int[] folds = StratifiedFolds.Create(y, 10, seed: 1);
        CrossValidationResult cv = LassoCrossValidation.Run(x, y, folds, cancellationToken: TestContext.Current.CancellationToken);
        Assert.All(cv.MeanError, e => Assert.True(double.IsFinite(e)));
    }

    [Fact]
    public void CrossValidation_FoldHoldsAllCases_NamesFold()
    {
        (DesignMatrix x, _) = SyntheticCohort.Create(12, 2, seed: 6);
        double[] y = [1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
        int[] folds = [1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3];
        Assert.Contains("Fold 1", Assert.Throws<UnusableDataException>(() => LassoCrossValidation.Run(x, y, folds, cancellationToken: TestContext.Current.CancellationToken)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void CrossValidation_AucWithOneClassInAFold_NamesFold()
    {
        (DesignMatrix x, _) = SyntheticCohort.Create(30, 2, seed: 6);
        double[] y = [.. Enumerable.Range(0, 30).Select(i => i is 3 or 12 ? 1.0 : 0)];
        int[] folds = [.. Enumerable.Range(0, 30).Select(i => (i / 10) + 1)];
        Assert.Contains("Fold 3", Assert.Throws<UnusableDataException>(() =>
            LassoCrossValidation.Run(x, y, folds, loss: CrossValidationLoss.Auc,
                cancellationToken: TestContext.Current.CancellationToken)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void FitPath_SquaresOverflow_NamesColumn()
    {
        DesignMatrix x = DesignMatrix.FromColumns([[1, 2, 3, 4], [1, 1e300, 3, 4]], ["ADC", "NLR"]);
        Assert.Contains("'NLR'", Assert.Throws<UnusableDataException>(() => LassoLogistic.FitPath(x, [0, 1, 0, 1])).Message, StringComparison.Ordinal);
    }

    // 66 patients and 33 columns: four underlying ones, each with noise of a tenth down to a millionth.
    private static (DesignMatrix X, double[] Y) NearlyCollinear(int seed)
    {
        const int Rows = 66, Columns = 33;
        Random random = new(seed);
        double Normal() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
        double[][] factors = [.. Enumerable.Range(0, 4).Select(_ => Enumerable.Range(0, Rows).Select(_ => Normal()).ToArray())];
        double[][] x = [.. Enumerable.Range(0, Columns).Select(j => Array.ConvertAll(factors[j % 4], v => v + (Math.Pow(10, -1 - (j % 6)) * Normal())))];
        double[] y = [.. Enumerable.Range(0, Rows).Select(i => random.NextDouble() < 1 / (1 + Math.Exp(-2 * (factors[0][i] - factors[1][i]))) ? 1.0 : 0)];
        return (DesignMatrix.FromColumns(x), y);
    }

    [Fact]
    public void CrossValidation_Misclassification_CountsWrongSides()
    {
        (DesignMatrix x, double[] y) = SyntheticCohort.Create(90, 5, seed: 12, signal: 2);
        int[] folds = StratifiedFolds.Create(y, 5, seed: 3);
        CrossValidationResult cv = LassoCrossValidation.Run(x, y, folds, loss: CrossValidationLoss.Misclassification,
            cancellationToken: TestContext.Current.CancellationToken);
        double expected = Enumerable.Range(0, 90).Count(i => cv.OutOfFold[cv.IndexMin][i] > 0 != (y[i] == 1)) / 90.0;
        Assert.Equal(expected, cv.MeanError[cv.IndexMin], 1e-12);
        Assert.True(expected < 0.4);
    }
}
