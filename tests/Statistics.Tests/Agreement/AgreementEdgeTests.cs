using CsCheck;
using HccPipeline.Statistics.Agreement;
using Xunit;

namespace HccPipeline.Statistics.Tests.Agreement;

public sealed class AgreementEdgeTests
{
    /// <summary>Standard error against the infinitesimal jackknife: numerical derivatives of kappa with respect to the cell shares.</summary>
    [Theory]
    [InlineData(KappaWeights.None)]
    [InlineData(KappaWeights.Linear)]
    [InlineData(KappaWeights.Quadratic)]
    public void CohenKappa_ThreeCategories_MatchesNumericalDeltaMethod(KappaWeights weights)
    {
        int[,] counts = { { 22, 4, 1 }, { 5, 15, 6 }, { 2, 3, 20 } };
        List<int> a = [], b = [];
        for (int i = 0; i < 3; i++)
        {
            for (int j = 0; j < 3; j++)
            {
                a.AddRange(Enumerable.Repeat(i, counts[i, j]));
                b.AddRange(Enumerable.Repeat(j, counts[i, j]));
            }
        }
        double[] share = [.. counts.Cast<int>().Select(c => c / 78.0)];
        double mean = 0, square = 0;
        for (int k = 0; k < 9; k++)
        {
            double[] moved = [.. share];
            const double Step = 1e-6;
            for (int m = 0; m < 9; m++) moved[m] = (moved[m] * (1 - Step)) + (m == k ? Step : 0);
            double influence = (Kappa(moved, weights) - Kappa(share, weights)) / Step;
            mean += share[k] * influence;
            square += share[k] * influence * influence;
        }
        CohenKappa kappa = CohenKappa.Compute([.. a], [.. b], weights)!;
        Assert.Equal(Kappa(share, weights), kappa.Kappa, 1e-12);
        Assert.Equal(Math.Sqrt((square - (mean * mean)) / 78), kappa.StandardError, 1e-5);
    }

    [Fact]
    public void CohenKappa_TextbookTable_IsTwoFifths()
    {
        int[] a = [.. Enumerable.Repeat(1, 25), .. Enumerable.Repeat(0, 25)];
        int[] b = [.. Enumerable.Repeat(1, 20), .. Enumerable.Repeat(0, 5), .. Enumerable.Repeat(1, 10), .. Enumerable.Repeat(0, 15)];
        Assert.Equal(0.4, CohenKappa.Compute(a, b)!.Kappa, 1e-12);
        Assert.Null(CohenKappa.Compute([1, 1], [1, 1]));
    }

    [Fact]
    public void ShapiroWilk_ConstantOrTinySample_IsNullOrRefused()
    {
        Assert.Null(ShapiroWilk.Test([2, 2, 2, 2]));
        Assert.Throws<ArgumentException>(() => ShapiroWilk.Test([1, 2]));
    }

    /// <summary>W and p of stats::shapiro.test, R 4.2.2, across the algorithm's branches (n = 3, 4 to 5, 6 to 11, above 11).</summary>
    [Theory]
    [InlineData(new[] { 1.0, 2, 4 }, 0.96428571428571419, 0.6368868450289632)]
    [InlineData(new[] { 1.0, 2, 4, 9 }, 0.89468627083933483, 0.40514721117388991)]
    [InlineData(new[] { 1.0, 2, 4, 9, 11 }, 0.90009637166219214, 0.41041840047435529)]
    [InlineData(new[] { 1.0, 2, 4, 9, 11, 40 }, 0.731686320252533, 0.013107320133680232)]
    [InlineData(new[] { 1.0, 2, 4, 9, 11, 40, 12, 13, 14, 15, 16, 17 }, 0.82173710987137882, 0.016729870419460616)]
    public void ShapiroWilk_SmallSamples_MatchR(double[] values, double w, double p)
    {
        ShapiroWilk test = ShapiroWilk.Test(values)!;
        Assert.Equal(w, test.W, 1e-9);
        Assert.Equal(p, test.P, 1e-8);
    }

    [Fact]
    public void TTests_ConstantSamples_AreNull()
    {
        Assert.Null(MeanTests.Welch([1, 1], [2, 2]));
        Assert.Null(MeanTests.Student([1, 1], [1, 1]));
        Assert.Null(StandardizedDifference.Continuous([1, 1], [1, 1]));
    }

