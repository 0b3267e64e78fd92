namespace HccPipeline.Statistics.Logistic;

/// <summary>Kind of separation.</summary>
public enum SeparationKind
{
    /// <summary>A hyperplane has all cases on one side and all controls on the other: no coefficient is finite.</summary>
    Complete,

    /// <summary>The same with some rows on the hyperplane: some coefficients are infinite, the others finite.</summary>
    QuasiComplete,
}

/// <summary>A direction in which the likelihood grows without end: (2yᵢ − 1)(d₀ + xᵢ·d) ≥ 0 in every row, &gt; 0 in some.</summary>
/// <param name="Kind">Complete when the product is positive in every row.</param>
/// <param name="Direction">p + 1 values, intercept first, on the scale of x; scaled so that the largest product is 1.</param>
/// <param name="Columns">Labels of the columns whose share in the direction is not negligible.</param>
/// <param name="SeparatedRows">Number of rows with a positive product.</param>
public sealed record Separation(SeparationKind Kind, double[] Direction, IReadOnlyList<string> Columns, int SeparatedRows);

/// <summary>The classes are separated: no finite maximum likelihood estimate exists.</summary>
/// <param name="separation">The evidence.</param>
public sealed class SeparatedDataException(Separation separation) : Exception(
    $"{(separation.Kind == SeparationKind.Complete ? "Complete" : "Quasi-complete")} separation by {string.Join(", ", separation.Columns)}: "
    + $"{separation.SeparatedRows} rows are predicted perfectly and the estimates are infinite. Drop or combine columns, or use Firth's estimator.")
{
    /// <summary>The evidence.</summary>
    public Separation Separation { get; } = separation;
}
