using System.Globalization;
using HccPipeline.Contracts.Drift;
using HccPipeline.Persistence.Cohort;
using HccPipeline.Statistics.Discrimination;

namespace HccPipeline.ModelWorker.Drift;

/// <summary>Says what somebody should know, on the ladder of alerts.</summary>
internal static class DriftFindings
{
    private const double SurelyAbove = 0.998;   // two-sided: one in a thousand that so many are refused by chance
    private const int FeaturesNamed = 5;

    /// <summary>Signs of one centre's windows, and actions where they confirm one another.</summary>
    /// <param name="windows">The centre's windows in order.</param>
    /// <param name="alarmed">Windows in which a chart passed its limit.</param>
    public static IEnumerable<FindingDocument> OfWindows(IReadOnlyList<WindowDocument> windows, IReadOnlySet<string> alarmed)
    {
        WindowDocument? before = null;
        foreach (WindowDocument w in windows)
        {
            if (alarmed.Contains(w.Window))
                yield return Finding(AlertLevels.Watch, "placement-chart", w, $"{Where(w)} a chart of the patients' placement passed its limit.");
            if (w.AucFall is not { } fall || w.CalibrationChange is not { } shift)
                continue;
            if (fall.Counts)
                yield return Finding(AlertLevels.Watch, "auc-fall", w, $"{Where(w)} the AUC is {Number(w.Auc!.Value)}, {Number(-fall.Difference)} below the reference (p = {P(fall.P)}).");
            if (shift.Counts)
                yield return Finding(AlertLevels.Watch, "calibration-change", w, $"{Where(w)} observed over expected is {Number(w.ObservedToExpected!.Value)}; calibration moved by {Number(shift.Difference)} in log odds (p = {P(shift.P)}).");
            if (alarmed.Contains(w.Window) && shift.Counts)
                yield return Finding(AlertLevels.Action, "chart-and-calibration", w, $"{Where(w)} a chart passed its limit and calibration moved by {Number(shift.Difference)} in log odds (p = {P(shift.P)}).");
            // Levels are meant for pairs of windows that follow one another: the later window's counts for both.
            if (before?.AucFall is { } earlier && EntryQuarter.Next(before.Window) == w.Window && earlier.P < fall.Level && fall.Counts)
                yield return Finding(AlertLevels.Action, "consecutive-falls", w, $"{Where(w)} and in {before.Window} the AUC is below the reference: {Number(w.Auc!.Value)} and {Number(before.Auc!.Value)}.");
            before = w;
        }
    }

    /// <summary>Features whose distribution or completeness is another.</summary>
    public static IEnumerable<FindingDocument> OfFeatures(IEnumerable<FeatureLook> looks, DriftSettings settings)
    {
        foreach (FeatureLook look in looks)
        {
            FeatureDriftDocument[] moved = [.. look.Rows.Where(f => f.AdjustedP < settings.FalseDiscoveryRate).OrderBy(f => f.AdjustedP).ThenByDescending(f => Math.Abs(f.Effect ?? 0))];
            if (moved.Length > 0)
                yield return new(AlertLevels.Information, "features", look.Center, look.Window, $"{Where(look)} {moved.Length} of {look.Rows.Count(f => f.P is not null)} features are distributed otherwise than before: {List(moved, f => $"{f.Name} ({(f.Effect is { } e ? $"{Number(e)} SD" : "no effect size")})")}.");
            FeatureDriftDocument[] lacked = [.. look.Rows.Where(f => f.AdjustedMissingP < settings.FalseDiscoveryRate).OrderBy(f => f.AdjustedMissingP)];
            if (lacked.Length > 0)
                yield return new(AlertLevels.Information, "missing-values", look.Center, look.Window, $"{Where(look)} {lacked.Length} of {look.Rows.Count} features are missing more or less often than before: {List(lacked, f => $"{f.Name} ({f.CurrentMissing} of {f.Current + f.CurrentMissing}, {f.ReferenceMissing} of {f.Reference + f.ReferenceMissing} before)")}.");
        }
    }

