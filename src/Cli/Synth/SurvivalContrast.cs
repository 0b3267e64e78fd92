namespace HccPipeline.Cli.Synth;

/// <summary>The two figures by which planned survival times are judged.</summary>
internal static class SurvivalContrast
{
    /// <summary>Kaplan–Meier median of one group: the first time at which survival is at most one half; NaN when it is not reached.</summary>
    public static double Median(double[] months, bool[] observed, bool[] group, bool value)
    {
        double survival = 1;
        foreach (double time in EventTimes(months, observed))
        {
            (int atRisk, int events) = Count(months, observed, group, value, time);
            if (atRisk > 0)
                survival *= 1 - (double)events / atRisk;
            if (events > 0 && survival <= 0.5 + 1e-12)
                return time;
        }
        return double.NaN;
    }

    /// <summary>Log-rank chi-square of the two groups, one degree of freedom; 0 when there is nothing to compare.</summary>
    public static double LogRank(double[] months, bool[] observed, bool[] group)
    {
        double difference = 0, variance = 0;
        foreach (double time in EventTimes(months, observed))
        {
            (int risk1, int events1) = Count(months, observed, group, true, time);
            (int risk0, int events0) = Count(months, observed, group, false, time);
            double risk = risk0 + risk1, events = events0 + events1;
            difference += events1 - events * risk1 / risk;
            if (risk > 1)
                variance += events * (risk1 / risk) * (risk0 / risk) * (risk - events) / (risk - 1);
        }
        return variance > 0 ? difference * difference / variance : 0;
    }

    private static IEnumerable<double> EventTimes(double[] months, bool[] observed) =>
        months.Where((_, i) => observed[i]).Distinct().Order();

    private static (int AtRisk, int Events) Count(double[] months, bool[] observed, bool[] group, bool value, double time)
    {
        int atRisk = 0, events = 0;
        for (int i = 0; i < months.Length; i++)
        {
            if (group[i] != value || months[i] < time) continue;
            atRisk++;
            if (observed[i] && months[i] == time) events++;
        }
        return (atRisk, events);
    }
}
