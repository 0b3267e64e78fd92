namespace HccPipeline.Cli.Synth;

/// <summary>Centres and dates of the cohort.</summary>
internal static class PlanCalendar
{
    // The study's recruitment.
    private static readonly DateOnly First = new(2021, 1, 4), Last = new(2024, 10, 25);

    /// <summary>Start of treatment of each patient in the order of entry: spread evenly over the recruitment, on working days.</summary>
    public static DateOnly[] TreatmentStarts(int patients, RandomSource random)
    {
        int days = Last.DayNumber - First.DayNumber;
        DateOnly[] starts = new DateOnly[patients];
        for (int i = 0; i < patients; i++)
            starts[i] = WorkingDay(First.AddDays((int)((i + random.NextDouble()) * days / patients)));
        return starts;
    }

    /// <summary>Centre of each patient, from 0: a centre's share falls with its number, as in most registries; each has a patient
    /// where there are enough, and each recruits over the whole time.</summary>
    public static int[] Centers(int patients, int centers, RandomSource random)
    {
        int[] size = new int[centers];
        for (int i = 0; i < patients; i++)
        {
            // The next patient goes to the centre that is furthest below its share.
            int next = 0;
            for (int c = 1; c < centers; c++)
            {
                if ((size[c] + 1) * (c + 2.5) < (size[next] + 1) * (next + 2.5))
                    next = c;
            }
            size[next]++;
        }
        int[] assigned = [.. size.SelectMany((count, c) => Enumerable.Repeat(c, count))];
        random.Shuffle(assigned.AsSpan());
        return assigned;
    }

    /// <summary>Day of the examination before treatment: a working day within the two weeks before the start.</summary>
    public static DateOnly PreVisit(DateOnly start, RandomSource random) => WorkingDay(start.AddDays(-3 - random.NextBelow(11)));

    /// <summary>Day of the examination eight weeks after the start, five days sooner or later at most.</summary>
    public static DateOnly PostVisit(DateOnly start, RandomSource random) => WorkingDay(start.AddDays(52 + random.NextBelow(8)));

    private static DateOnly WorkingDay(DateOnly day) => day.DayOfWeek switch
    {
        DayOfWeek.Saturday => day.AddDays(2),
        DayOfWeek.Sunday => day.AddDays(1),
        _ => day,
    };
}
