using HccPipeline.Statistics.Linear;
using HccPipeline.Statistics.Logistic;
using HccPipeline.Statistics.Tests.Lasso;
using Xunit;

namespace HccPipeline.Statistics.Tests.Logistic;

public sealed class DropOneTestsTests
{
    /// <summary>R 4.2.2, <c>drop1(glm(progression ~ T2SIR_post + ADC_mean_post + NLR, binomial), test = "LRT")</c>.</summary>
    [Fact]
    public void Run_PaperCohort_IsDrop1()
    {
        ReferenceCase reference = ReferenceCase.Open("paper");
        string[] names = ["T2SIR_post", "ADC_mean_post", "NLR"];
        DesignMatrix x = DesignMatrix.FromColumns([.. names.Select(n => reference.Column("cohort.csv", n))], names);
        double[] y = reference.Column("cohort.csv", "progression");
        LikelihoodRatioTest[] tests = DropOneTests.Run(x, y, LogisticRegression.Fit(x, y));
        double[] expected = [9.64763850683, 10.58665438708, 8.82190397423], p = [0.0018960, 0.0011391, 0.0029764];
        for (int j = 0; j < 3; j++)
        {
            Assert.Equal(expected[j], tests[j].ChiSquared, 1e-9);
            Assert.Equal(1, tests[j].DegreesOfFreedom);
            Assert.Equal(p[j], tests[j].PValue, 5e-8);
        }
    }

    [Fact]
    public void Run_OneColumn_IsTheOverallTest()
    {
        (DesignMatrix x, double[] y) = SyntheticCohort.Create(60, 1, seed: 2);
        LogisticFit fit = LogisticRegression.Fit(x, y);
        Assert.Equal([fit.OverallTest], DropOneTests.Run(x, y, fit));
    }

    [Fact]
    public void Run_ColumnTwice_NeitherIsMissed()
    {
        (DesignMatrix x, double[] y) = SyntheticCohort.Create(60, 2, seed: 3);
        DesignMatrix twice = x.SelectColumns([0, 1, 0]);
        LikelihoodRatioTest[] tests = DropOneTests.Run(twice, y, LogisticRegression.Fit(twice, y));
        Assert.Equal([0, 1, 0], tests.Select(t => t.DegreesOfFreedom));
        Assert.Equal((1.0, 1.0), (tests[0].PValue, tests[2].PValue));
        Assert.Equal(DropOneTests.Run(x, y, LogisticRegression.Fit(x, y))[1].ChiSquared, tests[1].ChiSquared, 1e-9);
    }
}
