namespace HccPipeline.Cli.Synth;

/// <summary>Progression-free survival of the cohort: times of a low-risk and a high-risk group, conditioned on the published medians.</summary>
internal static class SurvivalTimes
{
    // No progression is recorded before the eight-week examination; from there on a Weibull time.
    private const double FirstMonths = 1.9, Shape = 1.3, LowRiskMedian = 7.0, HighRiskMedian = 5.0;
    private const double FollowUpFrom = 5, FollowUpTo = 24, MedianTolerance = 0.15, LooseMedianTolerance = 0.35;

    // The published p is below 0.05 (chi-square 3.84, one degree of freedom); asked of cohorts of about the study's size only,
    // because the chi-square of the same effect grows with the number of patients.
    private const double LogRank = 6.5, LogRankTolerance = 2.3;
    private const int Tries = 3000;

    /// <summary>Time, months, and event of each patient, in the order of the patients.</summary>
    /// <param name="core">Response and risk.</param>
    /// <param name="responseRank">0 for the best response to 3 for progression: within a risk group, better responders tend to last longer.</param>
    /// <param name="seed">Seed of the registry.</param>
    public static (double[] Months, bool[] Event) Draw(CohortCore core, ReadOnlySpan<int> responseRank, int seed)
    {
        // Risk groups are cut at Youden's point or at the median; the times resemble the study under either.
        bool[] youden = HighRisk(core), upper = UpperHalf(core.Risk);
        (double[] Months, bool[] Event) nearest = ([], []);
        double smallest = double.PositiveInfinity;
        for (int candidate = 0; candidate < Tries && smallest > 1; candidate++)
        {
            RandomStream random = new((ulong)seed, StreamPurpose.Survival, candidate);
            (double[] months, bool[] observed) = Candidate(youden, upper, responseRank, random);
            double distance = Distance(months, observed, youden, MedianTolerance);
            distance = Math.Max(distance, Distance(months, observed, upper, LooseMedianTolerance));
            if (distance < smallest)
                (smallest, nearest) = (distance, (months, observed));
        }
        return nearest;
    }

    private static double Distance(double[] months, bool[] observed, bool[] high, double medianTolerance)
    {
        double distance = Math.Max(
            Math.Abs(SurvivalContrast.Median(months, observed, high, false) - LowRiskMedian),
            Math.Abs(SurvivalContrast.Median(months, observed, high, true) - HighRiskMedian)) / medianTolerance;
        if (months.Length is >= 60 and <= 100)
            distance = Math.Max(distance, Math.Abs(SurvivalContrast.LogRank(months, observed, high) - LogRank) / LogRankTolerance);
        return double.IsNaN(distance) ? double.MaxValue : distance;
    }

    private static bool[] UpperHalf(double[] risk)
    {
        double[] sorted = [.. risk.Order()];
        return Array.ConvertAll(risk, r => r >= sorted[sorted.Length / 2]);
    }

    /// <summary>High risk is a combined score at or above Youden's cut-off: the largest sensitivity + specificity.</summary>
    private static bool[] HighRisk(CohortCore core)
    {
        double best = double.NegativeInfinity, cut = 0;
        foreach (double candidate in core.Risk)
        {
            double youden = 0;
            int cases = core.Progression.Sum(), controls = core.Progression.Length - cases;
            for (int i = 0; i < core.Risk.Length; i++)
            {
                if (core.Risk[i] >= candidate)
                    youden += core.Progression[i] == 1 ? 1.0 / cases : -1.0 / controls;
            }
            if (youden > best)
                (best, cut) = (youden, candidate);
        }
        return Array.ConvertAll(core.Risk, r => r >= cut);
    }

    private static (double[] Months, bool[] Event) Candidate(bool[] youden, bool[] upper, ReadOnlySpan<int> responseRank, RandomStream random)
    {
        int n = youden.Length;
        double[] months = new double[n];
        bool[] observed = new bool[n];
        // Patients on whom the two cuts disagree stand between the groups.
        for (int votes = 0; votes <= 2; votes++)
        {
            List<(double Key, int Patient)> order = [];
            List<(double Months, bool Event)> times = [];
            double median = LowRiskMedian + votes * (HighRiskMedian - LowRiskMedian) / 2;
            double scale = (median - FirstMonths) / Math.Pow(Math.Log(2), 1 / Shape);
            for (int i = 0; i < n; i++)
            {
                if ((youden[i] ? 1 : 0) + (upper[i] ? 1 : 0) != votes) continue;
                double time = FirstMonths + scale * Math.Pow(-Math.Log(1 - random.NextDouble()), 1 / Shape);
                double followUp = random.NextBetween(FollowUpFrom, FollowUpTo);
                times.Add((Math.Round(Math.Min(time, followUp), 1), time <= followUp));
                order.Add((responseRank[i] + 1.5 * random.NextNormal(), i));
            }
            times.Sort((a, b) => b.Months.CompareTo(a.Months));
            order.Sort((a, b) => a.Key.CompareTo(b.Key));
            for (int k = 0; k < order.Count; k++)
                (months[order[k].Patient], observed[order[k].Patient]) = times[k];
        }
        return (months, observed);
    }
}
