using HccPipeline.Statistics.Linear;

namespace HccPipeline.Statistics.Missing;

/// <summary>A way to fill missing values (NaN) that learns from some rows and is applied to all.</summary>
public interface IImputation
{
    /// <summary>How many completed data sets there are: 1 for a deterministic rule.</summary>
    int Count { get; }

    /// <summary>Fills every NaN.</summary>
    /// <param name="x">n×p predictors; NaN marks a missing value.</param>
    /// <param name="learnFrom">n flags: the rows that the rule may learn from. The others are only filled.</param>
    /// <param name="index">Which completed data set, 0…<see cref="Count"/> − 1.</param>
    /// <returns>A matrix without NaN; rows and columns in the same order.</returns>
    /// <exception cref="UnusableDataException">A column has no observed value among the rows to learn from, or an infinite value.</exception>
    DesignMatrix Complete(DesignMatrix x, ReadOnlySpan<bool> learnFrom, int index);
}
