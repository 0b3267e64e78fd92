using System.Globalization;
using HccPipeline.ModelWorker.Training;
using HccPipeline.Persistence.Cohort;
using HccPipeline.Statistics.SampleSize;

namespace HccPipeline.ModelWorker.Guards;

/// <summary>What a cohort must have before it is learned from. Pure.</summary>
public static class TrainingGuards
{
    /// <summary>Measures a cohort. The model with most candidates counts: what is enough for it is enough for the others.</summary>
    /// <param name="snapshot">The cohort.</param>
    /// <param name="settings">What is to be trained.</param>
    /// <param name="options">What is required.</param>
    /// <param name="agreement">Agreement of readers; null where there are no readings.</param>
    public static IReadOnlyList<GuardResult> Evaluate(CohortSnapshot snapshot, TrainingSettings settings, GuardOptions options, ReaderAgreement? agreement)
    {
        double[] y = snapshot.Progression();
        int events = y.Count(v => v == 1), smaller = Math.Min(events, y.Length - events);
        string[] offered = ModelTrainer.Offers(settings).MaxBy(o => o.Candidates.Length).Candidates;
        string[] usable = [.. (CandidateTable.From(snapshot, offered, settings.MissingValues).X?.ColumnNames ?? [])];
        return
        [
            SampleSize(y.Length, events, usable.Length, options),
            EventsPerCandidate(y.Length, smaller, usable.Length, options),
            ClassShare(y.Length, smaller, events, options),
            MissingShare(snapshot, offered, options),
            Agreement(offered, options, agreement),
        ];
    }

    /// <summary>The sentences of the guards that do not hold, in one text; null when all hold.</summary>
    public static string? Refusal(IEnumerable<GuardResult> results)
    {
        string[] failing = [.. results.Where(r => r.Holds == false).Select(r => r.Detail)];
        return failing.Length == 0 ? null : string.Join(' ', failing);
    }

    private static GuardResult SampleSize(int patients, int events, int candidates, GuardOptions options)
    {
        GuardResult result = new() { Guard = "sample-size", Measure = "patients, at least (Riley)", Measured = patients, Detail = "" };
        if (options.AnticipatedAuc <= 0.5 || candidates == 0 || events == 0 || events == patients)
            return result with { Detail = options.AnticipatedAuc <= 0.5 ? "No AUC is anticipated: a sample size does not follow." : "Not measured: one class or no candidate." };
        Riley riley = Riley.FromAuc(candidates, (double)events / patients, options.AnticipatedAuc);
        int shortfall = Math.Max(0, riley.Required - patients);
        return result with
        {
            Required = riley.Required,
            Holds = shortfall == 0,
            ShortfallPatients = shortfall,
            Detail = Text(
                $"Sample size: {candidates} candidates at a progression rate of {(double)events / patients:F2} and an anticipated AUC of {options.AnticipatedAuc:0.##} need {riley.Required} patients (Riley's criteria); {patients} are ready{Missing(shortfall)}."),
        };
    }

    private static GuardResult EventsPerCandidate(int patients, int smaller, int candidates, GuardOptions options)
    {
        double measured = candidates == 0 ? 0 : (double)smaller / candidates;
        int needed = (int)Math.Ceiling(options.EventsPerCandidate * candidates);
        int shortfall = smaller == 0 ? needed : Math.Max(0, (int)Math.Ceiling((needed - smaller) * (double)patients / smaller));
        return new()
        {
            Guard = "events-per-candidate",
            Measure = "patients of the smaller class per candidate, at least",
            Measured = measured,
            Required = options.EventsPerCandidate,
            Holds = smaller >= needed,
            ShortfallPatients = smaller >= needed ? 0 : shortfall,
            Detail = Text(
                $"Events per candidate: {smaller} patients of the smaller class for {candidates} candidates are {measured:F1} each; {options.EventsPerCandidate:0.##} are required{Missing(smaller >= needed ? 0 : shortfall, $", {needed - smaller} of them of the smaller class")}."),
        };
    }

    private static GuardResult ClassShare(int patients, int smaller, int events, GuardOptions options)
    {
        double share = patients == 0 ? 0 : (double)smaller / patients, wanted = options.MinimumClassShare;
        // With k more of the smaller class: (smaller + k) / (patients + k) ≥ wanted.
        int shortfall = share >= wanted ? 0 : (int)Math.Ceiling(((wanted * patients) - smaller) / (1 - wanted));
        string scarce = events <= patients - events ? "progression" : "disease control";
        return new()
        {
            Guard = "class-balance",
            Measure = "share of the smaller class, at least",
            Measured = share,
            Required = wanted,
            Holds = shortfall == 0,
            ShortfallPatients = shortfall,
            Detail = Text($"Balance: {smaller} of {patients} patients have {scarce}, a share of {share:F2}; {wanted:0.##} is required{Missing(shortfall, $" with {scarce}")}."),
        };
    }

    private static GuardResult MissingShare(CohortSnapshot snapshot, string[] offered, GuardOptions options)
    {
        string[] known = [.. offered.Where(snapshot.Has).Distinct(StringComparer.Ordinal)];
        bool[] incomplete = new bool[snapshot.Patients.Count];
        long missing = 0;
        foreach (string name in known)
        {
            ReadOnlySpan<double> column = snapshot.Column(name);
            for (int i = 0; i < column.Length; i++)
            {
                if (!double.IsNaN(column[i]))
                    continue;
                missing++;
                incomplete[i] = true;
            }
        }
        long cells = (long)known.Length * snapshot.Patients.Count;
        double share = cells == 0 ? 0 : (double)missing / cells;
        return new()
        {
            Guard = "missing-values",
            Measure = "share of missing values, at most",
            Measured = share,
            Required = options.MaximumMissingShare,
            Holds = share <= options.MaximumMissingShare,
            Detail = Text(
                $"Missing values: {missing} of {cells} values of the candidates are missing, a share of {share:F2}, in {incomplete.Count(i => i)} of {snapshot.Patients.Count} patients; at most {options.MaximumMissingShare:0.##} is allowed."),
        };
    }

    private static GuardResult Agreement(string[] offered, GuardOptions options, ReaderAgreement? agreement)
    {
        GuardResult result = new() { Guard = "reader-agreement", Measure = "smallest ICC(2,1) of a candidate, at least", Detail = "" };
        if (agreement is null)
            return result with { Detail = "Reader agreement was not measured: there is no table of two readers' readings (Guards:ReaderTable)." };
        (string Name, double Icc)[] measured = [.. agreement.Of(offered)];
        if (measured.Length == 0)
            return result with { Detail = "Reader agreement was not measured: the table of readings has none of the candidates." };
        string[] below = [.. measured.Where(m => m.Icc < options.MinimumReaderAgreement).Select(m => Text($"{m.Name} {m.Icc:F2}"))];
        return result with
        {
            Measured = measured.Min(m => m.Icc),
            Required = options.MinimumReaderAgreement,
            Holds = below.Length == 0,
            Detail = below.Length == 0
                ? Text($"Reader agreement: {measured.Length} of {offered.Length} candidates were measured, all with an ICC of at least {options.MinimumReaderAgreement:0.##}.")
                : Text($"Reader agreement: the ICC of {string.Join(", ", below)} lies below {options.MinimumReaderAgreement:0.##}; leave these candidates out."),
        };
    }

    private static string Missing(int shortfall, string which = "") => shortfall == 0 ? "" : Text($": {shortfall} more patients are needed{which}");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
