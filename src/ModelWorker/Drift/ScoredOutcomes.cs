using HccPipeline.Contracts.Drift;
using HccPipeline.Statistics.Calibration;
using HccPipeline.Statistics.Discrimination;

namespace HccPipeline.ModelWorker.Drift;

/// <summary>Scores and outcomes of some patients, and how well they agree.</summary>
internal sealed class ScoredOutcomes
{
    private const double Certain = 1e-9;   // a probability of 0 or 1 has no logit

    private ScoredOutcomes(double[] scores, double[] y)
    {
        (Scores, Y, Cases) = (scores, y, y.Count(v => v == 1));
        Auc = Cases >= 2 && Controls >= 2 ? DeLong.Estimate(scores, y) : null;
        if (Cases == 0 || Controls == 0)
            return;
        double[] logits = LogitRecalibration.Logits(scores);
        InTheLarge = LogitRecalibration.InTheLarge(logits, y);
        Slope = LogitRecalibration.Fit(logits, y)?.Slope;
        Brier = Brier.Compute(scores, y);
    }

    /// <summary>Those of the patients who have both, in their order.</summary>
    public static ScoredOutcomes Of(IEnumerable<DriftPatient> patients)
    {
        DriftPatient[] both = [.. patients.Where(HasBoth)];
        return new([.. both.Select(p => Math.Clamp(p.Score!.Value, Certain, 1 - Certain))], [.. both.Select(p => p.Progression == true ? 1.0 : 0.0)]);
    }

    public static bool HasBoth(DriftPatient patient) => patient is { Score: not null, Progression: not null };

    public double[] Scores { get; }

    public double[] Y { get; }

    public int Count => Y.Length;

    public int Cases { get; }

    public int Controls => Count - Cases;

    public AucEstimate? Auc { get; }

    public LogitTerm? InTheLarge { get; }

    public LogitTerm? Slope { get; }

    public Brier? Brier { get; }

    public bool HasOfEach(int patients) => Cases >= patients && Controls >= patients;

    /// <summary>The AUC with the limits of the logit scale, which stay between 0 and 1; a perfect one has those of the plain scale.</summary>
    public IntervalDocument? AucInterval => Auc is { } a ? new(a.Auc, a.LogitLower ?? a.Lower, a.LogitUpper ?? a.Upper) : null;

    public IntervalDocument? InTheLargeInterval => Interval(InTheLarge);

    public IntervalDocument? SlopeInterval => Interval(Slope);

    private static IntervalDocument? Interval(LogitTerm? term) => term is { } t ? new(t.Coefficient, t.Lower(), t.Upper()) : null;
}
