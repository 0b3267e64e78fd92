using HccPipeline.Contracts.Drift;

namespace HccPipeline.Reporting.Drift;

/// <summary>Words and numbers of the drift report.</summary>
internal static class DriftText
{
    public const string Together = "All centres";

    public static string Center(string? center) => center ?? Together;

    /// <summary>One quarter, or from which to which; what layout 1 had was the last.</summary>
    public static string Quarters(string? first, string? last) => last is null ? "the last" : first == last ? last : $"{first} to {last}";

    public static string Interval(IntervalDocument? i, int decimals) => i is null
        ? Format.None
        : $"{Format.Fixed(i.Value, decimals)} ({Format.Fixed(i.Lower, decimals)} to {Format.Fixed(i.Upper, decimals)})";

    public static string Auc(IntervalDocument? i) => i is null ? Format.None : $"{Format.Auc(i.Value)} ({Format.Auc(i.Lower)}–{Format.Auc(i.Upper)})";

    public static string Fixed(double? value, int decimals) => value is { } v ? Format.Fixed(v, decimals) : Format.None;

    /// <summary>What can be said of a window, with the power where that is too little.</summary>
    public static string Verdict(string verdict, PowerDocument? power) => verdict == DriftVerdicts.Insufficient && power is { } p
        ? $"insufficient: power {Format.Fixed(p.Power, 2)} for a fall by {Format.Fixed(p.Drop, 2)}"
        : verdict == DriftVerdicts.Stable && power is { } enough ? $"stable: power {Format.Fixed(enough.Power, 2)} for a fall by {Format.Fixed(enough.Drop, 2)}" : verdict;

    /// <summary>A cell of a table of AUCs: the estimate, or why there is none, and the patients behind it.</summary>
    public static string Cell(IntervalDocument? auc, string verdict, int mature, int cases, PowerDocument? power)
    {
        string count = $"n = {mature} ({cases})";
        if (mature == 0) return Format.None;
        if (auc is null) return $"{verdict}, {count}";
        string note = verdict switch
        {
            DriftVerdicts.Insufficient => power is { } p ? $", insufficient, power {Format.Fixed(p.Power, 2)}" : ", insufficient",
            DriftVerdicts.Drift => ", drift",
            _ => "",
        };
        return $"{Auc(auc)}, {count}{note}";
    }

    public static string Capital(string level) => Names.Capital(level.Replace('-', ' '));

    /// <summary>Whether an estimate counts as one: drawn filled, else hollow.</summary>
    public static bool IsFirm(string verdict) => verdict is DriftVerdicts.Stable or DriftVerdicts.Drift or DriftVerdicts.Reference;
}
