using HccPipeline.Contracts;

namespace HccPipeline.Ingest.Studies;

/// <summary>The visit of a study, or why it has none.</summary>
/// <param name="Visit">Null when the study belongs to no visit, or that can't be told yet.</param>
/// <param name="WaitingFor">What is missing or does not fit, in words; null when there is a visit.</param>
public readonly record struct VisitAssignment(Visit? Visit, string? WaitingFor);

/// <summary>
/// Tells the visit from the days between treatment start and study: up to and on the start it is the pre-treatment visit, from some days
/// after it on the post-treatment visit, both within limits that <see cref="IngestOptions"/> declares.
/// </summary>
public static class VisitRule
{
    /// <summary>Assigns a study to a visit. Both dates lie on the same (shifted) calendar of the patient.</summary>
    public static VisitAssignment Assign(DateOnly? studyDate, DateOnly? treatmentStart, IngestOptions limits)
    {
        if (treatmentStart is not { } start)
            return new(null, "a clinical record with the treatment start");
        if (studyDate is not { } date)
            return new(null, "a study date (0008,0020); export the study again with its full header");
        int days = date.DayNumber - start.DayNumber;
        if (days <= 0)
        {
            return -days <= limits.PreVisitMaximumDays
                ? new(Visit.PreTreatment, null)
                : new(null, $"a study nearer to the treatment: it lies {-days} days before the start, at most {limits.PreVisitMaximumDays} are accepted (Ingest:PreVisitMaximumDays)");
        }
        if (days < limits.PostVisitMinimumDays)
            return new(null, $"a later study: it lies {days} days after the treatment start, {limits.PostVisitMinimumDays} are needed (Ingest:PostVisitMinimumDays)");
        return days <= limits.PostVisitMaximumDays
            ? new(Visit.PostTreatment, null)
            : new(null, $"an earlier study: it lies {days} days after the treatment start, at most {limits.PostVisitMaximumDays} are accepted (Ingest:PostVisitMaximumDays)");
    }
}
