namespace HccPipeline.Reporting.Validation;

/// <summary>The study whose design the pipeline follows, with the results of its abstract, beside a version's own.</summary>
internal static class PublishedStudy
{
    public static ReferenceStudy Beside(CohortSummary cohort, IReadOnlyList<ModelResult> models, SurvivalResult? survival, int folds) => new()
    {
        Citation = "Han S, Meng F, Wang L, et al. Integration of multiparametric MRI and clinical indicators to predict response to "
            + "immune-targeted therapy in patients with advanced hepatocellular carcinoma. Front Oncol 2026.",
        Doi = "10.3389/fonc.2026.1689963",
        Rows =
        [
            Auc(models, "imaging", 0.751, 0.639, 0.863),
            Auc(models, "clinical", 0.614, 0.482, 0.744),
            Auc(models, "combined", 0.811, 0.713, 0.910),
            new("Patients", "count", 78, null, null, cohort.All.Patients, null, null),
            new("Disease control", "count", 32, null, null, cohort.All.Control, null, null),
            new("Progression", "count", 46, null, null, cohort.All.Progression, null, null),
            P(models, "post_T2_SIR", 0.003),
            P(models, "post_ADC_Mean", 0.004),
            P(models, "NLR", 0.013),
            Median(survival, "low", 7.0),
            Median(survival, "high", 5.0),
        ],
        Parts = [.. PublishedParts.Beside(models, survival, folds)],
    };

    private static ReferenceRow Auc(IReadOnlyList<ModelResult> models, string name, double published, double lower, double upper)
    {
        Estimate? ours = models.FirstOrDefault(m => m.Name == name)?.Discrimination.Auc;
        return new ReferenceRow($"AUC, {name} model", "auc", published, lower, upper, ours?.Value, ours?.Lower, ours?.Upper);
    }

    private static ReferenceRow P(IReadOnlyList<ModelResult> models, string predictor, double published)
    {
        PredictorRow? ours = models.FirstOrDefault(m => m.Name == "combined")?.Predictors.FirstOrDefault(p => p.Name == predictor);
        return new ReferenceRow($"p-value of {predictor}, combined model", "p", published, null, null, ours?.PValue, null, null);
    }

    private static ReferenceRow Median(SurvivalResult? survival, string risk, double published)
    {
        SurvivalGroup? ours = survival?.Groups.FirstOrDefault(g => g.Name == risk);
        return new ReferenceRow(
            $"Median progression-free survival, {risk} risk (months)", "months", published, null, null, ours?.Median, ours?.MedianLower, ours?.MedianUpper);
    }
}
