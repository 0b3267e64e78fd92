using HccPipeline.Persistence.Cohort;

namespace HccPipeline.Reporting.Validation;

/// <summary>How the cohort is cut into parts.</summary>
internal static class Strata
{
    /// <summary>Calendar year of the treatment start; the quarter itself where it is not of the form <c>2023Q2</c>.</summary>
    public static string Year(CohortPatient patient)
    {
        string quarter = patient.EntryQuarter;
        return quarter.Length == 6 && quarter[4] == 'Q' ? quarter[..4] : quarter;
    }
}
