using System.Data.Common;
using Dapper;
using HccPipeline.Persistence.Registry;

namespace HccPipeline.Persistence.Models;

/// <summary>Scores as they were first given. A score is never edited; a refusal stands until the inputs allow a score.</summary>
public sealed class PredictionRepository(DbDataSource database, TimeProvider clock)
{
    private const string Upsert = """
        INSERT INTO prediction (pseudonym, model_version, submodel, probability, risk_group, refusal, inputs, inputs_sha256, outcome_known, scored_ms)
        VALUES (@Pseudonym, @ModelVersion, @Submodel, @Probability, @RiskGroup, @Refusal, @Inputs, @InputsSha256,
            CASE WHEN EXISTS (SELECT 1 FROM clinical_record WHERE pseudonym = @Pseudonym AND response IS NOT NULL) THEN 1 ELSE 0 END, @NowMs)
        ON CONFLICT (pseudonym, model_version, submodel) DO UPDATE SET
            probability = excluded.probability, risk_group = excluded.risk_group, refusal = excluded.refusal, inputs = excluded.inputs,
            inputs_sha256 = excluded.inputs_sha256, outcome_known = excluded.outcome_known, scored_ms = excluded.scored_ms
        WHERE prediction.probability IS NULL
        """;

    private const string Select = """
        SELECT pseudonym, model_version, submodel, probability, risk_group, refusal, inputs, inputs_sha256, outcome_known, scored_ms FROM prediction
        """;

    // Patients that the version was not asked about, or refused before something of theirs changed. Of those whose outcome is known, the ones of whom
    // something came after the version was stored: the others may be those that it learned from.
    private const string SelectWaiting = """
        SELECT p.pseudonym FROM patient p JOIN model_version m ON m.model_version = @ModelVersion
        WHERE NOT EXISTS (SELECT 1 FROM withdrawal w WHERE w.pseudonym = p.pseudonym)
          AND (NOT EXISTS (SELECT 1 FROM clinical_record c WHERE c.pseudonym = p.pseudonym AND c.response IS NOT NULL)
            OR EXISTS (SELECT 1 FROM clinical_record c WHERE c.pseudonym = p.pseudonym AND c.recorded_ms > m.created_ms)
            OR EXISTS (SELECT 1 FROM study s JOIN extraction_run r ON r.study_uid = s.study_uid
                       WHERE s.pseudonym = p.pseudonym AND r.completed_ms > m.created_ms))
          AND (
            (NOT EXISTS (SELECT 1 FROM prediction d WHERE d.pseudonym = p.pseudonym AND d.model_version = @ModelVersion)
              AND (EXISTS (SELECT 1 FROM clinical_record c WHERE c.pseudonym = p.pseudonym)
                OR EXISTS (SELECT 1 FROM study s JOIN extraction_run r ON r.study_uid = s.study_uid
                           WHERE s.pseudonym = p.pseudonym AND r.completed_ms IS NOT NULL)))
            OR EXISTS (
              SELECT 1 FROM prediction d
              WHERE d.pseudonym = p.pseudonym AND d.model_version = @ModelVersion AND d.probability IS NULL
                AND (EXISTS (SELECT 1 FROM clinical_record c WHERE c.pseudonym = p.pseudonym AND c.recorded_ms >= d.scored_ms)
                  OR EXISTS (SELECT 1 FROM study s WHERE s.pseudonym = p.pseudonym AND s.updated_ms >= d.scored_ms)
                  OR EXISTS (SELECT 1 FROM study s JOIN extraction_run r ON r.study_uid = s.study_uid
                             WHERE s.pseudonym = p.pseudonym AND r.completed_ms >= d.scored_ms))))
        ORDER BY p.pseudonym
        """;

