using HccPipeline.Contracts.Drift;
using HccPipeline.Persistence.Cohort;
using HccPipeline.Statistics.Calibration;
using HccPipeline.Statistics.Discrimination;
using HccPipeline.Statistics.Drift;
using HccPipeline.Statistics.Numerics;

namespace HccPipeline.ModelWorker.Drift;

/// <summary>Assesses the windows of one centre, or of all together, in their order.</summary>
internal static class WindowAssessment
{
    /// <summary>Numbers, tests and verdict of every window; the charts' alarms are added where they are known.</summary>
    public static WindowDocument[] Of(
        string? center, IEnumerable<DriftPatient> patients, DriftInput input, DriftReference? reference, AlarmBudget budget, double runLength,
        DriftSettings settings)
    {
        List<WindowDocument> windows = [];
        (string Window, double Variance)? last = null;
        foreach (IGrouping<string, DriftPatient> window in patients.GroupBy(p => p.Window, StringComparer.Ordinal).OrderBy(w => w.Key, StringComparer.Ordinal))
        {
            DriftPatient[] members = [.. window];
            ScoredOutcomes mature = ScoredOutcomes.Of(members);
            WindowDocument document = Describe(center, window.Key, input.States[window.Key], members, mature);
            if (reference is not null)
            {
                double? before = last is { } l && EntryQuarter.Next(l.Window) == window.Key ? l.Variance : null;
                if (document.State == WindowStates.Mature && !reference.Windows.Contains(window.Key) && mature.HasOfEach(settings.MinimumPerClass))
                {
                    document = Test(document, reference.Performance, mature, before, budget, runLength);
                    last = (window.Key, mature.Auc!.Variance);
                }
                document = document with { Power = Power(reference.Performance, mature, document.AucFall?.Level, before, budget, settings) };
            }
            windows.Add(document with { Verdict = Verdict(document, reference, settings) });
        }
        return [.. windows];
    }

    /// <summary>The window with the verdict that an alarm of a chart leaves it.</summary>
    public static WindowDocument WithAlarm(WindowDocument window) =>
        window.Verdict is DriftVerdicts.Stable or DriftVerdicts.Insufficient ? window with { Verdict = DriftVerdicts.Drift } : window;

    private static WindowDocument Describe(string? center, string window, string state, DriftPatient[] members, ScoredOutcomes mature)
    {
        DriftPatient[] labelled = [.. members.Where(ScoredOutcomes.HasBoth)];
        return new()
        {
            Center = center,
            Window = window,
            State = state,
            Verdict = DriftVerdicts.Awaited,
            Patients = members.Length,
            Refused = members.Count(p => p.IsRefused),
            Mature = labelled.Length,
            Cases = mature.Cases,
            Prospective = labelled.Count(p => p.Origin == ScoreOrigin.Prospective),
            Retrospective = labelled.Count(p => p.Origin == ScoreOrigin.Retrospective),
            Auc = mature.AucInterval,
            CalibrationInTheLarge = mature.InTheLargeInterval,
            CalibrationSlope = mature.SlopeInterval,
            Brier = mature.Brier?.Score,
            ObservedToExpected = mature.Brier?.ObservedToExpected,
        };
    }

    private static WindowDocument Test(WindowDocument window, ScoredOutcomes reference, ScoredOutcomes now, double? before, AlarmBudget budget, double runLength)
    {
        UnpairedAucTest test = DeLong.UnpairedTest(reference.Scores, reference.Y, now.Scores, now.Y);
        // One-sided against a fall: the test's difference is reference minus window.
        double fall = test.Statistic >= 0 ? test.P / 2 : 1 - (test.P / 2);
        LogitTerm a = reference.InTheLarge!, b = now.InTheLarge!;
        double shift = b.Coefficient - a.Coefficient, error = Math.Sqrt((a.StandardError * a.StandardError) + (b.StandardError * b.StandardError));
        return window with
        {
            AucFall = new(
                -test.Difference, Math.Sqrt(reference.Auc!.Variance + now.Auc!.Variance), fall,
                budget.FallLevel(reference.Auc.Variance, before, now.Auc.Variance)),
            CalibrationChange = new(shift, error, NormalTail.TwoSided(shift / error), budget.CalibrationLevel(now.Count, runLength)),
        };
    }

    /// <summary>Power of the test that the verdict rests on: at its own level, or at the one that it would have were the window tested.</summary>
    private static PowerDocument? Power(ScoredOutcomes reference, ScoredOutcomes now, double? level, double? before, AlarmBudget budget, DriftSettings settings)
    {
        double auc = reference.Auc!.Auc;
        if (now.Cases < 1 || now.Controls < 1 || auc <= 0.5 || auc >= 1 || settings.RelevantDrop >= auc)
            return null;
        double rarer = (double)Math.Min(now.Cases, now.Controls) / now.Count;
        if (rarer * reference.Count < 1)
            return null;
        double prevalence = (double)now.Cases / now.Count;
        double alpha = level ?? budget.FallLevel(reference.Auc.Variance, before, AucDropPower.Variance(auc, prevalence, now.Count));
        AucDropPower power = AucDropPower.Compute(auc, prevalence, reference.Count, now.Count, settings.RelevantDrop, alpha, settings.TargetPower);
        return new(settings.RelevantDrop, power.Power, power.DetectableDrop, power.HalfWidth);
    }

    private static string Verdict(WindowDocument window, DriftReference? reference, DriftSettings settings) =>
        reference is null || window.State != WindowStates.Mature ? DriftVerdicts.Awaited
        : reference.Windows.Contains(window.Window) ? DriftVerdicts.Reference
        : window.AucFall is { Counts: true } || window.CalibrationChange is { Counts: true } ? DriftVerdicts.Drift
        : window.AucFall is not null && window.Power?.Power >= settings.TargetPower ? DriftVerdicts.Stable
        : DriftVerdicts.Insufficient;
}
