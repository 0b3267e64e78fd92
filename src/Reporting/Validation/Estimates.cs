using HccPipeline.Statistics.Discrimination;

namespace HccPipeline.Reporting.Validation;

/// <summary>Estimates of the statistics room as estimates of the report.</summary>
internal static class Estimates
{
    /// <summary>A proportion with its Wilson interval; null for 0/0.</summary>
    public static Estimate? Of(Proportion proportion) =>
        proportion is { Value: { } value, WilsonLower: { } lower, WilsonUpper: { } upper } ? new Estimate(value, lower, upper) : null;

    /// <summary>An AUC with its DeLong interval.</summary>
    public static Estimate Of(AucEstimate auc) => new(auc.Auc, auc.Lower, auc.Upper);
}
