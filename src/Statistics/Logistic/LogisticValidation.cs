using HccPipeline.Statistics.Linear;

namespace HccPipeline.Statistics.Logistic;

/// <summary>Refuses what cannot be fitted, with the column or row by name.</summary>
internal static class LogisticValidation
{
    public static void Require(DesignMatrix x, ReadOnlySpan<double> y, LogisticOptions options)
    {
        BinaryOutcome.Validate(y, x.RowCount);
        x.RequireFinite();
        BinaryOutcome.ValidateRows(options.Weights, x.RowCount, "weights");
        BinaryOutcome.ValidateRows(options.Offset, x.RowCount, "offsets");
        BinaryOutcome.RequireBothClassesWeighted(options.Weights, y);
        if (!(options.ConfidenceLevel is > 0 and < 1))
            throw new UnusableDataException($"The confidence level is {options.ConfidenceLevel}: between 0 and 1 is possible.");
        if (options.MaxIterations < 1) throw new UnusableDataException($"At most {options.MaxIterations} steps: at least one is needed.");
    }
}
