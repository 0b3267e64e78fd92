using HccPipeline.Contracts;

namespace HccPipeline.Reporting.Dashboard;

/// <summary>Visits in words.</summary>
internal static class VisitNames
{
    /// <summary>In words; a dash where it is not known.</summary>
    public static string Of(string? visit) => visit switch
    {
        nameof(Visit.PreTreatment) => "before treatment",
        nameof(Visit.PostTreatment) => "after treatment",
        _ => "–",
    };
}