    [Fact]
    public void MannWhitney_AllValuesEqual_IsNoEvidence()
    {
        MannWhitney test = MannWhitney.Test([3, 3, 3], [3, 3]);
        Assert.Equal((3.0, 1.0), (test.U, test.P));
        Assert.Null(test.PCorrected);
    }

    [Fact]
    public void MannWhitney_SmallSamples_ExactPIsTheShareOfArrangements() =>
        Gen.Shuffle(new double[] { 1, 2, 3, 4, 5, 6, 7, 8, 9 }).Sample(values =>
        {
            double[] a = values[..4], b = values[4..];
            double centre = 10;
            int extreme = 0, all = 0;
            for (int mask = 0; mask < 512; mask++)
            {
                if (int.PopCount(mask) != 4) continue;
                double u = Enumerable.Range(0, 9).Where(i => (mask >> i & 1) == 1).Sum(i => i + 1) - 10;
                all++;
                if (Math.Abs(u - centre) >= Math.Abs(MannWhitney.Test(a, b).U - centre)) extreme++;
            }
            Assert.Equal((double)extreme / all, MannWhitney.Test(a, b).PExact!.Value, 1e-12);
        });

    [Fact]
    public void FisherExact_AnyTable_SolvesItsOwnEquationsAndAgreesWithEnumeration() =>
        Gen.Int[0, 12].Array[4].Where(t => t[0] + t[1] > 0 && t[2] + t[3] > 0 && t[0] + t[2] > 0 && t[1] + t[3] > 0).Sample(t =>
        {
            FisherExact test = FisherExact.Test(t[0], t[1], t[2], t[3]), mirrored = FisherExact.Test(t[1], t[0], t[3], t[2]);
            Assert.Equal(test.P, FreemanHaltonTest.Test(new[,] { { t[0], t[1] }, { t[2], t[3] } }).P, 1e-10);
            if (test.OddsRatio is > 0 and < double.PositiveInfinity)
            {
                Assert.Equal(1, test.OddsRatio.Value * mirrored.OddsRatio!.Value, 1e-9);
                Assert.InRange(test.OddsRatio.Value, test.Lower!.Value, test.Upper!.Value);
            }
        });

    [Fact]
    public void FisherExact_EmptyMargin_HasNoOddsRatio()
    {
        FisherExact test = FisherExact.Test(3, 0, 4, 0);
        Assert.Equal(1, test.P);
        Assert.Null(test.OddsRatio);
    }

