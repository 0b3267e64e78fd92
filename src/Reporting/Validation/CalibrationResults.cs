using HccPipeline.Statistics.Calibration;
using HccPipeline.Statistics.Discrimination;

namespace HccPipeline.Reporting.Validation;

/// <summary>The part of the report on calibration.</summary>
internal static class CalibrationResults
{
    private const int TestGroups = 10;
    private const int CurvePoints = 101;

    /// <summary>With fewer patients than this, ten groups would hold too few to show anything but noise: five are drawn.</summary>
    private const int PatientsForTenGroups = 200;

    /// <param name="scores">Predictions.</param>
    /// <param name="y">Outcomes.</param>
    /// <param name="isApparent">Whether the predictions were fitted to these outcomes: the degrees of freedom of the test hold for them alone.</param>
    /// <returns>Null when all predictions are equal, or so extreme that recalibration does not exist.</returns>
    public static CalibrationResult? Of(ModelScores scores, double[] y, bool isApparent = true)
    {
        double[] p = scores.Probability;
        if (!scores.Vary || p.Any(v => v is <= 0 or >= 1)) return null;
        if (LogitRecalibration.Fit(scores.LinearPredictor, y) is not { } joint) return null;
        HosmerLemeshow test = HosmerLemeshow.ByQuantile(p, y, TestGroups);
        HosmerLemeshow drawn = p.Length < PatientsForTenGroups ? HosmerLemeshow.ByQuantile(p, y, 5) : test;
        bool tested = isApparent && test.P is not null;
        return new CalibrationResult
        {
            Intercept = LogitRecalibration.InTheLarge(scores.LinearPredictor, y).Coefficient,
            Slope = joint.Slope.Coefficient,
            HosmerLemeshow = tested ? test.ChiSquared : null,
            HosmerLemeshowDf = tested ? test.DegreesOfFreedom : null,
            HosmerLemeshowP = tested ? test.P : null,
            Groups = [.. drawn.Groups.Where(g => g.Count > 0).Select(GroupOf)],
            Curve = Curve(p, y),
        };
    }

    private static CalibrationGroup GroupOf(RiskGroup group) => new(
        group.Count,
        group.Observed,
        group.MeanPredicted,
        Estimates.Of(Proportion.Estimate(group.Observed, group.Count)) ?? throw new InvalidOperationException("A group without patients."));

    private static CurvePoint[] Curve(double[] p, double[] y)
    {
        LowessCurve curve = Lowess.Fit(p, y);
        double from = p.Min(), to = p.Max();
        return
        [
            .. Enumerable.Range(0, CurvePoints).Select(k =>
            {
                double x = from + ((to - from) * k / (CurvePoints - 1));
                return new CurvePoint(x, curve.At(x));
            }),
        ];
    }
}
