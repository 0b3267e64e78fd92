using HccPipeline.Statistics.Lasso;
using HccPipeline.Statistics.Linear;
using Xunit;

namespace HccPipeline.Statistics.Tests.Lasso;

/// <summary>Small cases whose data are a formula; numbers of R 4.2.2, glmnet 4.1-6, thresh 1e-24:
/// <c>i &lt;- 1:40; x &lt;- cbind(a = sin(1.7*i), b = cos(2.3*i + 1), c = sin(.9*i*i)); y &lt;- as.integer(-2.2*x[,1] + .9*x[,2] + 1.5*sin(5.1*i) &gt; 0)</c>.</summary>
public sealed class GlmnetCaseTests
{
    private const int Rows = 40;

    private static readonly LassoOptions Exact = new() { Tolerance = 1e-18 };

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public void FitPath_FirstColumnHeldAtZero_GoesOnToTheOthers()
    {
        (DesignMatrix x, double[] y) = Cohort();
        LassoPath path = LassoLogistic.FitPath(x, y, Exact with { LowerLimits = [0, 0, 0] });
        Assert.Equal(100, path.Lambda.Length);
        Assert.Equal(0.280072917769303, path.Lambda[0], 1e-14);
        Assert.Equal([0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 2], path.Df[..16]);
        Assert.Equal([0, 0.919939466800885, 0.368068412226775], path.CoefficientsAt(29), Close);
        Assert.Equal([0, 1.07151194100068, 0.512092202257844], path.CoefficientsAt(99), Close);
        Assert.Equal(-0.29099652965972, path.Intercept[99], 1e-9);
    }

    [Fact]
    public void FitPath_AnUpperLimitIsZero_GoesOnAlongTheFlatEnd()
    {
        (DesignMatrix x, double[] y) = Cohort();
        double inf = double.PositiveInfinity;
        LassoPath path = LassoLogistic.FitPath(x, y, Exact with { LowerLimits = [-0.5, -inf, -inf], UpperLimits = [inf, 0, inf] });
        Assert.Equal(100, path.Lambda.Length);
        Assert.Equal([-0.5, 0, 0.259196665482429], path.CoefficientsAt(99), Close);
        Assert.Equal(0.128578832148292, path.DevianceRatio[99], 1e-9);
    }

    [Fact]
    public void FitPath_Offset_MatchesGlmnet()
    {
        (DesignMatrix x, double[] y) = Cohort();
        LassoPath path = LassoLogistic.FitPath(x, y, Exact with { Offset = [.. Enumerable.Range(1, Rows).Select(i => 0.8 * Math.Cos(i))] });
        Assert.Equal(60, path.Lambda.Length);
        Assert.Equal(0.29128921153876, path.Lambda[0], 1e-14);
        Assert.Equal(59.964883897008, path.NullDeviance, 1e-11);
        Assert.Equal([-1.81478506628338, 1.08379705198952, 0], path.CoefficientsAt(19), Close);
        Assert.Equal(-0.363951105397859, path.Intercept[19], 1e-9);
        Assert.Equal(0.375044174987322, path.DevianceRatio[19], 1e-10);
    }

    [Fact]
    public void FitPath_Ridge_MatchesGlmnetButAtTheFirstLambda()
    {
        (DesignMatrix x, double[] y) = Cohort();
        LassoPath path = LassoLogistic.FitPath(x, y, Exact with { Alpha = 0 });
        Assert.Equal(280.072917769303, path.Lambda[0], 1e-11);
        // glmnet gives zeros there by convention: it solves the first automatic λ as if it were infinite. This is its solution when the λ is given.
        Assert.Equal([-0.00139974474720592, 0.000845303158879682, 0.000360684946780952], path.CoefficientsAt(0), Close);
        Assert.Equal([-0.122612371775473, 0.0745949211304803, 0.0287539670413004], path.CoefficientsAt(49), Close);
        Assert.Equal([-1.89735788664376, 1.29426849338239, -0.0460190768046019], path.CoefficientsAt(99), Close);
        Assert.Equal(-0.38456692416414, path.Intercept[99], 1e-9);
    }

