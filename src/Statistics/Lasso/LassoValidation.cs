using HccPipeline.Statistics.Linear;

namespace HccPipeline.Statistics.Lasso;

/// <summary>Refuses what cannot be fitted, with the column or row by name.</summary>
internal static class LassoValidation
{
    public static void Require(DesignMatrix x, ReadOnlySpan<double> y, LassoOptions options)
    {
        BinaryOutcome.Validate(y, x.RowCount);
        x.RequireFinite();
        BinaryOutcome.ValidateRows(options.Weights, x.RowCount, "weights");
        BinaryOutcome.ValidateRows(options.Offset, x.RowCount, "offsets");
        BinaryOutcome.RequireBothClassesWeighted(options.Weights, y);
        if (!(options.Alpha is >= 0 and <= 1)) throw new UnusableDataException($"alpha is {options.Alpha}: from 0 to 1 is possible.");
        if (!(options.Tolerance > 0)) throw new UnusableDataException($"The tolerance is {options.Tolerance}: it must be positive.");
        if (options.MaxIterations < 1) throw new UnusableDataException($"At most {options.MaxIterations} steps: at least one is needed.");
        RequireLambda(options);
        RequireColumns(options.PenaltyFactors, x, "penalty factor", v => v >= 0);
        RequireColumns(options.LowerLimits, x, "lower limit", v => v <= 0);
        RequireColumns(options.UpperLimits, x, "upper limit", v => v >= 0);
    }

    private static void RequireLambda(LassoOptions options)
    {
        if (options.Lambda is { } lambda)
        {
            if (lambda.Length == 0) throw new UnusableDataException("The λ sequence is empty.");
            for (int k = 0; k < lambda.Length; k++)
                if (!(lambda[k] >= 0 && double.IsFinite(lambda[k])))
                    throw new UnusableDataException($"λ number {k + 1} is {lambda[k]}: it must be finite and not negative.");
            return;
        }
        if (options.LambdaCount < 1) throw new UnusableDataException($"A sequence of {options.LambdaCount} λ: at least one is needed.");
        if (options.LambdaMinRatio is { } ratio && !(ratio is > 0 and < 1))
            throw new UnusableDataException($"The smallest λ is {ratio} times the largest: between 0 and 1 is possible.");
    }

    private static void RequireColumns(double[]? values, DesignMatrix x, string what, Func<double, bool> isValid)
    {
        if (values is null) return;
        if (values.Length != x.ColumnCount) throw new UnusableDataException($"There are {values.Length} {what}s for {x.ColumnCount} columns.");
        for (int j = 0; j < values.Length; j++)
            if (!isValid(values[j])) throw new UnusableDataException($"The {what} of column {x.LabelOf(j)} is {values[j]}, which is not possible.");
    }
}
