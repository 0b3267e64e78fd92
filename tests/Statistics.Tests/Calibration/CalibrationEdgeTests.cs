using CsCheck;
using HccPipeline.Statistics.Calibration;
using Xunit;

namespace HccPipeline.Statistics.Tests.Calibration;

public sealed class CalibrationEdgeTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(double.NaN)]
    [InlineData(-0.1)]
    public void Logits_NotStrictlyBetweenZeroAndOne_NamesRow(double p) =>
        Assert.Contains("'p', row 2", Assert.Throws<ArgumentException>(() => LogitRecalibration.Logits([0.5, p])).Message, StringComparison.Ordinal);

    [Fact]
    public void BoundedLogits_ZeroAndOne_AreFiniteAndAllElseAsItIs()
    {
        double[] logits = LogitRecalibration.BoundedLogits([0, 0.25, 1 - 1e-9, 1]);

        Assert.Equal(LogitRecalibration.Logits([0.25, 1 - 1e-9]), logits[1..3]);
        Assert.Equal(-Math.Log(1e12), logits[0], 1e-3);
        Assert.Equal(Math.Log(1e12), logits[3], 1e-3);
        Assert.Contains("row 1", Assert.Throws<ArgumentException>(() => LogitRecalibration.BoundedLogits([1.5])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Fit_PredictorSeparatesClasses_HasNoSlope() => Assert.Null(LogitRecalibration.Fit([-2, -1, 0, 0, 1, 2], [0, 0, 0, 1, 1, 1]));

    [Fact]
    public void Fit_ReversedSeparation_HasNoSlope() => Assert.Null(LogitRecalibration.Fit([2, 1, -1, -2], [0, 0, 1, 1]));

    [Fact]
    public void Fit_ConstantPredictor_HasNoSlope() => Assert.Null(LogitRecalibration.Fit([1, 1, 1, 1], [0, 1, 0, 1]));

    [Fact]
    public void InTheLarge_ExtremePredictors_StillConverges()
    {
        LogitTerm term = LogitRecalibration.InTheLarge([-40, -30, 35, 45], [1, 0, 0, 1]);
        double residual = new[] { -40.0, -30, 35, 45 }.Zip([1.0, 0, 0, 1], (l, y) => y - (1 / (1 + Math.Exp(-(l + term.Coefficient))))).Sum();
        Assert.Equal(0, residual, 1e-9);
    }

    [Fact]
    public void Fit_AnyOverlappingData_SolvesTheScoreEquations() =>
        Gen.Select(Gen.Int[-5, 5].Select(v => v * 0.7), Gen.Int[0, 1].Select(v => (double)v)).Array[0, 30].Sample(rows =>
        {
            double[] lp = [.. rows.Select(r => r.Item1), -1, 1, -1, 1], y = [.. rows.Select(r => r.Item2), 0, 0, 1, 1];
            InterceptAndSlope fit = LogitRecalibration.Fit(lp, y)!;
            double[] residual = [.. lp.Zip(y, (l, o) => o - (1 / (1 + Math.Exp(-(fit.Intercept.Coefficient + (fit.Slope.Coefficient * l))))))];
            Assert.Equal(0, residual.Sum(), 1e-9);
            Assert.Equal(0, residual.Zip(lp, (e, l) => e * l).Sum(), 1e-9);
        });

    [Fact]
    public void Brier_CertainAndWrong_HasInfiniteLogLoss()
    {
        Brier brier = Brier.Compute([0, 1, 1], [0, 1, 0]);
        Assert.Equal(double.PositiveInfinity, brier.LogLoss);
        Assert.Null(brier.SpiegelhalterZ);
        Assert.Equal(1 / 3.0, brier.Score);
    }

    [Fact]
    public void HosmerLemeshow_TwoDistinctPredictions_HasNoInternalTest()
    {
        HosmerLemeshow test = HosmerLemeshow.ByQuantile([0.2, 0.2, 0.2, 0.2, 0.8, 0.8], [0, 0, 1, 0, 1, 1]);
        Assert.Null(test.P);
        Assert.Equal(6, test.Groups.Sum(g => g.Count));
    }

    [Fact]
    public void HosmerLemeshow_OnePrediction_IsOneGroup() =>
        Assert.Equal(3, Assert.Single(HosmerLemeshow.ByQuantile([0.4, 0.4, 0.4], [0, 1, 1]).Groups).Count);

    [Fact]
    public void Lowess_StraightLine_IsReproducedWhateverTheRowOrder()
    {
        double[] x = [.. Enumerable.Range(0, 50).Select(i => (i * 37 % 50) / 50.0)];
        LowessCurve curve = Lowess.Fit(x, [.. x.Select(v => 2 + (3 * v))]);
        for (int i = 0; i < 50; i++) Assert.Equal(2 + (3 * curve.X[i]), curve.Y[i], 1e-12);
        Assert.Equal(2 + (3 * 0.333), curve.At(0.333), 1e-12);
        Assert.Equal(curve.Y[0], curve.At(-5));
        Assert.Equal(curve.Y[^1], curve.At(5));
    }

    [Fact]
    public void Lowess_OneAbscissa_IsTheMean()
    {
        LowessCurve curve = Lowess.Fit([0.5, 0.5, 0.5, 0.5], [0, 1, 1, 1]);
        Assert.All(curve.Y, v => Assert.Equal(0.75, v, 1e-12));
    }

    [Fact]
    public void LeaveOneCentreOut_OthersHoldOneClass_NamesTheCentre()
    {
        string message = Assert.Throws<ArgumentException>(
            () => LeaveOneCentreOut.Evaluate([1, 0, 0, 0], [7, 7, 8, 8], _ => new double[4])).Message;
        Assert.Contains("centre 7", message, StringComparison.Ordinal);
    }
}
