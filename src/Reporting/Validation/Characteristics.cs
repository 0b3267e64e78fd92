using HccPipeline.Statistics.Agreement;

namespace HccPipeline.Reporting.Validation;

/// <summary>Rows of the baseline table.</summary>
/// <remarks>Continuous variables are described by mean and SD and compared by Welch's test where Shapiro–Wilk finds no departure from
/// normality in either group (p ≥ 0.05), otherwise by median and quartiles and the Mann–Whitney test. Variables with the values 0 and 1
/// alone are counted and compared by χ², by Fisher's exact test where a cell is expected to hold fewer than five.</remarks>
internal static class Characteristics
{
    private const double NormalityLevel = 0.05;
    private const double SmallestExpectedForChiSquared = 5;
    private const int ShapiroMinimum = 3, ShapiroMaximum = 5000;

    public static CharacteristicRow Describe(string name, string domain, bool selected, ReadOnlySpan<double> values, bool[] progression)
    {
        double[] control = Present(values, progression, false), events = Present(values, progression, true);
        int controls = progression.Count(p => !p), cases = progression.Length - controls;
        bool binary = control.Concat(events).All(v => v is 0 or 1);
        bool empty = control.Length == 0 || events.Length == 0;
        string summary = binary ? "count" : IsNormal(control) && IsNormal(events) ? "mean-sd" : "median-iqr";
        (double? p, string test) = (empty, summary) switch
        {
            (true, _) => ((double?)null, "none: a group has no value"),
            (_, "count") => Compare(control.Count(v => v == 1), control.Length, events.Count(v => v == 1), events.Length),
            (_, "mean-sd") => (MeanTests.Welch(control, events)?.P, "Welch t"),
            _ => (MannWhitney.Test(control, events).P, "Mann–Whitney"),
        };
        return new CharacteristicRow
        {
            Name = name,
            Domain = domain,
            Selected = selected,
            Summary = summary,
            Control = Group(summary, control, controls - control.Length),
            Progression = Group(summary, events, cases - events.Length),
            PValue = p,
            Test = test,
        };
    }

    private static double[] Present(ReadOnlySpan<double> values, bool[] progression, bool wanted)
    {
        List<double> present = [];
        for (int i = 0; i < values.Length; i++)
        {
            if (progression[i] == wanted && double.IsFinite(values[i])) present.Add(values[i]);
        }
        return [.. present];
    }

    private static bool IsNormal(double[] sample) =>
        sample.Length is >= ShapiroMinimum and <= ShapiroMaximum && ShapiroWilk.Test(sample) is { P: >= NormalityLevel };

    private static (double? P, string Test) Compare(int controlWith, int controls, int casesWith, int cases)
    {
        int[,] counts = { { controlWith, controls - controlWith }, { casesWith, cases - casesWith } };
        ChiSquaredTest chi = ChiSquaredTest.Test(counts);
        if (chi.DegreesOfFreedom == 0) return (null, "none: one value only");
        return chi.SmallestExpected >= SmallestExpectedForChiSquared
            ? (chi.P, "χ²")
            : (FisherExact.Test(controlWith, controls - controlWith, casesWith, cases - casesWith).P, "Fisher exact");
    }

    private static GroupDescription Group(string summary, double[] sample, int missing)
    {
        if (sample.Length == 0) return new GroupDescription(0, missing, null, null, null);
        if (summary == "count")
        {
            int with = sample.Count(v => v == 1);
            return new GroupDescription(sample.Length, missing, with, (double)with / sample.Length, null);
        }
        Sample described = Sample.Describe(sample);
        return summary == "mean-sd"
            ? new GroupDescription(sample.Length, missing, described.Mean, described.StandardDeviation, null)
            : new GroupDescription(sample.Length, missing, described.Median, described.LowerQuartile, described.UpperQuartile);
    }
}
