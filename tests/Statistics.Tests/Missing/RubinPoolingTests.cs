using HccPipeline.Statistics.Linear;
using HccPipeline.Statistics.Logistic;
using HccPipeline.Statistics.Missing;
using HccPipeline.Statistics.Tests.Lasso;
using Xunit;

namespace HccPipeline.Statistics.Tests.Missing;

public sealed class RubinPoolingTests
{
    [Fact]
    public void Pool_OneFit_IsThatFit()
    {
        (DesignMatrix x, double[] y) = SyntheticCohort.Create(80, 2, seed: 7);
        LogisticFit fit = LogisticRegression.Fit(x, y);
        PooledEstimate[] pooled = RubinPooling.Pool([fit]);
        Assert.Equal(fit.Coefficients, pooled.Select(t => t.Coefficient));
        Assert.Equal(fit.StandardErrors, pooled.Select(t => t.StandardError));
        Assert.Equal(fit.PValues, pooled.Select(t => t.PValue));
    }

    /// <summary>R 4.2.2 from the formulas: glm of three data sets that differ in one column.</summary>
    [Fact]
    public void Pool_ThreeDataSets_FollowsRubinsRules()
    {
        double[] y = [0, 1, 0, 1, 1, 0, 1, 0, 0, 1, 1, 0];
        double[][] x = [
            [1, 2, 3, 4, 5, 2, 3, 1, 4, 6, 2, 5],
            [1, 2, 3, 4, 5, 2, 3, 1, 4, 6, 4, 3],
            [1, 2, 3, 4, 5, 2, 3, 1, 4, 6, 3, 2],
        ];
        PooledEstimate slope = RubinPooling.Pool([.. x.Select(c => LogisticRegression.Fit(DesignMatrix.FromColumns([c]), y))])[1];
        double[] expected = [0.87277950235112, 0.73272692873039, 15.39241103166366, 0.25164350285692, -0.68553030844087, 2.43108931314311];
        double[] actual = [slope.Coefficient, slope.StandardError, slope.DegreesOfFreedom, slope.PValue, slope.Lower, slope.Upper];
        for (int k = 0; k < expected.Length; k++) Assert.Equal(1, actual[k] / expected[k], 1e-9);
    }

    [Fact]
    public void Pool_SameDataTwice_HasNoVarianceBetween()
    {
        (DesignMatrix x, double[] y) = SyntheticCohort.Create(80, 2, seed: 7);
        LogisticFit fit = LogisticRegression.Fit(x, y);
        PooledEstimate[] pooled = RubinPooling.Pool([fit, fit]);
        Assert.All(pooled, t => Assert.Equal(double.PositiveInfinity, t.DegreesOfFreedom));
        for (int t = 0; t < pooled.Length; t++) Assert.Equal(fit.Upper[t], pooled[t].Upper, 1e-12);
    }

    [Fact]
    public void Pool_OtherColumns_IsRefused()
    {
        (DesignMatrix x, double[] y) = SyntheticCohort.Create(80, 2, seed: 7);
        LogisticFit one = LogisticRegression.Fit(x.SelectColumns([0]), y), both = LogisticRegression.Fit(x, y);
        Assert.Throws<UnusableDataException>(() => RubinPooling.Pool([one, both]));
    }
}
