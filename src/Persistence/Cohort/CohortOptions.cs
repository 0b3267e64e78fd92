using System.ComponentModel.DataAnnotations;

namespace HccPipeline.Persistence.Cohort;

/// <summary>Section <c>Cohort</c>: who can be learned from.</summary>
public sealed class CohortOptions
{
    /// <summary>Name of the section.</summary>
    public const string Section = "Cohort";

    /// <summary>The pre-treatment MRI lies at most so many days before the start of treatment (the day itself counts).</summary>
    [Range(0, 365)]
    public int PreMriMaximumDays { get; set; } = 14;

    /// <summary>Day of the post-treatment MRI, counted from the start of treatment; of several scans the one nearest to it is taken.</summary>
    [Range(1, 730)]
    public int PostMriDay { get; set; } = 56;

    /// <summary>The post-treatment MRI lies at most so many days before or after its day.</summary>
    [Range(0, 365)]
    public int PostMriToleranceDays { get; set; } = 14;

    /// <summary>Clinical values that must be known, separated by commas; empty for none.</summary>
    /// <remarks>A text and not a list: a configured list would be added to the default one.</remarks>
    public string RequiredValues { get; set; } = "NLR";

    /// <summary>Day on which the response is assessed, counted from the start of treatment.</summary>
    [Range(1, 730)]
    public int ResponseDay { get; set; } = 56;

    /// <summary>The assessment lies at most so many days before or after its day.</summary>
    [Range(0, 365)]
    public int ResponseToleranceDays { get; set; } = 14;

    /// <summary>
    /// Take a recorded response only when its assessment is over for everyone who started treatment in the same quarter: progression is known
    /// sooner than control, and a cohort of early answers has too much of it.
    /// </summary>
    public bool RequireClosedWindow { get; set; } = true;

    /// <summary>Whether a scan lies in the window in which the response is assessed.</summary>
    /// <param name="day">Its day counted from the start of treatment; null where it is not known.</param>
    public bool IsInResponseWindow(int? day) => day is { } known && Math.Abs(known - ResponseDay) <= ResponseToleranceDays;

    /// <summary><see cref="RequiredValues"/> one by one.</summary>
    public string[] RequiredValueNames() => RequiredValues.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}
