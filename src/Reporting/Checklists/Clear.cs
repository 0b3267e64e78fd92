using static HccPipeline.Reporting.Checklists.ChecklistItem;

namespace HccPipeline.Reporting.Checklists;

/// <summary>CLEAR: evaluation of radiomics research (Kocak and colleagues, Insights into Imaging 2023;14:75).</summary>
internal static class Clear
{
    public static Checklist Of(ChecklistFacts f) => new()
    {
        Name = "CLEAR",
        Source = "Kocak B, Baessler B, Bakas S, et al. Insights Imaging 2023;14:75.",
        Items = [.. Front(), .. Design(f), .. Data(f), .. Extraction(f), .. Preparation(f), .. Modelling(f), .. Results(f), .. Discussion(f)],
    };

    private static IEnumerable<ChecklistItem> Front()
    {
        yield return Open("1", "Title", "Title that names the radiomic method", "the title: hand-crafted features of multiparametric MRI before and after treatment, LASSO–logistic model, centres");
        yield return Open("2", "Abstract", "Structured summary", "the abstract; the Summary section has its numbers");
        yield return Open("3", "Keywords", "Keywords for radiomics", "keywords");
        yield return Open("4", "Introduction", "Scientific or clinical background", "background");
        yield return Open("5", "Introduction", "Why radiomics", "rationale");
        yield return Half("6", "Introduction", "Aims", "To predict progression against disease control by mRECIST from MRI and clinical values.", "aims in words of the study");
    }

    private static IEnumerable<ChecklistItem> Design(ChecklistFacts f)
    {
        yield return Is("7", "Study design", "Guidelines followed", "This list and TRIPOD+AI, filled in by the system as far as it knows.");
        yield return Half("8", "Study design", "Ethics and data protection", "Data are pseudonymised at arrival and dates are moved; patients who withdraw are erased.", "approval and consent");
        yield return Is("9", "Study design", "Sample size", f.SampleSize);
        yield return Half("10", "Study design", "Nature of the study", $"Registry of {f.Centres}.", "retrospective or prospective, registration");
        yield return f.Rules is { } rules
            ? Is("11", "Study design", "Eligibility", Names.Capital(rules) + ".")
            : Open("11", "Study design", "Eligibility", "criteria: this snapshot was taken before its rules were kept");
        yield return Half("12", "Study design", "Flowchart of the technical pipeline",
            "DICOM → de-identification → classification → region features by profile → cohort snapshot → LASSO → logistic models → validation.", "the drawing");
    }

    private static IEnumerable<ChecklistItem> Data(ChecklistFacts f)
    {
        yield return Half("13", "Data", "Source", $"Private, {f.Centres}, {f.Period}.", "access for others");
        yield return Open("14", "Data", "Overlap with earlier publications", "overlap, or that there is none");
        yield return Is("15", "Data", "Split", $"Stratified {f.Provenance.Folds}-fold cross-validation by patient, seed {f.Provenance.Seed}; no hold-out set.");
        yield return Half("16", "Data", "Imaging protocol", "Manufacturer, model, field strength and b-values of every series are in the registry.", "protocol of each centre");
        yield return Is("17", "Data", "Other predictors", $"{f.Models.First(m => m.Name == "clinical").Selection.Candidates} clinical candidates, listed in the Cohort section; clinical values before treatment.");
        yield return Half("18", "Data", "Reference standard",
            f.Lineage?.Rules is { } r ? $"mRECIST on day {r.ResponseDay} ± {r.ResponseToleranceDays}; progressive disease is the event." : "mRECIST; progressive disease is the event.", "readers, criteria of reading");
        yield return Half("19", "Segmentation", "How regions were drawn", $"Regions come as DICOM SEG or RTSTRUCT; reference tissue {f.Extraction?.T2Reference ?? "as the profile says"}.", "by hand or not, rules of drawing");
        yield return Open("20", "Segmentation", "Who drew them", "number, training and experience of readers, and what they knew");
    }

    private static IEnumerable<ChecklistItem> Extraction(ChecklistFacts f)
    {
        if (f.Extraction is not { } e)
        {
            string[] topics = ["Preparation of images", "Resampling", "Discretisation", "Image types", "Software and settings", "Feature classes"];
            for (int i = 0; i < topics.Length; i++)
                yield return Half($"{21 + i}", i < 4 ? "Pre-processing" : "Feature extraction", topics[i], $"Extraction profile SHA-256 {f.Provenance.ProfileSha256}.", "its settings: the registry no longer holds the profile");
        }
        else
        {
            yield return Is("21", "Pre-processing", "Preparation of images", $"Normalisation: {f.Images(i => i.Normalisation)}. T2 as ratio to {e.T2Reference}; ADC: {e.Adc}.");
            yield return Is("22", "Pre-processing", "Resampling", f.Images(i => i.Resampling) + ".");
            yield return Is("23", "Pre-processing", "Discretisation", f.Images(i => i.Discretisation) + ".");
            yield return Is("24", "Pre-processing", "Image types", f.Images(i => string.Join(", ", i.ImageTypes)) + ".");
            yield return Is("25", "Feature extraction", "Software and settings", $"HccPipeline, convention {e.Convention}, profile {e.Name}, SHA-256 {f.Provenance.ProfileSha256}; checked against the IBSI reference values.");
            yield return Is("26", "Feature extraction", "Feature classes", f.Images(i => string.Join(", ", i.Classes)) + $"; named indicators T2 SIR and ADC mean{(e.LatePhase is null ? "" : $", and enhancement with {e.LatePhase} as late phase")}.");
        }
        yield return Is("27", "Feature extraction", "Number of features", $"{Names.Capital(f.Candidates)}.");
        yield return Is("28", "Feature extraction", "Everything else at its default", "The profile states every choice; its hash is part of every value's key.");
    }

