using HccPipeline.Statistics.Agreement;

namespace HccPipeline.Reporting.Validation;

/// <summary>Rows of the baseline table. Variables with the values 0 and 1 alone are counted, all others are continuous.</summary>
internal static class Characteristics
{
    public static CharacteristicRow Describe(string name, string domain, bool selected, ReadOnlySpan<double> values, double[] progression)
    {
        List<double> present = [], group = [];
        for (int i = 0; i < values.Length; i++)
        {
            if (!double.IsFinite(values[i])) continue;
            present.Add(values[i]);
            group.Add(progression[i]);
        }
        int events = progression.Count(v => v == 1), eventsPresent = group.Count(v => v == 1);
        Missing missing = new(progression.Length - events - (group.Count - eventsPresent), events - eventsPresent);
        Description description = eventsPresent == 0 || eventsPresent == group.Count
            ? new("median-iqr", new(group.Count - eventsPresent, missing.Control, null, null, null), new(eventsPresent, missing.Progression, null, null, null), null, "none")
            : present.TrueForAll(v => v is 0 or 1) ? Count(name, present, group, missing) : Continuous(name, present, group, missing);
        return new CharacteristicRow
        {
            Name = name,
            Domain = domain,
            Selected = selected,
            Summary = description.Summary,
            Control = description.Control,
            Progression = description.Progression,
            PValue = description.P,
            Test = description.Test,
        };
    }

    private static Description Count(string name, List<double> values, List<double> group, Missing missing)
    {
        CategoricalRow row = Table1.Categorical(name, [.. values.Select(v => (int)v)], group.ToArray());
        int one = row.Categories.IndexOf(1);
        return new("count", With(row.Counts0, missing.Control), With(row.Counts1, missing.Progression), row.P, Name(row.Test));

        GroupDescription With(IReadOnlyList<int> counts, int absent)
        {
            int all = counts.Sum(), with = one < 0 ? 0 : counts[one];
            return new(all, absent, with, (double)with / all, null);
        }
    }

    private static Description Continuous(string name, List<double> values, List<double> group, Missing missing)
    {
        ContinuousRow row = Table1.Continuous(name, values.ToArray(), group.ToArray());
        return row.IsNormal
            ? new("mean-sd", Mean(row.Group0, missing.Control), Mean(row.Group1, missing.Progression), row.P, Name(row.Test))
            : new("median-iqr", Median(row.Group0, missing.Control), Median(row.Group1, missing.Progression), row.P, Name(row.Test));

        static GroupDescription Mean(Sample s, int absent) => new(s.Count, absent, s.Mean, s.StandardDeviation, null);
        static GroupDescription Median(Sample s, int absent) => new(s.Count, absent, s.Median, s.LowerQuartile, s.UpperQuartile);
    }

    private static string Name(ComparisonTest test) => test switch
    {
        ComparisonTest.Welch => "Welch t",
        ComparisonTest.MannWhitney or ComparisonTest.MannWhitneyExact => "Mann–Whitney",
        ComparisonTest.ChiSquared => "χ²",
        ComparisonTest.FisherExact => "Fisher exact",
        _ => "none",
    };

    private readonly record struct Missing(int Control, int Progression);

    private sealed record Description(string Summary, GroupDescription Control, GroupDescription Progression, double? P, string Test);
}
