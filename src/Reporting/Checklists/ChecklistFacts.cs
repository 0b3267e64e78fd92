using HccPipeline.Contracts.Models;
using HccPipeline.Reporting.Validation;

namespace HccPipeline.Reporting.Checklists;

/// <summary>What the system knows of a version, in sentences that checklists share.</summary>
/// <param name="Cohort">Who is in the snapshot.</param>
/// <param name="Models">The three models.</param>
/// <param name="Stability">The combined model in parts of the cohort.</param>
/// <param name="Survival">Progression-free survival; null when not recorded.</param>
/// <param name="Lineage">Manifest in short; null for a snapshot from before manifests.</param>
/// <param name="Extraction">Profile in words; null when it is not stored.</param>
/// <param name="Provenance">Hashes and versions.</param>
/// <param name="Limitations">What a reader must know.</param>
internal sealed record ChecklistFacts(
    CohortSummary Cohort,
    IReadOnlyList<ModelResult> Models,
    StabilityResult Stability,
    SurvivalResult? Survival,
    ReportLineage? Lineage,
    ExtractionSummary? Extraction,
    Provenance Provenance,
    IReadOnlyList<Limitation> Limitations)
{
    public ModelResult Combined => Models.First(m => m.Name == "combined");

    public string Counts => $"{Cohort.All.Patients} patients, {Cohort.All.Progression} with progression and {Cohort.All.Control} with disease control";

    public string Centres => Cohort.Centers.Count == 1 ? $"1 centre ({Cohort.Centers[0].Name})" : $"{Cohort.Centers.Count} centres ({string.Join(", ", Cohort.Centers.Select(c => c.Name))})";

    public string Period => $"treatment started {Cohort.FirstQuarter} to {Cohort.LastQuarter}";

    public string SampleSize => Limitations.First(l => l.Topic == "Sample size").Text;

    public string Candidates => $"{Combined.Selection.Candidates} candidates for the combined model ({string.Join(", ", Models.Where(m => m.Name != "combined").Select(m => $"{m.Selection.Candidates} {m.Name}"))})";

    public string Predictors => Combined.Predictors.Count == 0 ? "no predictor" : string.Join(", ", Combined.Predictors.Select(p => p.Name));

    public string Auc => $"apparent AUC {Format.Auc(Combined.Discrimination.Auc)}, cross-validated {Format.Auc(Combined.Discrimination.CrossValidatedAuc)}";

    public string FollowUp => Survival is { } s ? $"longest observed progression-free survival {Format.Fixed(s.Groups.SelectMany(g => g.Steps).Max(p => p.Months), 1)} months" : "progression-free survival not recorded";

    public string Missing => Combined.Selection.Imputed is { Count: > 0 } imputed
        ? $"values were filled in inside the folds for {string.Join(", ", imputed.Select(i => $"{i.Name} ({i.Patients})"))}"
        : "no value of a candidate was filled in";

    public string Excluded => Combined.Selection.Excluded.Count == 0 ? "no candidate was left out" : $"{Combined.Selection.Excluded.Count} candidates were left out by name with the reason";

    public string? Rules => Lineage?.Rules is { } r ? InWords(r) : null;

    public string? Flow => Lineage is { } l
        ? $"{l.Patients} patients in; {l.LeftOut} left out{(l.Reasons.Count == 0 ? "" : $" ({string.Join("; ", l.Reasons.Select(x => $"{x.Name}: {x.Patients}"))})")}; {l.Withdrawn} had withdrawn"
        : null;

    public string? Incorporation => Lineage?.Incorporation is { } c
        ? $"in {c.Count} of {c.PatientCount} patients the post-treatment scan lies on days {c.WindowFirstDay} to {c.WindowLastDay}, when the response is assessed"
        : null;

    public string Heterogeneity
    {
        get
        {
            int shown = Stability.Centers.Count(c => c.Auc is not null);
            return $"AUC by centre with its interval where there are enough patients ({shown} of {Stability.Centers.Count} centres); the others are marked insufficient, with the power";
        }
    }

    public string Images(Func<ImageExtraction, string> what) => Extraction is { } e ? string.Join("; ", e.Images.Select(i => $"{i.Image}: {what(i)}")) : "";

    private static string InWords(EligibilityRules r) =>
        $"MRI within {r.PreMriMaximumDays} days before treatment and on day {r.PostMriDay} ± {r.PostMriToleranceDays}"
        + (r.RequiredValues.Count == 0 ? "" : $"; known {string.Join(", ", r.RequiredValues)}")
        + $"; mRECIST response on day {r.ResponseDay} ± {r.ResponseToleranceDays}" + (r.RequireClosedWindow ? ", taken only when its time was over for the whole quarter" : "");
}
