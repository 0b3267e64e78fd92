using HccPipeline.Statistics.Lasso;
using HccPipeline.Statistics.Linear;
using HccPipeline.Statistics.Missing;
using HccPipeline.Statistics.Tests.Lasso;
using Xunit;

namespace HccPipeline.Statistics.Tests.Missing;

public sealed class MissingValueTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public void MedianImputation_HeldOutRows_DoNotInfluenceTheMedian()
    {
        DesignMatrix x = DesignMatrix.FromColumns([[1, 2, 4, double.NaN, 1000, double.NaN]]);
        DesignMatrix complete = new MedianImputation().Complete(x, [true, true, true, true, false, false], index: 0);
        Assert.Equal([1, 2, 4, 2, 1000, 2], complete.Column(0).ToArray());
    }

    [Fact]
    public void MedianImputation_NothingObserved_NamesColumn()
    {
        DesignMatrix x = DesignMatrix.FromColumns([[1, 2], [double.NaN, 3]], ["ADC", "NLR"]);
        Assert.Contains("'NLR'", Assert.Throws<UnusableDataException>(() => new MedianImputation().Complete(x, [true, false], 0)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ChainedImputation_CorrelatedColumns_BeatsTheMedian()
    {
        (DesignMatrix x, bool[] missing, DesignMatrix truth) = Incomplete(rows: 200, seed: 4);
        bool[] all = [.. Enumerable.Repeat(true, 200)];
        double Error(DesignMatrix complete) => Enumerable.Range(0, 200).Where(i => missing[i]).Average(i => Math.Abs(complete[i, 0] - truth[i, 0]));
        double median = Error(new MedianImputation().Complete(x, all, 0));
        double chained = Error(new ChainedImputation(1, seed: 1).Complete(x, all, 0));
        Assert.True(chained < 0.6 * median, $"chained {chained}, median {median}");
    }

    [Fact]
    public void ChainedImputation_Draws_DependOnIndexAndSeedOnly()
    {
        (DesignMatrix x, _, _) = Incomplete(rows: 60, seed: 5);
        bool[] all = [.. Enumerable.Repeat(true, 60)];
        ChainedImputation imputation = new(3, seed: 11);
        double[] first = imputation.Complete(x, all, 0).Column(0).ToArray();
        Assert.Equal(first, new ChainedImputation(9, seed: 11).Complete(x, all, 0).Column(0).ToArray());
        Assert.NotEqual(first, imputation.Complete(x, all, 1).Column(0).ToArray());
        Assert.DoesNotContain(double.NaN, first);
    }

    [Fact]
    public void ImputedCrossValidation_NothingMissing_EqualsTheOrdinaryOne()
    {
        (DesignMatrix x, double[] y) = SyntheticCohort.Create(80, 10, seed: 17);
        int[] folds = StratifiedFolds.Create(y, 5, seed: 2);
        CrossValidationResult imputed = ImputedCrossValidation.Run(x, y, folds, new MedianImputation(), cancellationToken: Ct);
        CrossValidationResult plain = LassoCrossValidation.Run(x, y, folds, new LassoOptions { Lambda = imputed.Lambda }, cancellationToken: Ct);
        Assert.Equal(plain.MeanError, imputed.MeanError);
        Assert.Equal(plain.IndexMin, imputed.IndexMin);
    }

    [Fact]
    public void ImputedCrossValidation_SeveralThreads_GivesTheSameBits()
    {
        (DesignMatrix x, _, _) = Incomplete(rows: 80, seed: 6);
        (_, double[] y) = SyntheticCohort.Create(80, 3, seed: 18);
        int[] folds = StratifiedFolds.Create(y, 5, seed: 2);
        ChainedImputation imputation = new(3, seed: 1);
        CrossValidationResult one = ImputedCrossValidation.Run(x, y, folds, imputation, cancellationToken: Ct);
        CrossValidationResult two = ImputedCrossValidation.Run(x, y, folds, imputation, threads: 3, cancellationToken: Ct);
        Assert.Equal(one.MeanError, two.MeanError);
        Assert.All(one.MeanError, e => Assert.True(double.IsFinite(e)));
    }

    private static (DesignMatrix X, bool[] Missing, DesignMatrix Truth) Incomplete(int rows, int seed)
    {
        Random random = new(seed);
        double[][] columns = [new double[rows], new double[rows], new double[rows], new double[rows]];
        for (int i = 0; i < rows; i++)
        {
            double common = (random.NextDouble() * 6) - 3;
            for (int j = 0; j < 4; j++) columns[j][i] = common + (random.NextDouble() * 0.8);
        }
        DesignMatrix truth = DesignMatrix.FromColumns([.. columns.Select(c => (double[])c.Clone())]);
        bool[] missing = new bool[rows];
        for (int i = 0; i < rows; i++)
        {
            missing[i] = random.NextDouble() < 0.25;
            if (missing[i]) columns[0][i] = double.NaN;
        }
        return (DesignMatrix.FromColumns(columns), missing, truth);
    }
}
