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
        List<ExcludedCandidate> excluded = [];
        foreach (string name in candidates.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            if (!snapshot.Has(name))
            {
                excluded.Add(new(name, "not in the snapshot"));
                continue;
            }
            ReadOnlySpan<double> values = snapshot.Column(name);
            int missing = CountMissing(values);
            if (missing > (rule == MissingValues.Refuse ? 0 : MostMissing * values.Length))
                excluded.Add(new(name, $"missing in {missing} of {values.Length} patients"));
            else if (IsConstant(values))
                excluded.Add(new(name, "the same value in every patient"));
            else
                names.Add(name);
        }
        return new(names.Count == 0 ? null : Matrix(snapshot, names), excluded);
    }

    private static DesignMatrix Matrix(CohortSnapshot snapshot, List<string> names)
    {
        int rows = snapshot.Patients.Count;
        double[] values = new double[checked(rows * names.Count)];
        for (int j = 0; j < names.Count; j++)
            snapshot.Column(names[j]).CopyTo(values.AsSpan(j * rows));
        return DesignMatrix.FromColumnMajor(values, rows, names.Count, names);
    }

    private static int CountMissing(ReadOnlySpan<double> values)
    {
        int missing = 0;
        foreach (double v in values)
            missing += double.IsNaN(v) ? 1 : 0;
        return missing;
    }

    private static bool IsConstant(ReadOnlySpan<double> values)
    {
        double first = double.NaN;
        foreach (double v in values)
        {
            if (double.IsNaN(first))
                first = v;
            else if (!double.IsNaN(v) && v != first)
                return false;
        }
        return true;
    }
}
