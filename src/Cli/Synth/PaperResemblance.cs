using HccPipeline.Statistics.Discrimination;

namespace HccPipeline.Cli.Synth;

/// <summary>How far a candidate cohort is from the published figures of the study.</summary>
internal static class PaperResemblance
{
    /// <summary>Patients of the study; a Wald z grows with the square root of the number of patients.</summary>
    private const double StudyPatients = 78;

    private const double AucTolerance = 0.004, WaldTolerance = 0.4;

    // Two-sided p 0.003, 0.004 and 0.013 of the combined model: post-treatment T2 SIR (risk rises), ADC mean (risk falls), NLR (risk rises).
    private static readonly double[] PublishedWaldZ = [2.968, -2.878, 2.484];

    // Likelihood-ratio chi-square at least, of T2 SIR alone, ADC mean alone, NLR alone and both imaging predictors: the study reports
    // that a LASSO at λ.1se kept all three, and with weaker signals it keeps none. No fold assignment enters here.
    private const double LeastT2Sir = 6.5, LeastAdcMean = 6.5, LeastNlr = 8, LeastImaging = 16.5;

    /// <summary>Largest deviation from the published AUCs and Wald z, in units of what is tolerated (0.004 and 0.4), and shortfall of
    /// the chi-squares in units of 1, 1 being accepted.</summary>
    /// <param name="candidate">The values.</param>
    /// <param name="bound">A distance that is already too large: the rest is not computed once it is reached.</param>
    /// <returns>The distance, or any number of at least <paramref name="bound"/>.</returns>
    public static double Distance(CohortCore.Candidate candidate, double bound)
    {
        (double[] y, double[] sir, double[] adc, double[] nlr) = candidate;
        Discrimination published = Discrimination.Published;
        double size = y.Length / StudyPatients;
        // The cheapest first: one predictor orders the patients without a fit.
        double distance = OffTarget(RocCurve.Compute(nlr, y).Auc, published.Clinical);
        if (distance >= bound) return distance;
        PlanModel imaging = PlanModel.Fit(y, sir, adc);
        distance = Max(distance, OffTarget(imaging.Auc, published.Imaging), 1 + LeastImaging * size - imaging.ChiSquare);
        if (distance >= bound) return distance;
        PlanModel combined = PlanModel.Fit(y, sir, adc, nlr);
        distance = Max(distance, OffTarget(combined.Auc, published.Combined));
        for (int i = 0; i < PublishedWaldZ.Length; i++)
            distance = Max(distance, Math.Abs(combined.WaldZ[i] - PublishedWaldZ[i] * Math.Sqrt(size)) / WaldTolerance);
        if (distance >= bound) return distance;
        return Max(distance,
            1 + LeastNlr * size - PlanModel.Fit(y, nlr).ChiSquare,
            1 + LeastT2Sir * size - PlanModel.Fit(y, sir).ChiSquare,
            1 + LeastAdcMean * size - PlanModel.Fit(y, adc).ChiSquare);
    }

    private static double OffTarget(double area, double published) => Math.Abs(area - published) / AucTolerance;

    private static double Max(params ReadOnlySpan<double> values)
    {
        double largest = double.NegativeInfinity;
        foreach (double value in values)
            largest = Math.Max(largest, value);
        return largest;
    }
}
