using CsCheck;
using HccPipeline.Statistics.Lasso;
using HccPipeline.Statistics.Linear;
using Xunit;

namespace HccPipeline.Statistics.Tests.Lasso;

public sealed class LassoPropertyTests
{
    private static readonly Gen<(int Rows, int Columns, int Seed, double Alpha)> Problems =
        Gen.Select(Gen.Int[20, 90], Gen.Int[2, 40], Gen.Int[0, 100_000], Gen.OneOf(Gen.Const(1.0), Gen.Const(0.7), Gen.Const(0.2)));

    [Fact]
    public void FitPath_AnyProblem_SatisfiesOptimalityAtEveryLambda() => Problems.Sample(p =>
    {
        (DesignMatrix x, double[] y) = SyntheticCohort.Create(p.Rows, p.Columns, p.Seed);
        LassoOptions options = RandomOptions(p.Rows, p.Columns, p.Seed) with { Alpha = p.Alpha, Tolerance = 1e-18 };
        LassoPath path = LassoLogistic.FitPath(x, y, options);
        Assert.NotEqual(PathEnd.NotConverged, path.End);
        for (int k = 0; k < path.Lambda.Length; k++)
        {
            // Beyond this the reference itself works with probabilities set to 0 and 1.
            if (path.DevianceRatio[k] > 0.98) break;
            double violation = Optimality.LargestViolation(x, y, options, path, k);
            Assert.True(violation < 1e-5 * path.Lambda[k], $"λ number {k + 1}: violated by {violation / path.Lambda[k]:e2} λ");
        }
    }, iter: 150);

    [Fact]
    public void FitPath_RowsPermuted_ChangesNothing() => Problems.Sample(p =>
    {
        (DesignMatrix x, double[] y) = SyntheticCohort.Create(p.Rows, p.Columns, p.Seed);
        int[] order = Shuffled(p.Rows, p.Seed);
        LassoOptions options = new() { Alpha = p.Alpha, Tolerance = 1e-16, LambdaCount = 30, LambdaMinRatio = 0.05 };
        LassoPath path = LassoLogistic.FitPath(x, y, options);
        LassoPath permuted = LassoLogistic.FitPath(x.SelectRows(order), Array.ConvertAll(order, i => y[i]), options);
        for (int k = 0; k < path.Lambda.Length; k++) AssertClose(path.CoefficientsAt(k), permuted.CoefficientsAt(k));
    }, iter: 60);

    [Fact]
    public void FitPath_ColumnsPermuted_PermutesCoefficients() => Problems.Sample(p =>
    {
        (DesignMatrix x, double[] y) = SyntheticCohort.Create(p.Rows, p.Columns, p.Seed);
        int[] order = Shuffled(p.Columns, p.Seed);
        LassoOptions options = new() { Alpha = p.Alpha, Tolerance = 1e-16, LambdaCount = 30, LambdaMinRatio = 0.05 };
        LassoPath path = LassoLogistic.FitPath(x, y, options);
        LassoPath permuted = LassoLogistic.FitPath(x.SelectColumns(order), y, options);
        for (int k = 0; k < path.Lambda.Length; k++)
        {
            double[] beta = path.CoefficientsAt(k);
            AssertClose(Array.ConvertAll(order, j => beta[j]), permuted.CoefficientsAt(k));
        }
    }, iter: 60);

    [Fact]
    public void FitPath_WeightTwo_IsTheSameAsTheRowTwice()
    {
        (DesignMatrix x, double[] y) = SyntheticCohort.Create(60, 8, seed: 5);
        int[] twice = [.. Enumerable.Range(0, 60), .. Enumerable.Range(0, 20)];
        double[] weights = [.. Enumerable.Range(0, 60).Select(i => i < 20 ? 2.0 : 1)];
        LassoPath weighted = LassoLogistic.FitPath(x, y, new LassoOptions { Weights = weights, Tolerance = 1e-16 });
        LassoPath repeated = LassoLogistic.FitPath(x.SelectRows(twice), Array.ConvertAll(twice, i => y[i]), new LassoOptions { Tolerance = 1e-16 });
        Assert.Equal(repeated.Lambda.Length, weighted.Lambda.Length);
        for (int k = 0; k < weighted.Lambda.Length; k++) AssertClose(repeated.CoefficientsAt(k), weighted.CoefficientsAt(k));
    }

    [Fact]
    public void FitPath_Limits_AreRespectedAndActive()
    {
        (DesignMatrix x, double[] y) = SyntheticCohort.Create(200, 6, seed: 3);
        double[] lower = new double[6], upper = [0.2, 9, 9, 9, 9, 9];
        LassoPath path = LassoLogistic.FitPath(x, y, new LassoOptions { LowerLimits = lower, UpperLimits = upper, Tolerance = 1e-14 });
        double[] last = path.CoefficientsAt(path.Lambda.Length - 1);
        Assert.Equal(0.2, last[0], 1e-15);
        Assert.All(last, b => Assert.InRange(b, 0, 9));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(5)]
    public void CrossValidation_SeveralThreads_GivesTheSameBits(int threads)
    {
        (DesignMatrix x, double[] y) = SyntheticCohort.Create(80, 50, seed: 9);
        int[] folds = StratifiedFolds.Create(y, 10, seed: 4);
        CrossValidationResult one = LassoCrossValidation.Run(x, y, folds, cancellationToken: TestContext.Current.CancellationToken);
        CrossValidationResult many = LassoCrossValidation.Run(x, y, folds, threads: threads, cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(one.MeanError, many.MeanError);
        Assert.Equal(one.StandardError, many.StandardError);
        Assert.Equal(one.OutOfFold.SelectMany(v => v), many.OutOfFold.SelectMany(v => v));
    }

    private static LassoOptions RandomOptions(int rows, int columns, int seed)
    {
        Random random = new(seed);
        return new LassoOptions
        {
            Weights = seed % 2 == 0 ? [.. Enumerable.Range(0, rows).Select(_ => 0.2 + random.NextDouble())] : null,
            Offset = seed % 3 == 0 ? [.. Enumerable.Range(0, rows).Select(_ => random.NextDouble() - 0.5)] : null,
            PenaltyFactors = seed % 5 < 2 ? [.. Enumerable.Range(0, columns).Select(j => j == 1 ? 0 : 0.5 + random.NextDouble())] : null,
            LowerLimits = seed % 4 == 1 ? [.. Enumerable.Range(0, columns).Select(_ => random.Next(3) == 0 ? 0 : -random.NextDouble())] : null,
            UpperLimits = seed % 4 is 1 or 3 ? [.. Enumerable.Range(0, columns).Select(_ => random.Next(3) == 0 ? 0 : random.NextDouble())] : null,
            Standardise = seed % 7 != 0,
        };
    }

    private static int[] Shuffled(int count, int seed)
    {
        int[] order = [.. Enumerable.Range(0, count)];
        new Random(seed).Shuffle(order);
        return order;
    }

    private static void AssertClose(double[] expected, double[] actual)
    {
        for (int j = 0; j < expected.Length; j++) Assert.Equal(expected[j], actual[j], 1e-5);
    }
}
