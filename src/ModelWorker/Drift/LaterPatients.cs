using HccPipeline.Contracts.Models;
using HccPipeline.ModelWorker.Scoring;
using HccPipeline.Persistence.Cohort;
using HccPipeline.Persistence.Models;

namespace HccPipeline.ModelWorker.Drift;

/// <summary>The patients of a registry as they are now: those that a version did not learn from, with what it says of them.</summary>
/// <param name="Cohort">Table and standing of everyone with features.</param>
/// <param name="Scanners">Scanner of the last study by pseudonym.</param>
internal sealed record LaterPatients(CohortReading Cohort, IReadOnlyDictionary<string, string> Scanners)
{
    /// <summary>Patients to assess a version on, in the order of its charts: windows, then the time of the frozen score.</summary>
    /// <param name="version">The version.</param>
    /// <param name="frozen">What it said of patients when they came.</param>
    /// <param name="features">Features to compare.</param>
    public IReadOnlyList<(string Pseudonym, DriftPatient Patient)> Of(LearnedVersion version, IReadOnlyDictionary<string, PredictionRow> frozen, IReadOnlyList<string> features)
    {
        CohortSnapshot table = Cohort.Table;
        Dictionary<string, PatientReadiness> standing = Cohort.Patients.ToDictionary(p => p.Pseudonym, StringComparer.Ordinal);
        List<(string Window, long ScoredMs, string Pseudonym, DriftPatient Patient)> rows = [];
        for (int row = 0; row < table.Patients.Count; row++)
        {
            CohortPatient patient = table.Patients[row];
            PatientReadiness now = standing[patient.Pseudonym];
            PredictionRow? first = frozen.GetValueOrDefault(patient.Pseudonym);
            bool isFrozen = first?.Probability is not null;
            // A patient of an earlier quarter whom the version did not learn from waited for something: only a score given then speaks for it.
            if (version.Learned.Contains(patient.Pseudonym) || (!isFrozen && (now.Pre is null || now.Post is null))
                || (!(isFrozen && !first!.OutcomeKnown) && string.CompareOrdinal(patient.EntryQuarter, version.LastQuarter) < 0))
                continue;
            (double? score, bool isRefused) = isFrozen ? (first!.Probability, false)
                : first is not null ? (null, true)
                : Score(version.Submodel, table, row);
            rows.Add((patient.EntryQuarter, isFrozen ? first!.ScoredMs : long.MaxValue, patient.Pseudonym, new()
            {
                Center = patient.CenterCode,
                Window = patient.EntryQuarter,
                Progression = now.Label.IsUsable && now.Response is not null ? patient.Progression : null,
                Score = score,
                IsRefused = isRefused,
                Origin = !isFrozen ? ScoreOrigin.Retrospective : first!.OutcomeKnown ? ScoreOrigin.AfterOutcome : ScoreOrigin.Prospective,
                Features = Features(table, row, features),
                Scanner = Scanners.GetValueOrDefault(patient.Pseudonym),
            }));
        }
        return [.. rows.OrderBy(r => r.Window, StringComparer.Ordinal).ThenBy(r => r.ScoredMs).ThenBy(r => r.Pseudonym, StringComparer.Ordinal).Select(r => (r.Pseudonym, r.Patient))];
    }

    /// <summary>Scores of some patients by another version, which says nothing of those that it learned from.</summary>
    public RivalScores Rival(LearnedVersion version, IEnumerable<string> pseudonyms)
    {
        Dictionary<string, int> rows = Cohort.Table.Patients.Select((p, i) => (p.Pseudonym, i)).ToDictionary(p => p.Pseudonym, p => p.i, StringComparer.Ordinal);
        return new(version.Number, [.. pseudonyms.Select(p => version.Learned.Contains(p) ? null : Score(version.Submodel, Cohort.Table, rows[p]).Score)]);
    }

    /// <summary>Values of a patient; NaN where the table lacks them.</summary>
    public static double[] Features(CohortSnapshot table, int row, IReadOnlyList<string> names) =>
        [.. names.Select(name => table.Has(name) ? table.Column(name)[row] : double.NaN)];

    private static (double? Score, bool IsRefused) Score(SubmodelDocument model, CohortSnapshot table, int row)
    {
        Dictionary<string, double> inputs = model.Logistic.Predictors.Where(p => table.Has(p.Name)).ToDictionary(p => p.Name, p => table.Column(p.Name)[row], StringComparer.Ordinal);
        try
        {
            return (ModelScorer.Score(model, inputs).Probability, false);
        }
        catch (ScoringException)
        {
            return (null, true);   // a refusal is a result
        }
    }
}
