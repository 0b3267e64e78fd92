using HccPipeline.Statistics.Linear;
using HccPipeline.Statistics.Logistic;
using HccPipeline.Statistics.Tests.Lasso;
using Xunit;

namespace HccPipeline.Statistics.Tests.Logistic;

public sealed class LogisticEdgeCaseTests
{
    [Fact]
    public void Fit_ConstantAndDuplicateColumns_AreAliasedAndListed()
    {
        (DesignMatrix x, double[] y) = SyntheticCohort.Create(60, 2, seed: 1);
        double[] a = x.Column(0).ToArray(), b = x.Column(1).ToArray();
        LogisticFit fit = LogisticRegression.Fit(DesignMatrix.FromColumns([a, [.. Enumerable.Repeat(4.0, 60)], b, a]), y);
        LogisticFit plain = LogisticRegression.Fit(x, y);
        Assert.Equal([1, 3], fit.Aliased);
        Assert.Equal(plain.Coefficients[2], fit.Coefficients[3], 1e-10);
        Assert.Equal(plain.LinearPredictors(x)[7], fit.LinearPredictors(DesignMatrix.FromColumns([a, a, b, a]))[7], 1e-10);
    }

    [Fact]
    public void Fit_NotFinite_NamesColumnAndRow()
    {
        DesignMatrix x = DesignMatrix.FromColumns([[1, 2, double.NaN, 4]], ["NLR"]);
        Assert.Contains("'NLR', row 3", Assert.Throws<UnusableDataException>(() => LogisticRegression.Fit(x, [0, 1, 0, 1])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Fit_WellSeparatedButOverlapping_IsNotCalledSeparated()
    {
        double[] x = [1, 2, 3, 4, 5, 5.5, 5.2, 6, 7, 8, 9, 10], y = [0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1];
        LogisticFit fit = LogisticRegression.Fit(DesignMatrix.FromColumns([x]), y);
        Assert.Null(fit.Separation);
        Assert.True(double.IsFinite(fit.StandardErrors[1]));
    }

    [Fact]
    public void Fit_MoreColumnsThanRows_IsSeparatedNotSilent() =>
        Assert.Throws<SeparatedDataException>(() =>
        {
            (DesignMatrix x, double[] y) = SyntheticCohort.Create(15, 20, seed: 3);
            LogisticRegression.Fit(x, y);
        });

    [Fact]
    public void UnivariableScreen_SeparatingAndConstantColumns_AreRemarkedOn()
    {
        double[] y = [0, 0, 0, 0, 1, 1, 1, 1];
        DesignMatrix x = DesignMatrix.FromColumns([[1, 2, 3, 4, 5, 6, 7, 8], [3, 3, 3, 3, 3, 3, 3, 3], [1, 2, 1, 3, 2, 3, 1, 2]], ["a", "b", "c"]);
        UnivariableResult[] table = UnivariableScreen.Run(x, y);
        Assert.Contains("complete separation", table[0].Remark, StringComparison.Ordinal);
        Assert.Equal("constant", table[1].Remark);
        Assert.Equal("", table[2].Remark);
        Assert.True(double.IsFinite(table[0].OddsRatio!.Value));
    }

    [Fact]
    public void Fit_Offset_ShiftsOnlyWhatItExplains()
    {
        (DesignMatrix x, double[] y) = SyntheticCohort.Create(100, 2, seed: 4);
        double[] offset = Array.ConvertAll(x.Column(0).ToArray(), v => 0.3 * v);
        LogisticFit plain = LogisticRegression.Fit(x, y), shifted = LogisticRegression.Fit(x, y, new LogisticOptions { Offset = offset });
        Assert.Equal(plain.Coefficients[1] - 0.3, shifted.Coefficients[1], 1e-8);
        Assert.Equal(plain.Coefficients[2], shifted.Coefficients[2], 1e-8);
    }

    [Fact]
    public void LikelihoodRatio_OneColumnLess_MatchesDifferenceOfDeviances()
    {
        (DesignMatrix x, double[] y) = SyntheticCohort.Create(120, 3, seed: 5);
        LogisticFit full = LogisticRegression.Fit(x, y), nested = LogisticRegression.Fit(x.SelectColumns([0, 1]), y);
        LikelihoodRatioTest test = LikelihoodRatioTest.Compare(nested, full);
        Assert.Equal(1, test.DegreesOfFreedom);
        Assert.Equal(nested.Deviance - full.Deviance, test.ChiSquared, 1e-10);
        Assert.InRange(test.PValue, 0, 1);
        Assert.Throws<UnusableDataException>(() => LikelihoodRatioTest.Compare(full, nested));
    }

    [Fact]
    public void OddsRatiosPerSd_AreThoseOfStandardisedColumns()
    {
        (DesignMatrix x, double[] y) = SyntheticCohort.Create(90, 2, seed: 6);
        LogisticFit fit = LogisticRegression.Fit(x, y);
        double[][] scaled = [.. Enumerable.Range(0, 2).Select(j => Array.ConvertAll(x.Column(j).ToArray(), v => v / fit.ColumnDeviations[j]))];
        LogisticFit standardised = LogisticRegression.Fit(DesignMatrix.FromColumns(scaled), y);
        Assert.Equal(standardised.OddsRatios[1].Value, fit.OddsRatiosPerSd[1].Value, 1e-9);
        Assert.Equal(standardised.OddsRatios[1].Upper, fit.OddsRatiosPerSd[1].Upper, 1e-8);
    }
}
