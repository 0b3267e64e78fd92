namespace HccPipeline.Persistence.Cohort;

/// <summary>
/// The cohort as a table: one row per patient in ordinal order of the pseudonym, one column per feature in ordinal order of the name.
/// Missing values are NaN.
/// </summary>
public sealed class CohortSnapshot
{
    private readonly Dictionary<string, double[]> _columns;

    /// <summary>A table from patients and columns; both are put in ordinal order.</summary>
    /// <param name="patients">Patients.</param>
    /// <param name="columns">Feature name to values, one per patient, in the order of <paramref name="patients"/>; handed over, because a large
    /// table that is in order already is not copied.</param>
    /// <exception cref="ArgumentException">A column has another length than there are patients; the message names it.</exception>
    public CohortSnapshot(IReadOnlyList<CohortPatient> patients, IReadOnlyDictionary<string, double[]> columns)
    {
        int[] order = [.. Enumerable.Range(0, patients.Count).OrderBy(i => patients[i].Pseudonym, StringComparer.Ordinal)];
        bool isOrdered = order.AsSpan().SequenceEqual(Enumerable.Range(0, order.Length).ToArray());
        Patients = [.. order.Select(i => patients[i])];
        FeatureNames = [.. columns.Keys.Order(StringComparer.Ordinal)];
        _columns = new(columns.Count, StringComparer.Ordinal);
        foreach ((string name, double[] values) in columns)
        {
            if (values.Length != patients.Count)
                throw new ArgumentException($"Column {name} has {values.Length} values for {patients.Count} patients.", nameof(columns));
            _columns.Add(name, isOrdered ? values : Array.ConvertAll(order, i => values[i]));
        }
    }

    /// <summary>Rows, in ordinal order of the pseudonym.</summary>
    public IReadOnlyList<CohortPatient> Patients { get; }

    /// <summary>Columns, in ordinal order of the name.</summary>
    public IReadOnlyList<string> FeatureNames { get; }

    /// <summary>Values of a feature, one per patient; NaN where missing.</summary>
    /// <exception cref="KeyNotFoundException">The snapshot has no such feature.</exception>
    public ReadOnlySpan<double> Column(string featureName) => Values(featureName);

    /// <summary>Whether the snapshot has this feature.</summary>
    public bool Has(string featureName) => _columns.ContainsKey(featureName);

    /// <summary>The table without some of its patients.</summary>
    /// <param name="pseudonyms">Who is left out.</param>
    public CohortSnapshot Without(IReadOnlySet<string> pseudonyms)
    {
        int[] kept = [.. Enumerable.Range(0, Patients.Count).Where(i => !pseudonyms.Contains(Patients[i].Pseudonym))];
        return new([.. kept.Select(i => Patients[i])], _columns.ToDictionary(c => c.Key, c => Array.ConvertAll(kept, i => c.Value[i]), StringComparer.Ordinal));
    }

    /// <summary>Outcome as 0 (disease control) and 1 (progression), one per patient.</summary>
    public double[] Progression() => [.. Patients.Select(p => p.Progression ? 1.0 : 0.0)];

    internal double[] Values(string featureName) => _columns.TryGetValue(featureName, out double[]? values)
        ? values
        : throw new KeyNotFoundException($"The snapshot has no feature {featureName}.");
}
