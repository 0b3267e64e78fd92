using HccPipeline.Contracts.Models;
using HccPipeline.Persistence.Cohort;
using HccPipeline.Reporting.Checklists;
using HccPipeline.Statistics.Discrimination;

namespace HccPipeline.Reporting.Validation;

/// <summary>Makes the content of a validation report. Pure: the same subject gives the same report.</summary>
public static class ValidationReportBuilder
{
    /// <summary>Builds the report.</summary>
    /// <param name="subject">The model version and the snapshot it was trained on.</param>
    /// <param name="reportCodeVersion">Version of the program that writes the report.</param>
    /// <exception cref="InvalidDataException">The model and the snapshot do not belong together; the message says what differs.</exception>
    public static ValidationReport Build(ReportSubject subject, string reportCodeVersion)
    {
        ModelDocument document = subject.Model;
        CohortSnapshot snapshot = subject.Snapshot;
        double[] y = snapshot.Progression();
        Check(document, snapshot, y);
        ModelScores[] scores = [.. document.Models.Select(m => ModelScores.Of(m, snapshot))];
        IReadOnlyList<double>?[] leftOut = [.. document.Models.Select(m => subject.HeldOut?.Probabilities.GetValueOrDefault(m.Name))];
        ModelResult[] models = [.. document.Models.Select((m, k) => ModelResults.Of(m, scores[k], y, leftOut[k]))];
        SubmodelDocument combined = document.Models.SingleOrDefault(m => m.Name == "combined")
            ?? throw new InvalidDataException("The model document has no combined model.");
        int main = document.Models.ToList().IndexOf(combined);

        CohortSummary cohort = CohortSummaries.Of(document, snapshot);
        (SurvivalResult? survival, string survivalNote) = SurvivalResults.Of(snapshot.Patients, scores[main], combined.Metrics.RiskThreshold);
        StabilityResult stability = StabilityResults.Of(snapshot.Patients, scores[main], leftOut[main] is { } left ? ModelScores.OfProbabilities(left) : null, y);
        (OptimismResult? optimism, string optimismNote) = OptimismResults.Of(combined, snapshot, y, subject.Replicates, document.Seed, document.FoldIds);
        ReportLineage? lineage = ReportLineages.Of(subject.Manifest, subject.ManifestSha256);
        ExtractionSummary? extraction = ExtractionSummary.Read(subject.ProfileJson);
        Limitation[] limitations = [.. LimitationTexts.For(cohort, models, stability, lineage, subject.Override)];
        Provenance provenance = ProvenanceOf(subject, reportCodeVersion);
        ChecklistFacts facts = new(cohort, models, stability, survival, lineage, extraction, provenance, limitations);
        return new ValidationReport
        {
            Schema = ValidationReport.CurrentSchema,
            Provenance = provenance,
            Override = subject.Override,
            Cohort = cohort,
            Models = models,
            Comparisons = [.. Compare(document.Models, scores, y)],
            Published = PublishedStudy.Beside(cohort, models, survival, document.FoldIds.DefaultIfEmpty(0).Max()),
            Nomogram = NomogramResults.Of(combined, scores[main]),
            Survival = survival,
            SurvivalNote = survivalNote,
            Stability = stability,
            Optimism = optimism,
            OptimismNote = optimismNote,
            Limitations = limitations,
            Lineage = lineage,
            Extraction = extraction,
            Checklists = [TripodAi.Of(facts), Clear.Of(facts)],
        };
    }

    private static Provenance ProvenanceOf(ReportSubject subject, string reportCodeVersion) => new()
    {
        ModelVersion = subject.ModelVersion,
        ModelSha256 = subject.ModelSha256,
        SnapshotSha256 = subject.Model.SnapshotSha256,
        ProfileSha256 = subject.Model.ProfileSha256,
        Seed = subject.Model.Seed,
        Folds = subject.Model.FoldIds.DefaultIfEmpty(0).Max(),
        CodeVersion = subject.Model.CodeVersion,
        ReportCodeVersion = reportCodeVersion,
    };

    private static void Check(ModelDocument document, CohortSnapshot snapshot, double[] y)
    {
        int open = snapshot.Patients.Count(p => p.Response is null);
        if (open > 0) throw new InvalidDataException($"{open} patients of the snapshot have no response, so no model can have been trained on it.");
        int progression = y.Count(v => v == 1);
        if (document.PatientCount != y.Length || document.ProgressionCount != progression)
        {
            throw new InvalidDataException(
                $"The model was trained on {document.PatientCount} patients ({document.ProgressionCount} with progression); "
                + $"the snapshot has {y.Length} ({progression}).");
        }
    }

    private static IEnumerable<AucComparison> Compare(IReadOnlyList<SubmodelDocument> models, ModelScores[] scores, double[] y)
    {
        // The combined model, which the reader cares about, comes first.
        int[] order = [.. Enumerable.Range(0, models.Count).OrderByDescending(i => models[i].Name == "combined")];
        for (int a = 0; a < order.Length; a++)
        {
            for (int b = a + 1; b < order.Length; b++)
            {
                PairedAucTest test = DeLong.PairedTest(scores[order[a]].Probability, scores[order[b]].Probability, y);
                yield return new AucComparison(
                    models[order[a]].Name, models[order[b]].Name, new Estimate(test.Difference, test.Lower, test.Upper), test.Z, test.P);
            }
        }
    }
}
