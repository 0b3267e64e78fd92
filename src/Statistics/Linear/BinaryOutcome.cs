namespace HccPipeline.Statistics.Linear;

/// <summary>Checks that an outcome vector can be modelled.</summary>
internal static class BinaryOutcome
{
    /// <summary>Number of ones in <paramref name="y"/>.</summary>
    /// <exception cref="UnusableDataException">Wrong length, a value other than 0 and 1 (its 1-based row is named), or one class only.</exception>
    public static int Validate(ReadOnlySpan<double> y, int rowCount)
    {
        if (y.Length != rowCount) throw new UnusableDataException($"The outcome has {y.Length} rows, the design matrix {rowCount}.");
        int ones = 0;
        for (int i = 0; i < y.Length; i++)
        {
            if (y[i] == 1) ones++;
            else if (y[i] != 0) throw new UnusableDataException($"Outcome, row {i + 1}: {y[i]} is neither 0 nor 1.");
        }
        if (ones == 0 || ones == y.Length)
            throw new UnusableDataException($"All {y.Length} outcomes are {(ones == 0 ? 0 : 1)}: both classes are needed.");
        return ones;
    }

    /// <summary>Checks optional per-row numbers: right length, finite.</summary>
    /// <exception cref="UnusableDataException">Wrong length, or a value that is not finite (its 1-based row is named).</exception>
    public static void ValidateRows(IReadOnlyList<double>? values, int rowCount, string what)
    {
        if (values is null) return;
        if (values.Count != rowCount) throw new UnusableDataException($"There are {values.Count} {what} for {rowCount} rows.");
        for (int i = 0; i < rowCount; i++)
            if (!double.IsFinite(values[i])) throw new UnusableDataException($"{what}, row {i + 1}: {values[i]} is not a finite number.");
    }

    /// <summary>Checks that weights are not negative and leave both classes with a positive total.</summary>
    /// <exception cref="UnusableDataException">A negative weight (its 1-based row is named), or a class with total weight zero.</exception>
    public static void RequireBothClassesWeighted(double[]? weights, ReadOnlySpan<double> y)
    {
        if (weights is null) return;
        double zeros = 0, ones = 0;
        for (int i = 0; i < weights.Length; i++)
        {
            if (weights[i] < 0) throw new UnusableDataException($"weights, row {i + 1}: {weights[i]} is negative.");
            if (y[i] == 1) ones += weights[i];
            else zeros += weights[i];
        }
        if (zeros == 0 || ones == 0) throw new UnusableDataException($"All rows with outcome {(zeros == 0 ? 0 : 1)} have weight zero.");
    }
}
