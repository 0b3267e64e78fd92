using System.Globalization;

namespace HccPipeline.Persistence.Cohort;

/// <summary>Says what keeps a patient out of a snapshot. Pure.</summary>
internal static class Eligibility
{
    /// <summary>Everything that is missing, in the order in which it usually comes.</summary>
    /// <param name="facts">Outcome; null without a clinical record.</param>
    /// <param name="label">Label read from it.</param>
    /// <param name="pre">Scan of the pre-treatment visit.</param>
    /// <param name="post">Scan of the post-treatment visit.</param>
    /// <param name="missingValues">Required clinical values that are not known.</param>
    /// <param name="options">The rules.</param>
    public static IReadOnlyList<WaitingReason> Judge(
        OutcomeFacts? facts, OutcomeLabel label, VisitScan? pre, VisitScan? post, IReadOnlyList<string> missingValues, CohortOptions options)
    {
        if (facts is null)
            return [new("clinical-record", "clinical record")];
        List<WaitingReason> reasons = [];
        if (!label.IsUsable)
            reasons.Add(Outcome(facts, label, options));
        if (pre is null)
            reasons.Add(new("pre-mri-features", "features of the pre-treatment MRI"));
        else if (pre.Day is not { } day || day > 0 || -day > options.PreMriMaximumDays)
            reasons.Add(new("pre-mri-window", $"a pre-treatment MRI within {options.PreMriMaximumDays} days before the start", Lies(pre.Day)));
        if (post is null)
            reasons.Add(new("post-mri-features", "features of the post-treatment MRI"));
        else if (!(post.Day is { } postDay && Math.Abs(postDay - options.PostMriDay) <= options.PostMriToleranceDays))
            reasons.Add(new("post-mri-window", $"a post-treatment MRI on day {options.PostMriDay} ± {options.PostMriToleranceDays}", Lies(post.Day)));
        if (missingValues.Count > 0)
            reasons.Add(new("clinical-values", $"clinical values: {string.Join(", ", missingValues)}"));
        return reasons;
    }

    private static WaitingReason Outcome(OutcomeFacts facts, OutcomeLabel label, CohortOptions options)
    {
        string due = string.Create(CultureInfo.InvariantCulture, $"{label.DueBy:yyyy-MM-dd}");
        if (label.State == LabelState.Censored)
            return new("censored", "nothing: censored before the response could be assessed", string.Create(CultureInfo.InvariantCulture, $"at {facts.PfsMonths:0.##} months"));
        if (facts.Response is not null)
            return new("outcome-window", "the end of the time in which responses are assessed", $"over after {due} for everyone of {facts.EntryQuarter}");
        return facts.PfsEvent == true && LabelClock.EndedBeforeAssessment(facts, options)
            ? new("response", "response", string.Create(CultureInfo.InvariantCulture, $"progression or death was seen at {facts.PfsMonths:0.##} months, before the assessment: a person has to decide"))
            : new("response", "response", $"due by {due}");
    }

    private static string Lies(int? day) => day switch
    {
        null => "the nearest has no date",
        <= 0 => string.Create(CultureInfo.InvariantCulture, $"the nearest lies {-day} days before the start"),
        _ => string.Create(CultureInfo.InvariantCulture, $"the nearest lies {day} days after the start"),
    };
}
