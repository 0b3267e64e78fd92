using System.Collections.Immutable;
using HccPipeline.Statistics.Discrimination;
using HccPipeline.Statistics.Survival;

namespace HccPipeline.Cli.Synth;

/// <summary>Progression-free survival of the cohort: times of a low-risk and a high-risk group, conditioned on the published medians.</summary>
internal static class SurvivalTimes
{
    // No progression is recorded before the eight-week examination; from there on a Weibull time.
    private const double FirstMonths = 1.9, Shape = 1.3, LowRiskMedian = 7.0, HighRiskMedian = 5.0;
    private const double FollowUpFrom = 5, FollowUpTo = 24, MedianTolerance = 0.15, LooseMedianTolerance = 0.35;

    // The published p is below 0.05 (chi-square 3.84, one degree of freedom); asked of cohorts of about the study's size only,
    // because the chi-square of the same effect grows with the number of patients.
    private const double LogRankChiSquare = 6.5, LogRankTolerance = 2.3;
    private const int MostTries = 3000, LargestWork = 300_000;

    /// <summary>Time, months, and status (1 event, 0 censored) of each patient, in the order of the patients.</summary>
    /// <param name="core">Response and risk.</param>
    /// <param name="responseRank">0 for the best response to 3 for progression: within a risk group, better responders tend to last longer.</param>
    /// <param name="seed">Seed of the registry.</param>
    public static (double[] Months, double[] Status) Draw(CohortCore core, ReadOnlySpan<int> responseRank, int seed)
    {
        // Risk groups are cut at Youden's point or at the median; the times resemble the study under either.
        int[] youden = AtOrAbove(Youden.Thresholds(RocCurve.Compute(core.Risk, core.Progression))[0], core.Risk);
        int[] upper = AtOrAbove(core.Risk.Order().ElementAt(core.Risk.Length / 2), core.Risk);
        (double[] Months, double[] Status) nearest = ([], []);
        double smallest = double.PositiveInfinity;
        int tries = Math.Clamp(LargestWork / core.Progression.Length, 20, MostTries);
        for (int candidate = 0; candidate < tries && smallest > 1; candidate++)
        {
            RandomSource random = new((ulong)seed, RandomPurpose.Survival, candidate);
            (double[] months, double[] status) = Candidate(youden, upper, responseRank, random);
            double distance = Distance(months, status, youden, MedianTolerance);
            distance = Math.Max(distance, Distance(months, status, upper, LooseMedianTolerance));
            if (distance < smallest)
                (smallest, nearest) = (distance, (months, status));
        }
        return nearest;
    }

    private static double Distance(double[] months, double[] status, int[] high, double medianTolerance)
    {
        if (high.Distinct().Count() < 2)
            return double.MaxValue;
        ImmutableSortedDictionary<int, SurvivalCurve> curves = KaplanMeier.EstimateByGroup(months, status, high);
        if (curves[0].Median().Time is not { } low || curves[1].Median().Time is not { } shorter)
            return double.MaxValue;
        double distance = Math.Max(Math.Abs(low - LowRiskMedian), Math.Abs(shorter - HighRiskMedian)) / medianTolerance;
        return months.Length is >= 60 and <= 100
            ? Math.Max(distance, Math.Abs(LogRank.Test(months, status, high).ChiSquared - LogRankChiSquare) / LogRankTolerance)
            : distance;
    }

    /// <summary>1 for a score at or above a cut.</summary>
    private static int[] AtOrAbove(double cut, double[] risk) => Array.ConvertAll(risk, r => r >= cut ? 1 : 0);

    private static (double[] Months, double[] Status) Candidate(int[] youden, int[] upper, ReadOnlySpan<int> responseRank, RandomSource random)
    {
        int n = youden.Length;
        double[] months = new double[n];
        double[] status = new double[n];
        // Patients on whom the two cuts disagree stand between the groups.
        for (int votes = 0; votes <= 2; votes++)
        {
            List<(double Key, int Patient)> order = [];
            List<(double Months, double Status)> times = [];
            double median = LowRiskMedian + votes * (HighRiskMedian - LowRiskMedian) / 2;
            double scale = (median - FirstMonths) / Math.Pow(Math.Log(2), 1 / Shape);
            for (int i = 0; i < n; i++)
            {
                if (youden[i] + upper[i] != votes) continue;
                double time = FirstMonths + scale * Math.Pow(-Math.Log(1 - random.NextDouble()), 1 / Shape);
                double followUp = random.NextBetween(FollowUpFrom, FollowUpTo);
                times.Add((Math.Round(Math.Min(time, followUp), 1), time <= followUp ? 1 : 0));
                order.Add((responseRank[i] + 1.5 * random.NextNormal(), i));
            }
            times.Sort((a, b) => b.Months.CompareTo(a.Months));
            order.Sort((a, b) => a.Key.CompareTo(b.Key));
            for (int k = 0; k < order.Count; k++)
                (months[order[k].Patient], status[order[k].Patient]) = times[k];
        }
        return (months, status);
    }
}