    /// <summary>Stores what a version says of a patient, where it has not given a score yet. A patient who withdrew has none.</summary>
    /// <param name="predictions">Of one patient; <see cref="PredictionRow.OutcomeKnown"/> and <see cref="PredictionRow.ScoredMs"/> are found here.</param>
    /// <param name="ct">Cancels.</param>
    public async Task StoreAsync(IReadOnlyList<PredictionRow> predictions, CancellationToken ct)
    {
        if (predictions.Count == 0)
            return;
        long nowMs = clock.GetUtcNow().ToUnixTimeMilliseconds();
        await using DbConnection db = await database.OpenConnectionAsync(ct);
        await using DbTransaction transaction = await db.BeginTransactionAsync(ct);
        Unit unit = new(db, transaction, ct);
        if (await unit.LockPatientAsync(predictions[0].Pseudonym) == 0 || await unit.HasWithdrawnAsync(predictions[0].Pseudonym))
            return;
        foreach (PredictionRow p in predictions)
        {
            await unit.ExecuteAsync(Upsert, new
            {
                p.Pseudonym, p.ModelVersion, p.Submodel, p.Probability, p.RiskGroup, p.Refusal, p.Inputs, p.InputsSha256, NowMs = nowMs,
            });
        }
        await transaction.CommitAsync(ct);
    }

    /// <returns>Everything that was ever said of a patient: latest version first, submodels by name.</returns>
    public Task<IReadOnlyList<PredictionRow>> ListOfPatientAsync(string pseudonym, CancellationToken ct) =>
        ListAsync(" WHERE pseudonym = @Pseudonym ORDER BY model_version DESC, submodel", new { Pseudonym = pseudonym }, ct);

    /// <returns>What a version said of a patient, submodels by name; empty when it was not asked.</returns>
    public Task<IReadOnlyList<PredictionRow>> ListOfPatientAsync(string pseudonym, int modelVersion, CancellationToken ct) =>
        ListAsync(" WHERE pseudonym = @Pseudonym AND model_version = @ModelVersion ORDER BY submodel", new { Pseudonym = pseudonym, ModelVersion = modelVersion }, ct);

    /// <returns>What a submodel of a version said of everybody, by pseudonym.</returns>
    public Task<IReadOnlyList<PredictionRow>> ListOfVersionAsync(int modelVersion, string submodel, CancellationToken ct) =>
        ListAsync(" WHERE model_version = @ModelVersion AND submodel = @Submodel ORDER BY pseudonym", new { ModelVersion = modelVersion, Submodel = submodel }, ct);

    /// <returns>Patients whom a version is to be asked about, as it never was or refused before something of theirs changed: those without an outcome, and
    /// those of whom something came since the version was stored.</returns>
    public async Task<IReadOnlyList<string>> ListWaitingAsync(int modelVersion, CancellationToken ct)
    {
        await using DbConnection db = await database.OpenConnectionAsync(ct);
        return [.. await db.QueryAsync<string>(new CommandDefinition(SelectWaiting, new { ModelVersion = modelVersion }, cancellationToken: ct))];
    }

    private async Task<IReadOnlyList<PredictionRow>> ListAsync(string where, object args, CancellationToken ct)
    {
        await using DbConnection db = await database.OpenConnectionAsync(ct);
        return [.. (await db.QueryAsync<Stored>(new CommandDefinition(Select + where, args, cancellationToken: ct))).Select(s => s.ToRow())];
    }

    private sealed record Stored
    {
        public required string Pseudonym { get; init; }
        public required long ModelVersion { get; init; }
        public required string Submodel { get; init; }
        public double? Probability { get; init; }
        public string? RiskGroup { get; init; }
        public string? Refusal { get; init; }
        public required string Inputs { get; init; }
        public required string InputsSha256 { get; init; }
        public required long OutcomeKnown { get; init; }
        public required long ScoredMs { get; init; }

        public PredictionRow ToRow() => new()
        {
            Pseudonym = Pseudonym, ModelVersion = (int)ModelVersion, Submodel = Submodel, Probability = Probability, RiskGroup = RiskGroup,
            Refusal = Refusal, Inputs = Inputs, InputsSha256 = InputsSha256, OutcomeKnown = OutcomeKnown != 0, ScoredMs = ScoredMs,
        };
    }
}
