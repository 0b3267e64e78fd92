using static HccPipeline.Reporting.Checklists.ChecklistItem;

namespace HccPipeline.Reporting.Checklists;

/// <summary>TRIPOD+AI: reporting of clinical prediction models that use regression or machine learning (Collins and colleagues, BMJ 2024;385:e078378).</summary>
internal static class TripodAi
{
    public static Checklist Of(ChecklistFacts f) => new()
    {
        Name = "TRIPOD+AI",
        Source = "Collins GS, Moons KGM, Dhiman P, et al. BMJ 2024;385:e078378.",
        Items = [.. Front(f), .. Participants(f), .. Measurements(f), .. Analysis(f), .. Openness(f), .. Results(f), .. Discussion(f)],
    };

    private static IEnumerable<ChecklistItem> Front(ChecklistFacts f)
    {
        yield return Half("1", "Title", "Says that a prediction model is developed or evaluated, for whom and for which outcome",
            "Development and internal validation of a model of progression against disease control (mRECIST) in advanced hepatocellular carcinoma under immune-targeted therapy.", "the title");
        yield return Open("2", "Abstract", "Structured abstract by the checklist for abstracts", "the abstract; the Summary section has its numbers");
        yield return Open("3a", "Introduction", "Clinical context, why the model is needed, earlier models", "context and earlier models");
        yield return Half("3b", "Introduction", "Target population and purpose along the pathway of care, intended users",
            "Patients with advanced hepatocellular carcinoma who start immune-targeted therapy and are scanned before and about eight weeks after.", "purpose and users");
        yield return Open("3c", "Introduction", "Known inequalities between groups of patients", "inequalities");
        yield return Is("4", "Introduction", "Aim: development, evaluation or both", "Development of an imaging, a clinical and a combined model with internal validation by cross-validation; no external validation.");
    }

    private static IEnumerable<ChecklistItem> Participants(ChecklistFacts f)
    {
        yield return Half("5a", "Methods", "Sources of data, why they were chosen, how far they represent the population",
            $"Registry of {f.Centres}: DICOM studies of routine care, clinical records and outcomes, pseudonymised; one snapshot of it.", "why these centres, and whom they represent");
        yield return Half("5b", "Methods", "Dates of recruitment and of the end of follow-up", $"{Sentence(f.Period)}; {f.FollowUp}.", "date of the end of follow-up");
        yield return Half("6a", "Methods", "Setting, number and place of the centres", $"{f.Centres}.", "level of care and country");
        yield return f.Rules is { } rules
            ? Is("6b", "Methods", "Eligibility", Sentence(rules) + ".")
            : Open("6b", "Methods", "Eligibility", "criteria: this snapshot was taken before its rules were kept");
        yield return Half("6c", "Methods", "Treatments and how they were dealt with", "Immune-targeted therapy; not a predictor.", "regimens and doses");
        yield return Is("7", "Methods", "Preparation and quality checks of the data",
            $"Files are de-identified, classified and checked at arrival, what cannot be used is quarantined with a reason; features by one extraction profile (SHA-256 {Short(f.Provenance.ProfileSha256)}); {f.Excluded}.");
    }

    private static IEnumerable<ChecklistItem> Measurements(ChecklistFacts f)
    {
        yield return Half("8a", "Methods", "Outcome, its time and how it was assessed",
            f.Lineage?.Rules is { } r ? $"Progressive disease against complete or partial response or stable disease by mRECIST, on day {r.ResponseDay} ± {r.ResponseToleranceDays}." : "Progressive disease against complete or partial response or stable disease by mRECIST.",
            "why this outcome, and whether it was assessed alike in all groups");
        yield return Open("8b", "Methods", "Who judged the outcome, where it takes judgement", "readers and their experience");
        yield return f.Incorporation is { } bias
            ? Half("8c", "Methods", "Blinding of the outcome assessment", $"Incorporation was checked: {bias}.", "whether readers of the outcome knew the predictors")
            : Open("8c", "Methods", "Blinding of the outcome assessment", "whether readers of the outcome knew the predictors");
        yield return Half("9a", "Methods", "How the first set of predictors was chosen", $"{Sentence(f.Candidates)}; all are listed in the Cohort section.", "why these");
        yield return Is("9b", "Methods", "Definition, time and way of measurement of the predictors",
            "Names carry the visit (pre, post, delta), the sequence and the feature; definitions stand in the feature catalogue, settings in the extraction profile. Clinical values before treatment.");
        yield return Open("9c", "Methods", "Who measured predictors that take judgement", "who drew the regions, with what experience");
        yield return Is("10", "Methods", "Sample size and whether it is sufficient", f.SampleSize);
        yield return Is("11", "Methods", "Missing data", $"{Sentence(f.Missing)}; {f.Excluded}.");
    }