    /// <summary>Scanners that a centre did not have.</summary>
    public static IEnumerable<FindingDocument> OfScanners(IEnumerable<ScannerDocument> scanners) =>
        scanners.Where(s => s.IsNew).Select(s => new FindingDocument(
            AlertLevels.Information, $"scanner {s.Name}", s.Center, s.Window, $"{Where(s.Center, s.Window)} {(s.Patients == 1 ? "1 patient was" : $"{s.Patients} patients were")} examined on a scanner that is new there: {s.Name}."));

    /// <summary>Windows in which the model refuses more patients than the edges of its training ranges explain.</summary>
    public static IEnumerable<FindingDocument> OfRefusals(IEnumerable<WindowDocument> windows, int predictors, int learned)
    {
        double expected = Math.Min(1, 2.0 * predictors / (learned + 1));
        return windows.Where(w => w.Patients > 0 && Proportion.Estimate(w.Refused, w.Patients, SurelyAbove).ExactLower > expected).Select(w => Finding(
            AlertLevels.Information, "refusals", w, $"{Where(w)} the model refused {w.Refused} of {w.Patients} patients; {Number(100 * expected)} % would be usual."));
    }

    /// <summary>An earlier version that does better on the same patients, where action is called for on all together.</summary>
    /// <param name="found">What was found so far.</param>
    /// <param name="input">Patients and scores.</param>
    /// <param name="settings">Settings.</param>
    public static FindingDocument? Rollback(IReadOnlyList<FindingDocument> found, DriftInput input, DriftSettings settings)
    {
        string[] windows = [.. found.Where(f => f.Level == AlertLevels.Action && f.Center is null).Select(f => f.Window).Distinct(StringComparer.Ordinal)];
        if (windows.Length == 0)
            return null;
        string last = windows.Max(StringComparer.Ordinal)!;
        foreach (RivalScores rival in input.Rivals)
        {
            int[] both = [.. Enumerable.Range(0, input.Patients.Count).Where(i => windows.Contains(input.Patients[i].Window, StringComparer.Ordinal)
                && ScoredOutcomes.HasBoth(input.Patients[i]) && rival.Scores[i] is not null)];
            double[] y = [.. both.Select(i => input.Patients[i].Progression == true ? 1.0 : 0.0)];
            if (Math.Min(y.Count(v => v == 1), y.Count(v => v == 0)) < settings.MinimumPerClass)
                continue;
            PairedAucTest test = DeLong.PairedTest([.. both.Select(i => rival.Scores[i]!.Value)], [.. both.Select(i => input.Patients[i].Score!.Value)], y);
            if (test.Difference > 0 && test.P / 2 < 0.05)
                return new(AlertLevels.RollbackProposal, $"rollback to version {rival.ModelVersion}", null, last, $"On the same {both.Length} patients version {rival.ModelVersion} has an AUC of {Number(test.First.Auc)} and version {input.ModelVersion} of {Number(test.Second.Auc)} (p = {P(test.P / 2)}).");
        }
        return null;
    }

    private static FindingDocument Finding(string level, string kind, WindowDocument w, string summary) => new(level, kind, w.Center, w.Window, summary);

    private static string Where(WindowDocument w) => Where(w.Center, w.Window);

    private static string Where(FeatureLook look) =>
        Where(look.Center, look.FirstWindow == look.Window ? look.Window : $"{look.FirstWindow} to {look.Window}");

    private static string Where(string? center, string window) => center is null ? $"In {window}, all centres together," : $"In {window} at centre {center}";

    private static string List(FeatureDriftDocument[] rows, Func<FeatureDriftDocument, string> text) =>
        string.Join(", ", rows.Take(FeaturesNamed).Select(text)) + (rows.Length > FeaturesNamed ? ", …" : "");

    private static string Number(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);

    private static string P(double value) => value < 0.0001 ? "below 0.0001" : value.ToString("0.####", CultureInfo.InvariantCulture);
}
