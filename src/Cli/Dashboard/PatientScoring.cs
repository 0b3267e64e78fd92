using HccPipeline.Contracts.Models;
using HccPipeline.ModelWorker.Scoring;
using HccPipeline.Persistence.Cohort;
using HccPipeline.Reporting.Views;

namespace HccPipeline.Cli.Dashboard;

/// <summary>Asks the champion about a patient, as <c>hcc predict</c> does.</summary>
internal sealed class PatientScoring(ModelCatalog catalog, CohortReader cohort) : IPatientScoring
{
    public async Task<IReadOnlyList<PatientScore>> ScoreAsync(string pseudonym, CancellationToken ct)
    {
        if (await catalog.FindAsync(null, ct) is not { } model)
            return [];
        IReadOnlyDictionary<string, double> features = await cohort.ReadPatientAsync(model.Document.ProfileSha256, pseudonym, ct);
        return [.. model.Document.Models.Select(m => Score(m, model.Row.ModelVersion, features))];
    }

    private static PatientScore Score(SubmodelDocument model, int version, IReadOnlyDictionary<string, double> features)
    {
        try
        {
            Prediction prediction = ModelScorer.Score(model, features);
            return new(
                model.Name, version, prediction.Probability, prediction.RiskGroup, prediction.RiskThreshold, null,
                [.. prediction.Inputs.Select(i => new ScoreInput(i.Name, i.Value, i.Minimum, i.Maximum, i.Points))]);
        }
        catch (ScoringException e)
        {
            return new(model.Name, version, null, null, null, e.Message, []);
        }
    }
}
