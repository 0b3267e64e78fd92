using HccPipeline.Contracts.Drift;
using HccPipeline.Statistics.Calibration;
using HccPipeline.Statistics.Discrimination;

namespace HccPipeline.ModelWorker.Drift;

/// <summary>Scores and outcomes of some patients, and how well they agree.</summary>
internal sealed class ScoredOutcomes
{
    private ScoredOutcomes(double[] scores, double[] y)
    {
        (Scores, Y, Cases) = (scores, y, y.Count(v => v == 1));
        Auc = Cases >= 2 && Controls >= 2 ? DeLong.Estimate(scores, y) : null;
        if (Cases == 0 || Controls == 0)
            return;
        double[] logits = LogitRecalibration.BoundedLogits(scores);
        InTheLarge = LogitRecalibration.InTheLarge(logits, y);
        Slope = LogitRecalibration.Fit(logits, y)?.Slope;
        Brier = Brier.Compute(scores, y);
    }

    /// <summary>Those of the patients who have both, in their order.</summary>
    public static ScoredOutcomes Of(IEnumerable<DriftPatient> patients)
    {
        DriftPatient[] both = [.. patients.Where(HasBoth)];
        return new([.. both.Select(p => p.Score!.Value)], [.. both.Select(p => p.Progression == true ? 1.0 : 0.0)]);
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

    /// <summary>The AUC with the limits of the logit scale, which stay between 0 and 1.</summary>
    /// <remarks>An AUC of 1 has no logit and no variance. All of the m = min(cases, controls) disjoint pairs are then in order, which happens with a chance of
    /// at most A^m: the limit is the A at which that is 2.5 %. An AUC of 0 likewise.</remarks>
    public IntervalDocument? AucInterval => Auc switch
    {
        null => null,
        { LogitLower: { } lower, LogitUpper: { } upper } a => new(a.Auc, lower, upper),
        { Auc: 1 } => new(1, LowestOfPerfect, 1),
        _ => new(0, 0, 1 - LowestOfPerfect),
    };

    private double LowestOfPerfect => Math.Pow(0.025, 1.0 / Math.Min(Cases, Controls));

    public IntervalDocument? InTheLargeInterval => Interval(InTheLarge);

    public IntervalDocument? SlopeInterval => Interval(Slope);

    private static IntervalDocument? Interval(LogitTerm? term) => term is { } t ? new(t.Coefficient, t.Lower(), t.Upper()) : null;
}
