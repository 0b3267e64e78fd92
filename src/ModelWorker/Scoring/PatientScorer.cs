using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using HccPipeline.Contracts.Models;
using HccPipeline.Persistence.Cohort;
using HccPipeline.Persistence.Models;

namespace HccPipeline.ModelWorker.Scoring;

/// <summary>Asks the champion about patients and freezes what it says, so that later validation is prospective.</summary>
public sealed class PatientScorer(ModelCatalog catalog, CohortReader cohort, PredictionRepository predictions)
{
    /// <summary>Asks the champion about a patient. A score that it gave before stands.</summary>
    /// <param name="pseudonym">The patient.</param>
    /// <param name="profileSha256">Ask only if the champion reads features of this profile; null to ask in any case.</param>
    /// <param name="ct">Cancels.</param>
    public async Task ScoreAsync(string pseudonym, string? profileSha256, CancellationToken ct)
    {
        if (await catalog.FindAsync(null, ct) is not var (row, document) || (profileSha256 is not null && profileSha256 != document.ProfileSha256))
            return;
        await ScoreAsync(pseudonym, row, document, ct);
    }

    /// <summary>Asks the champion about every patient that it was not asked about, or refused before something of theirs changed: those without an outcome,
    /// and those who came since it was stored, even with an outcome. That is kept with the score: it foretold nothing.</summary>
    /// <returns>How many it was asked about; null when there is no champion.</returns>
    public async Task<int?> ScoreWaitingAsync(CancellationToken ct)
    {
        if (await catalog.FindAsync(null, ct) is not var (row, document))
            return null;
        IReadOnlyList<string> waiting = await predictions.ListWaitingAsync(row.ModelVersion, ct);
        foreach (string pseudonym in waiting)
            await ScoreAsync(pseudonym, row, document, ct);
        return waiting.Count;
    }

    private async Task ScoreAsync(string pseudonym, ModelVersionRow row, ModelDocument document, CancellationToken ct)
    {
        using Activity? span = ModelTelemetry.Source.StartActivity("model.score");
        span?.SetTag("hcc.model_version", row.ModelVersion);
        IReadOnlyDictionary<string, double> features = await cohort.ReadPatientAsync(document.ProfileSha256, pseudonym, ct);
        PredictionRow[] said = [.. document.Models.Select(model => Ask(model, features, pseudonym, row.ModelVersion))];
        await predictions.StoreAsync(said, ct);
        span?.SetTag("hcc.scored", said.Count(p => p.Refusal is null));
        foreach (PredictionRow p in said)
            ModelTelemetry.Predictions.Add(1, new("model", p.Submodel), new("outcome", p.Refusal is null ? "scored" : "refused"));
    }

    private static PredictionRow Ask(SubmodelDocument model, IReadOnlyDictionary<string, double> features, string pseudonym, int modelVersion)
    {
        string inputs = InputsOf(model, features);
        PredictionRow row = new()
        {
            Pseudonym = pseudonym,
            ModelVersion = modelVersion,
            Submodel = model.Name,
            Inputs = inputs,
            InputsSha256 = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(inputs))),
        };
        try
        {
            Prediction prediction = ModelScorer.Score(model, features);
            return row with { Probability = prediction.Probability, RiskGroup = prediction.RiskGroup };
        }
        catch (ScoringException e)
        {
            return row with { Refusal = e.Message };
        }
    }

    private static string InputsOf(SubmodelDocument model, IReadOnlyDictionary<string, double> features)
    {
        using MemoryStream bytes = new();
        using (Utf8JsonWriter json = new(bytes))
        {
            json.WriteStartArray();
            foreach (PredictorDocument predictor in model.Logistic.Predictors)
            {
                json.WriteStartObject();
                json.WriteString("name", predictor.Name);
                if (features.TryGetValue(predictor.Name, out double value) && double.IsFinite(value))
                    json.WriteNumber("value", value);
                else
                    json.WriteNull("value");
                json.WriteEndObject();
            }
            json.WriteEndArray();
        }
        return Encoding.UTF8.GetString(bytes.ToArray());
    }
}
