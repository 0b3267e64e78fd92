namespace HccPipeline.Statistics.Lasso;

/// <summary>Collects the models of a path on the original scale and says when the path may stop.</summary>
internal sealed class PathBuilder(LassoProblem problem, double nullDeviance)
{
    private const int FewestPoints = 5;
    private const double SmallestGain = 1e-5;
    private const double LargestRatio = 0.999;

    private readonly List<double> _lambda = [];
    private readonly List<double> _intercept = [];
    private readonly List<SparseCoefficients> _coefficients = [];
    private readonly List<double> _ratio = [];

    // Columns that a limit holds at zero leave the deviance flat until the others enter: glmnet sets fdev = 0 then.
    private readonly bool _mayBeFlat = problem.Options.LowerLimits?.Contains(0) == true || problem.Options.UpperLimits?.Contains(0) == true;

    /// <summary>Adds the model of the working set's present coefficients.</summary>
    public void Add(double lambda, double intercept, WorkingSet members, double devianceRatio)
    {
        ReadOnlySpan<double> standardised = members.Values;
        int count = standardised.Length - standardised.Count(0), next = 0;
        int[] columns = new int[count];
        double[] values = new double[count];
        foreach (int k in members.ByColumn)
        {
            if (standardised[k] == 0) continue;
            int column = members.Columns[k];
            columns[next] = column;
            values[next++] = standardised[k] / problem.ScaleOf(column);
        }
        for (int k = 0; k < count; k++) intercept -= values[k] * problem.Means[columns[k]];
        _lambda.Add(lambda);
        _intercept.Add(intercept);
        _coefficients.Add(new SparseCoefficients(columns, values));
        _ratio.Add(devianceRatio);
    }

    /// <summary>Why an automatic path stops after the point just added, or null.</summary>
    public PathEnd? StopsHere()
    {
        if (problem.Options.Lambda is not null || _ratio.Count < FewestPoints) return null;
        if (_ratio[^1] > LargestRatio) return PathEnd.Saturated;
        return !_mayBeFlat && _ratio[^1] - _ratio[^2] < SmallestGain ? PathEnd.NoFurtherGain : null;
    }

    public LassoPath Build(PathEnd end, int passes) => new()
    {
        ColumnCount = problem.X.ColumnCount,
        Lambda = [.. _lambda],
        Intercept = [.. _intercept],
        Coefficients = [.. _coefficients],
        DevianceRatio = [.. _ratio],
        NullDeviance = nullDeviance * problem.TotalWeight,
        ColumnMeans = problem.Means,
        ColumnDeviations = problem.Deviations,
        End = end,
        Passes = passes,
    };
}
