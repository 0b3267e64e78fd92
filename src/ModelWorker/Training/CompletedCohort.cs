using HccPipeline.Contracts.Models;
using HccPipeline.Statistics.Linear;
using HccPipeline.Statistics.Missing;

namespace HccPipeline.ModelWorker.Training;

/// <summary>Candidates with what fills their missing values, learned from the rows it may learn from.</summary>
internal sealed class CompletedCohort
{
    private const int DataSets = 5;

    private readonly IImputation? _imputation;

    private CompletedCohort(DesignMatrix observed, IImputation? imputation)
    {
        Observed = observed;
        _imputation = imputation;
    }

    /// <summary>The candidates as they were observed; NaN is missing.</summary>
    public DesignMatrix Observed { get; }

    /// <summary>How the selection fills inside its folds; null where nothing is missing.</summary>
    public IImputation? Imputation => _imputation;

    public static CompletedCohort Of(DesignMatrix x, TrainingSettings settings)
    {
        bool complete = Enumerable.Range(0, x.ColumnCount).All(j => !x.Column(j).ContainsAnyExceptInRange(double.NegativeInfinity, double.PositiveInfinity));
        return new CompletedCohort(x, complete ? null : settings.MissingValues switch
        {
            MissingValues.Median => new MedianImputation(),
            MissingValues.Multiple => new ChainedImputation(DataSets, unchecked((ulong)settings.Seed)),
            _ => throw new InvalidOperationException("Candidates with missing values were to be left out."),
        });
    }

    /// <summary>The completed data sets; one, the observed data, where nothing is missing.</summary>
    /// <param name="learnFrom">Rows that the imputation learns from; all rows are completed.</param>
    public DesignMatrix[] Complete(bool[] learnFrom) =>
        _imputation is null ? [Observed] : [.. Enumerable.Range(0, _imputation.Count).Select(i => _imputation.Complete(Observed, learnFrom, i))];

    /// <summary>The values that stand for the missing ones: means over the completed data sets. Null where nothing is missing.</summary>
    public IReadOnlyList<ImputedCandidate>? ToDocument(DesignMatrix[] completed)
    {
        if (_imputation is null)
            return null;
        List<ImputedCandidate> imputed = [];
        for (int j = 0; j < Observed.ColumnCount; j++)
        {
            ReadOnlySpan<double> column = Observed.Column(j);
            List<int> rows = [];
            for (int i = 0; i < column.Length; i++)
                if (double.IsNaN(column[i])) rows.Add(i);
            if (rows.Count > 0)
                imputed.Add(new(Observed.ColumnNames![j], [.. rows.Select(i => i + 1)], [.. rows.Select(i => completed.Average(data => data[i, j]))]));
        }
        return imputed;
    }
}
