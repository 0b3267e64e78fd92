using HccPipeline.Statistics.Linear;

namespace HccPipeline.Statistics.Missing;

/// <summary>Replaces a missing value by the median of its column.</summary>
public sealed class MedianImputation : IImputation
{
    /// <inheritdoc/>
    public int Count => 1;

    /// <inheritdoc/>
    public DesignMatrix Complete(DesignMatrix x, ReadOnlySpan<bool> learnFrom, int index)
    {
        double[] values = new double[x.RowCount * x.ColumnCount];
        for (int j = 0; j < x.ColumnCount; j++)
        {
            double median = MedianOf(x, j, learnFrom);
            ReadOnlySpan<double> column = x.Column(j);
            for (int i = 0; i < column.Length; i++) values[(j * x.RowCount) + i] = double.IsNaN(column[i]) ? median : column[i];
        }
        return DesignMatrix.FromColumnMajor(values, x.RowCount, x.ColumnCount, x.ColumnNames);
    }

    /// <summary>Median of the observed values of a column among the rows to learn from: the mean of the middle two for an even number.</summary>
    internal static double MedianOf(DesignMatrix x, int column, ReadOnlySpan<bool> learnFrom)
    {
        ReadOnlySpan<double> values = x.Column(column);
        List<double> observed = [];
        for (int i = 0; i < values.Length; i++)
        {
            if (double.IsInfinity(values[i]))
                throw new UnusableDataException($"Column {x.LabelOf(column)}, row {i + 1}: {values[i]} is infinite, not missing.");
            if (learnFrom[i] && !double.IsNaN(values[i])) observed.Add(values[i]);
        }
        if (observed.Count == 0) throw new UnusableDataException($"Column {x.LabelOf(column)} has no observed value to learn from.");
        observed.Sort();
        int half = observed.Count / 2;
        return observed.Count % 2 == 1 ? observed[half] : observed[half - 1] + ((observed[half] - observed[half - 1]) / 2);
    }
}
