using HccPipeline.Contracts.Models;
using HccPipeline.Persistence.Cohort;
using HccPipeline.Statistics.Linear;

namespace HccPipeline.ModelWorker.Training;

/// <summary>The candidates of a model that can be offered to the LASSO, as a matrix in the snapshot's row order.</summary>
/// <param name="X">n×p, columns in ordinal order of the name, NaN where a value is to be filled; null when nothing can be offered.</param>
/// <param name="Excluded">Candidates left out, with the reason.</param>
internal sealed record CandidateTable(DesignMatrix? X, IReadOnlyList<ExcludedCandidate> Excluded)
{
    // Of three folds within three folds, at least a ninth of the patients then still tell what is typical.
    private const double MostMissing = 1.0 / 3;

    /// <summary>Takes the named candidates from a snapshot; a candidate that is absent, constant or too incomplete is left out by name.</summary>
    public static CandidateTable From(CohortSnapshot snapshot, IEnumerable<string> candidates, MissingValues rule)
    {
        List<string> names = [];
        List<double[]> columns = [];
        List<ExcludedCandidate> excluded = [];
        foreach (string name in candidates.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            if (!snapshot.Has(name))
            {
                excluded.Add(new(name, "not in the snapshot"));
                continue;
            }
            double[] values = snapshot.Column(name).ToArray();
            int missing = values.Count(double.IsNaN);
            if (missing > (rule == MissingValues.Refuse ? 0 : MostMissing * values.Length))
                excluded.Add(new(name, $"missing in {missing} of {values.Length} patients"));
            else if (values.Where(v => !double.IsNaN(v)).Distinct().Count() == 1)
                excluded.Add(new(name, "the same value in every patient"));
            else
            {
                names.Add(name);
                columns.Add(values);
            }
        }
        return new(columns.Count == 0 ? null : DesignMatrix.FromColumns(columns, names), excluded);
    }
}