    private static IEnumerable<ChecklistItem> Analysis(ChecklistFacts f)
    {
        yield return Is("12a", "Methods", "Use and partition of the data", $"All patients for development; stratified {f.Provenance.Folds}-fold cross-validation with seed {f.Provenance.Seed} for validation.");
        yield return Is("12b", "Methods", "How predictors enter the analysis", "Continuous and linear on the log-odds scale, standardised for the LASSO alone; yes/no values as 0 and 1.");
        yield return Is("12c", "Methods", "Type of model, all steps, tuning and internal validation",
            $"LASSO-penalised logistic regression; λ by cross-validated deviance, one standard error rule ({Names.Rule(f.Combined.Selection.Rule)} used in the combined model); unpenalised logistic regression on the selection ({f.Combined.FitMethod}); the whole process repeated in each fold.");
        yield return Half("12d", "Methods", "How differences between groups or centres were examined", $"{f.Heterogeneity}. Centre is no predictor.", "whether a term per centre was considered");
        yield return Is("12e", "Methods", "Measures of performance and comparison of models",
            "AUC with DeLong interval, paired DeLong tests, calibration intercept, slope and curve, Hosmer–Lemeshow test, Brier score, net benefit, operating point with Wilson intervals.");
        yield return Not("12f", "Methods", "Updating after evaluation", "This version was trained anew; nothing was recalibrated.");
        yield return Is("12g", "Methods", "How predictions were computed", "From the coefficients in the Predictors section; the nomogram gives the same probabilities.");
        yield return Is("13", "Methods", "Class imbalance", $"{Format.Percent((double)f.Cohort.All.Progression / f.Cohort.All.Patients)} progressions; no resampling and no weights, so that probabilities need no correction.");
        yield return Half("14", "Methods", "Fairness", "AUC by centre and by year of treatment start.", "performance in groups of sex, age, origin and aetiology, where they matter");
        yield return Is("15", "Methods", "Output and how thresholds were chosen",
            $"Probability of progression; high risk from {Format.Auc(f.Combined.Discrimination.OperatingPoint.Threshold)} on, where sensitivity + specificity is largest in these patients.");
        yield return Is("16", "Methods", "Differences between development and evaluation", "None by design: the same patients, each judged by models trained without them in the cross-validation.");
        yield return Open("17", "Methods", "Ethical approval and consent", "committee, number, consent");
    }

    private static IEnumerable<ChecklistItem> Openness(ChecklistFacts f)
    {
        yield return Open("18a", "Open science", "Funding", "sources and role of funders");
        yield return Open("18b", "Open science", "Conflicts of interest", "all authors' conflicts");
        yield return Open("18c", "Open science", "Protocol", "where it can be read, or that there is none");
        yield return Open("18d", "Open science", "Registration", "register and number, or that there is none");
        yield return Half("18e", "Open science", "Availability of data", $"The snapshot is one file, SHA-256 {Short(f.Provenance.SnapshotSha256)}; it holds pseudonyms and must not be published as it is.", "whether and how data are shared");
        yield return Is("18f", "Open science", "Availability of code", $"HccPipeline, Apache-2.0; trained by version {f.Provenance.CodeVersion}, reported by {f.Provenance.ReportCodeVersion}.");
        yield return Open("19", "Patient involvement", "Part of patients and the public in the study", "their part, or that there was none");
    }

    private static IEnumerable<ChecklistItem> Results(ChecklistFacts f)
    {
        yield return f.Flow is { } flow
            ? Is("20a", "Results", "Flow of participants, outcomes and follow-up", $"{flow}. {f.Counts}; {f.FollowUp}.")
            : Half("20a", "Results", "Flow of participants, outcomes and follow-up", $"{f.Counts}; {f.FollowUp}.", "who was left out: this snapshot has no manifest");
        yield return Is("20b", "Results", "Characteristics, overall and by source", "Cohort section: candidates by response with missing values, patients by centre and year.");
        yield return Not("20c", "Results", "Development against evaluation data", "There is no separate evaluation set.");
        yield return Is("21", "Results", "Participants and events in each analysis", $"{f.Counts}; survival: {(f.Survival is { } s ? $"{s.Groups.Sum(g => g.Patients)} patients, {s.Groups.Sum(g => g.Events)} events" : "not analysed")}.");
        yield return Is("22", "Results", "The full model", $"Intercepts, coefficients and ranges of all three models in the Predictors section ({f.Predictors} in the combined model), the nomogram, and the JSON document in full precision.");
        yield return Is("23a", "Results", "Performance with confidence intervals, in groups too", $"Combined model: {f.Auc}; calibration, net benefit and parts of the cohort in their sections.");
        yield return Is("23b", "Results", "Differences of performance between centres", f.Heterogeneity + ".");
        yield return Not("24", "Results", "Results of updating", "Nothing was updated.");
    }

    private static IEnumerable<ChecklistItem> Discussion(ChecklistFacts f)
    {
        yield return Open("25", "Discussion", "Interpretation in the light of aims, earlier work and fairness", "interpretation; the section Beside the published study may help");
        yield return Half("26", "Discussion", "Limitations", $"The Limitations section names {f.Limitations.Count} that the system can see.", "those of design, sampling and generalisability");
        yield return Is("27a", "Discussion", "Poor or missing input at use", "No prediction is given when an input is missing or outside the range seen in training; the refusal names it.");
        yield return Half("27b", "Discussion", "What users must do and know", "A lesion and a reference region drawn on the scans; the rest is automatic.", "expertise that use takes");
        yield return Open("27c", "Discussion", "Next steps and generalisability", "plans; external validation is missing");
    }

    private static string Short(string sha256) => sha256.Length > 12 ? sha256[..12] : sha256;

    private static string Sentence(string text) => Names.Capital(text);
}
