namespace HccPipeline.Persistence.Cohort;

/// <summary>Says where labels stand. Pure: the day is handed in.</summary>
/// <remarks>Dates of patients are moved, so that the calendar knows a patient's quarter and not the day: a window counts as over when it is over
/// for the last day of the quarter.</remarks>
public static class LabelClock
{
    private const double DaysPerMonth = 365.25 / 12;

    /// <summary>Last day on which a response in this quarter is assessed.</summary>
    public static DateOnly DueBy(string entryQuarter, CohortOptions options) =>
        EntryQuarter.LastDay(entryQuarter).AddDays(options.ResponseDay + options.ResponseToleranceDays);

    /// <summary>Reads the label of a patient.</summary>
    /// <param name="facts">What is known of the outcome.</param>
    /// <param name="options">Window of the assessment.</param>
    /// <param name="today">Day on which is asked.</param>
    public static OutcomeLabel Read(OutcomeFacts facts, CohortOptions options, DateOnly today)
    {
        DateOnly due = DueBy(facts.EntryQuarter, options);
        return new(StateOf(facts, options, today > due), due);
    }

    /// <summary>Whether progression or death was seen before the response could be assessed.</summary>
    public static bool EndedBeforeAssessment(OutcomeFacts facts, CohortOptions options) =>
        facts.PfsMonths * DaysPerMonth < options.ResponseDay - options.ResponseToleranceDays;

    private static LabelState StateOf(OutcomeFacts facts, CohortOptions options, bool isOver)
    {
        if (facts.Response is null)
            return facts.PfsEvent == false && EndedBeforeAssessment(facts, options) ? LabelState.Censored : LabelState.Pending;
        if (!facts.IsAdjudicated && !isOver && options.RequireClosedWindow)
            return LabelState.Pending;
        if (facts.ResponseInUse is { } used && used != facts.Response)
            return LabelState.Revised;
        return facts.IsAdjudicated ? LabelState.Adjudicated : LabelState.Mature;
    }
}
