using HccPipeline.Persistence.Browsing;

namespace HccPipeline.Reporting.Access;

/// <summary>Tells what is another centre's from what is not there: who asks gets one answer for both, the audit does not.</summary>
internal sealed class OtherCentres(StudyBrowser studies)
{
    /// <summary>Why it is refused.</summary>
    public const string Reason = "another centre's";

    /// <summary>Why something is refused that tells all centres apart.</summary>
    public const string ReasonOfAll = "of every centre";

    /// <summary>Whether a study or patient is there and another centre's.</summary>
    /// <param name="studyOrPseudonym">What was asked for.</param>
    /// <param name="ownCenter">The only centre that who asks may see; null for all.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<bool> OwnAsync(string studyOrPseudonym, string? ownCenter, CancellationToken ct) =>
        ownCenter is not null && await studies.FindCenterAsync(studyOrPseudonym, ct) is { } center && center != ownCenter;
}