    [Fact]
    public void ChiSquared_EmptyRowOrColumn_IsLeftOut()
    {
        ChiSquaredTest with = ChiSquaredTest.Test(new[,] { { 5, 0, 7 }, { 0, 0, 0 }, { 9, 0, 2 } }), without = ChiSquaredTest.Test(new[,] { { 5, 7 }, { 9, 2 } });
        Assert.Equal((without.ChiSquared, 1), (with.ChiSquared, with.DegreesOfFreedom));
        Assert.Throws<ArgumentException>(() => ChiSquaredTest.Test(new int[2, 2]));
        Assert.Contains("[1, 2]", Assert.Throws<ArgumentException>(() => ChiSquaredTest.Test(new[,] { { 1, -1 }, { 2, 3 } })).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void IntraclassCorrelation_ReadersAgreeExactlyOrSubjectsDoNotDiffer_IsNull()
    {
        Assert.Null(IntraclassCorrelation.Compute([1, 1, 2, 2, 3, 3], 2));
        Assert.Null(IntraclassCorrelation.Compute([1, 2, 1, 2, 1, 2], 2));
        // Columns of one number each, which sums of nine do not reproduce to the last digit.
        Assert.Null(IntraclassCorrelation.Compute([.. Enumerable.Range(0, 18).Select(i => i % 2 == 0 ? 0.1 : 0.7)], 2));
        Assert.Null(IntraclassCorrelation.Compute([.. Enumerable.Repeat(0.1, 18)], 2));
        Assert.Null(IntraclassCorrelation.Compute([.. Enumerable.Range(0, 18).Select(i => (i / 2 * 0.1) + (i % 2 * 0.3))], 2));
        // Readings that differ in the ninth digit only do differ.
        Assert.NotNull(IntraclassCorrelation.Compute([.. Enumerable.Range(0, 18).Select(i => 1e6 + (0.001 * (i * 7 % 11)))], 2));
        string message = Assert.Throws<ArgumentException>(() => IntraclassCorrelation.Compute([1, 2, 3, double.NaN], 2)).Message;
        Assert.Contains("Subject 2, reader 2", message, StringComparison.Ordinal);
    }

    [Fact]
    public void CohenKappa_CategoryThatNobodyUsed_LiesBetweenTheOthers()
    {
        int[] a = [0, 0, 1, 3, 3, 1, 0, 3], b = [0, 0, 1, 3, 1, 1, 0, 3];
        // By the definition on the 4 × 4 table: (po − pe)/(1 − pe) with weights 1 − |i − j|/3.
        double observed = 1 - (2.0 / 3 / 8), expected = 0;
        int[] countA = [3, 2, 0, 3], countB = [3, 3, 0, 2];
        for (int i = 0; i < 4; i++)
            for (int j = 0; j < 4; j++) expected += (1 - (Math.Abs(i - j) / 3.0)) * countA[i] * countB[j] / 64;
        CohenKappa all = CohenKappa.Compute(a, b, KappaWeights.Linear, categories: [0, 1, 2, 3])!;
        Assert.Equal((observed - expected) / (1 - expected), all.Kappa, 1e-12);
        Assert.NotEqual(all.Kappa, CohenKappa.Compute(a, b, KappaWeights.Linear)!.Kappa, 1e-3);
        Assert.Contains("Subject 4", Assert.Throws<ArgumentException>(() => CohenKappa.Compute(a, b, categories: [0, 1, 2])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Table1_SkewedVariable_UsesMannWhitneyAndMedian()
    {
        double[] values = [1, 1, 1, 1, 2, 2, 3, 50, 60, 1, 1, 2, 2, 2, 3, 4, 70, 90], group = [.. Enumerable.Range(0, 18).Select(i => i < 9 ? 0.0 : 1)];
        ContinuousRow row = Table1.Continuous("AFP", values, group);
        Assert.False(row.IsNormal);
        Assert.Equal((ComparisonTest.MannWhitney, MannWhitney.Test(values.AsSpan(0, 9), values.AsSpan(9)).P), (row.Test, row.P));
    }

    [Fact]
    public void Table1_OneCategoryOrTinyGroup_HasNoTest()
    {
        var one = Table1.Categorical("sex", [1, 1, 1], [0, 1, 1], cancellation: TestContext.Current.CancellationToken);
        Assert.Equal((ComparisonTest.None, null), (one.Test, one.P));
        Assert.Equal(ComparisonTest.None, Table1.Continuous("age", [50, 60, 70], [0, 1, 1]).Test);
        Assert.Contains("'age', row 2", Assert.Throws<ArgumentException>(() => Table1.Continuous("age", [1, double.NaN], [0, 1])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AdjustedP_AnyPValues_AreOrderedAndNeverSmaller() => Gen.Double[0, 1].Array[1, 20].Sample(p =>
    {
        double[] bh = AdjustedP.BenjaminiHochberg(p), holm = AdjustedP.Holm(p), bonferroni = AdjustedP.Bonferroni(p);
        for (int i = 0; i < p.Length; i++)
        {
            Assert.True(p[i] <= bh[i] + 1e-15 && bh[i] <= holm[i] + 1e-15 && holm[i] <= bonferroni[i] + 1e-15);
        }
    });

    private static double Kappa(double[] share, KappaWeights weights)
    {
        double W(int i, int j) => weights switch
        {
            KappaWeights.None => i == j ? 1 : 0,
            KappaWeights.Linear => 1 - (Math.Abs(i - j) / 2.0),
            _ => 1 - ((i - j) * (i - j) / 4.0),
        };
        double observed = 0, expected = 0;
        for (int i = 0; i < 3; i++)
        {
            for (int j = 0; j < 3; j++)
            {
                observed += W(i, j) * share[(i * 3) + j];
                double row = share[i * 3] + share[(i * 3) + 1] + share[(i * 3) + 2], column = share[j] + share[3 + j] + share[6 + j];
                expected += W(i, j) * row * column;
            }
        }
        return (observed - expected) / (1 - expected);
    }
}