    /// <summary>cvm and cvsd at λ number 1, 10, 20 and 40.</summary>
    [Theory]
    [InlineData(CrossValidationLoss.Deviance, 4, true, 16, 10, new[] { 1.38117543922495, 1.08334434171904, 1.01405460487643, 1.27759629541574 }, new[] { 0.0295790174201615, 0.0686329488721803, 0.167824099368045, 0.387784376771759 })]
    [InlineData(CrossValidationLoss.Misclassification, 4, true, 10, 9, new[] { 0.45, 0.2, 0.225, 0.2 }, new[] { 0.05, 0.0707106781186548, 0.0853912563829967, 0.0912870929175277 })]
    [InlineData(CrossValidationLoss.Auc, 4, true, 14, 3, new[] { 0.625, 0.875, 0.885416666666667, 0.822916666666667 }, new[] { 0.0721687836487032, 0.0510310363079829, 0.0666992108065922, 0.110730685549319 })]
    [InlineData(CrossValidationLoss.Deviance, 20, false, 23, 11, new[] { 1.41328995553727, 1.12842689545125, 0.974057024209594, 1.05551849866387 }, new[] { 0.0340302623204672, 0.085863342832886, 0.140722911215462, 0.267857118967196 })]
    [InlineData(CrossValidationLoss.Misclassification, 20, false, 32, 12, new[] { 0.45, 0.3, 0.2, 0.175 }, new[] { 0.0796627506815692, 0.0733799385705343, 0.0640512615220349, 0.0608434308444476 })]
    public void CrossValidation_FoldsOfTenAndOfTwo_MatchCvGlmnet(CrossValidationLoss loss, int folds, bool isGrouped, int min, int oneSe, double[] mean, double[] error)
    {
        (DesignMatrix x, double[] y) = Cohort();
        Compare(LassoCrossValidation.Run(x, y, Folds(folds), Exact, loss, cancellationToken: Ct), isGrouped, min, oneSe, mean, error);
        Compare(LassoCrossValidation.RunToMinimum(x, y, Folds(folds), Exact with { Lambda = LassoLogistic.FitPath(x, y, Exact).Lambda }, loss, cancellationToken: Ct), isGrouped);
    }

    [Fact]
    public void CrossValidation_WeightedRowsInFoldsOfTwo_MatchCvGlmnet()
    {
        (DesignMatrix x, double[] y) = Cohort();
        LassoOptions options = Exact with { Weights = [.. Enumerable.Range(1, Rows).Select(i => 1.0 + (i % 3))] };
        Compare(LassoCrossValidation.Run(x, y, Folds(20), options, cancellationToken: Ct), isGrouped: false, 22, 12,
            [1.42309831575736, 1.11758866745933, 0.934119289838294, 1.02476334610313], [0.034131376716801, 0.0885773974276646, 0.139720678410677, 0.273956224861176]);
    }

    private static void Compare(CrossValidationResult cv, bool isGrouped) => Assert.Equal(isGrouped, cv.IsGrouped);

    private static void Compare(CrossValidationResult cv, bool isGrouped, int min, int oneSe, double[] mean, double[] error)
    {
        Compare(cv, isGrouped);
        Assert.Equal((min, oneSe), (cv.IndexMin + 1, cv.Index1Se + 1));
        int[] at = [0, 9, 19, 39];
        Assert.Equal(mean, Array.ConvertAll(at, k => cv.MeanError[k]), Close);
        Assert.Equal(error, Array.ConvertAll(at, k => cv.StandardError[k]), Close);
    }

    private static bool Close(double expected, double actual) => Math.Abs(expected - actual) < 1e-8;

    private static int[] Folds(int count) => [.. Enumerable.Range(1, Rows).Select(i => (i % count) + 1)];

    private static (DesignMatrix X, double[] Y) Cohort()
    {
        double[] i = [.. Enumerable.Range(1, Rows).Select(v => (double)v)];
        double[] a = Array.ConvertAll(i, v => Math.Sin(1.7 * v)), b = Array.ConvertAll(i, v => Math.Cos((2.3 * v) + 1)), c = Array.ConvertAll(i, v => Math.Sin(0.9 * v * v));
        double[] y = [.. i.Select((v, k) => (-2.2 * a[k]) + (0.9 * b[k]) + (1.5 * Math.Sin(5.1 * v)) > 0 ? 1.0 : 0)];
        return (DesignMatrix.FromColumns([a, b, c]), y);
    }
}