    private static IEnumerable<ChecklistItem> Preparation(ChecklistFacts f)
    {
        yield return Is("29", "Data preparation", "Missing data", $"{Names.Capital(f.Missing)}; {f.Excluded}.");
        yield return Is("30", "Data preparation", "Class imbalance", $"{f.Counts}; no resampling and no weights, folds stratified.");
        yield return Open("31", "Data preparation", "Reliability of segmentation", "agreement of two readers' features (intraclass correlation), or that it was not measured");
        yield return Is("32", "Data preparation", "Scaling", "Standardised to mean 0 and standard deviation 1 inside the LASSO, within each fold; reported coefficients are per unit.");
        yield return Is("33", "Data preparation", "Reduction of dimension", $"LASSO: {f.Combined.Selection.Selected.Count} of {f.Combined.Selection.Candidates} candidates kept in the combined model.");
    }

    private static IEnumerable<ChecklistItem> Modelling(ChecklistFacts f)
    {
        yield return Is("34", "Modelling", "Algorithm", $"LASSO-penalised, then unpenalised logistic regression ({f.Combined.FitMethod}).");
        yield return Is("35", "Modelling", "Training and tuning", $"λ on a path of {f.Combined.Selection.Lambda.Count} by {f.Provenance.Folds}-fold cross-validated deviance; {Names.Rule(f.Combined.Selection.Rule)} used in the combined model.");
        yield return Half("36", "Modelling", "Confounders", "Clinical candidates compete with imaging in the combined model; results by centre and year are shown.", "confounders outside the registry");
        yield return Is("37", "Modelling", "Choice of the final model", "The combined model, fixed beforehand; imaging and clinical models are its comparisons.");
        yield return Is("38", "Evaluation", "Testing", "Internal: cross-validation of the whole process. No external test.");
        yield return Is("39", "Evaluation", "Measures and why", "Discrimination (AUC), calibration, overall accuracy (Brier) and clinical use (net benefit); thresholds only for the risk groups.");
        yield return Is("40", "Evaluation", "Uncertainty", "95% intervals: DeLong for AUCs, Wilson for proportions, Wald for odds ratios, log scale for survival.");
        yield return Is("41", "Evaluation", "Statistical comparison", "Paired DeLong tests, not adjusted for their number.");
        yield return Is("42", "Evaluation", "Comparison with non-radiomic and combined models", "Imaging, clinical and combined model on the same patients.");
        yield return Is("43", "Evaluation", "Interpretation of the model", "Odds ratios per unit and per standard deviation, coefficient paths, nomogram.");
    }

    private static IEnumerable<ChecklistItem> Results(ChecklistFacts f)
    {
        yield return Is("44", "Results", "Baseline characteristics", "Cohort section, by response.");
        yield return f.Flow is { } flow
            ? Half("45", "Results", "Flowchart of eligibility", flow + ".", "the drawing")
            : Open("45", "Results", "Flowchart of eligibility", "numbers and drawing: this snapshot has no manifest");
        yield return Is("46", "Results", "Statistics of features", "Cohort section for candidates, Selection section for the paths, Predictors section for the models.");
        yield return Is("47", "Results", "Performance", $"Combined model: {f.Auc}.");
        yield return Is("48", "Results", "Comparison with other approaches", string.Join("; ", f.Models.Select(m => $"{m.Name} AUC {Format.Auc(m.Discrimination.Auc)}")) + ".");
    }

    private static IEnumerable<ChecklistItem> Discussion(ChecklistFacts f)
    {
        yield return Open("49", "Discussion", "Main findings", "findings in context");
        yield return Half("50", "Discussion", "Earlier work", "The published study stands beside this version in its section.", "other studies");
        yield return Open("51", "Discussion", "Practical meaning", "what would change in practice");
        yield return Half("52", "Discussion", "Strengths and limitations", $"{f.Limitations.Count} limitations in their section.", "strengths, and limitations of the study's design");
        yield return Open("53", "Data availability", "Images and segmentations", "whether and where they are shared");
        yield return Half("54", "Data availability", "Feature values", $"In the snapshot (SHA-256 {f.Provenance.SnapshotSha256}), a Parquet table.", "whether and where it is shared");
        yield return Is("55", "Code availability", "Settings of pre-processing", $"The extraction profile (SHA-256 {f.Provenance.ProfileSha256}) and HccPipeline, Apache-2.0.");
        yield return Is("56", "Code availability", "Code of the modelling", $"HccPipeline, Apache-2.0, version {f.Provenance.CodeVersion}.");
        yield return Is("57", "Model availability", "Model files", $"The model document, SHA-256 {f.Provenance.ModelSha256}; coefficients in the Predictors section.");
        yield return Is("58", "Model availability", "System ready to use", "hcc predict scores a patient; the nomogram works on paper.");
    }
}
