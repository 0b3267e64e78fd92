using HccPipeline.Contracts.Models;
using HccPipeline.Statistics.SampleSize;

namespace HccPipeline.Reporting.Validation;

/// <summary>What a reader must know before using the numbers, said plainly; only what applies to this version.</summary>
internal static class LimitationTexts
{
    public static IEnumerable<Limitation> For(CohortSummary cohort, IReadOnlyList<ModelResult> models, StabilityResult stability, ReportLineage? lineage, GuardOverride? overridden)
    {
        ModelResult combined = models.First(m => m.Name == "combined");
        if (overridden is not null)
            yield return new Limitation("Overridden guard", string.Join(' ', [.. overridden.Failed, $"The version was trained all the same; the reason given: {overridden.Reason}"]));
        yield return new Limitation(
            "Apparent performance",
            "Unless marked as of patients left out, every figure and number was computed on the patients that the models were developed on, and is therefore "
            + "optimistic. What is said of patients left out repeats selection and fit without the patients it is judged on; it is the better guess of the "
            + "performance on new patients. There is no external validation here.");
        if (models.SelectMany(m => m.Predictors).Any(p => p.Name.StartsWith("post_", StringComparison.Ordinal)))
        {
            yield return new Limitation("Incorporation bias", Incorporation(lineage?.Incorporation));
        }
        yield return SampleSize(cohort, combined);
        if (combined.Selection.Imputed is { Count: > 0 } imputed)
        {
            yield return new Limitation(
                "Missing values",
                $"Some patients lack {string.Join(", ", imputed.Select(i => $"{i.Name} ({i.Patients})"))}. Their values were filled in from the other patients, "
                + "inside the folds of every cross-validation. This supposes that nothing but what was recorded decides whether a value is missing.");
        }
        yield return new Limitation(
            "Inference after selection",
            "Odds ratios, intervals and p-values come from an ordinary logistic regression on predictors that the LASSO chose from the same data. They "
            + "ignore that choice: intervals are too narrow and p-values too small.");
        yield return new Limitation(
            "Risk groups",
            "The threshold between low and high risk maximises sensitivity + specificity on these patients, and progression is part of both the outcome of "
            + "the models and progression-free survival. The survival curves illustrate the groups; they are no independent evidence.");
        foreach (ModelResult model in models.Where(m => m.Selection.Rule == "lambda.min"))
        {
            yield return new Limitation(
                $"Penalty of the {model.Name} model",
                "At λ.1se the LASSO selected no predictor; λ.min was used instead, which selects more freely and is more likely to keep noise.");
        }
        foreach (ModelResult model in models.Where(m => m.FitMethod == "firth"))
        {
            yield return new Limitation(
                $"Separation in the {model.Name} model",
                "The predictors separate the two groups completely or nearly so. Firth's penalised likelihood was used; its odds ratios are finite but "
                + "depend on the penalty.");
        }
        int parts = stability.Periods.Count + stability.Centers.Count;
        int insufficient = stability.Periods.Concat(stability.Centers).Count(s => s.Auc is null);
        if (insufficient > 0)
        {
            yield return new Limitation(
                "Stability over time and centres",
                $"{insufficient} of {parts} years and centres have too few patients for an AUC. Insufficient does not mean stable: from these data a change "
                + "there can be neither seen nor excluded.");
        }
    }

    private static string Incorporation(IncorporationCheck? check) => check switch
    {
        { Count: 0 } => "Predictors taken from the post-treatment scan enter the models. No such scan lies in the time when the response is assessed, so that it was "
            + "hardly read from the same images. Such a model describes response at the time of that scan; it does not forecast it before treatment.",
        { } c => $"Predictors taken from the post-treatment scan enter the models. In {c.Count} of {c.PatientCount} patients that scan lies in the time when the mRECIST response is "
            + "assessed: predictor and outcome share their source and discrimination is overstated. Such a model describes response at the time of that scan; it does not forecast it before treatment.",
        null => "Predictors taken from the post-treatment scan enter the models. Where the mRECIST response was read from the same scan, predictor and "
            + "outcome share their source and discrimination is overstated. Such a model describes response at the time of that scan; it "
            + "does not forecast it before treatment.",
    };

    private static Limitation SampleSize(CohortSummary cohort, ModelResult combined)
    {
        int candidates = combined.Selection.Candidates;
        int smaller = Math.Min(cohort.All.Control, cohort.All.Progression);
        string perCandidate = candidates == 0 ? "" :
            $" That is {(double)smaller / candidates:0.0} patients of the smaller group per candidate predictor.";
        string text = $"The combined model was chosen from {candidates} candidate predictors with {cohort.All.Progression} progressions and "
            + $"{cohort.All.Control} disease controls.{perCandidate}";
        double auc = combined.Discrimination.Auc.Value, prevalence = (double)cohort.All.Progression / cohort.All.Patients;
        if (candidates > 0 && auc is > 0.5 and < 1)
        {
            Riley riley = Riley.FromAuc(candidates, prevalence, auc);
            text += $" By the criteria of Riley and colleagues at least {riley.Required} patients would be needed at the apparent AUC"
                + (riley.Required > cohort.All.Patients
                    ? $", {riley.Required - cohort.All.Patients} more than there are."
                    : "; the cohort is large enough by this measure.");
        }
        return new Limitation("Sample size", text);
    }
}
