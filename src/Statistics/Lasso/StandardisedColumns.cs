using HccPipeline.Statistics.Linear;

namespace HccPipeline.Statistics.Lasso;

/// <summary>Products of standardised columns, four at a time, over a block of rows.</summary>
internal static class StandardisedColumns
{
    /// <summary>scoresₖ += Σ zᵢⱼ·rᵢ over the rows of the block, for column j = columns[k].</summary>
    public static void AddScores(LassoProblem problem, ReadOnlySpan<int> columns, int start, ReadOnlySpan<double> r, Span<double> scores)
    {
        Span<double> means = stackalloc double[4], sums = stackalloc double[4];
        int k = 0;
        for (; k <= columns.Length - 4; k += 4)
        {
            for (int q = 0; q < 4; q++) means[q] = problem.Means[columns[k + q]];
            FourColumns.DotCentred(Rows(problem, columns[k], start, r.Length), Rows(problem, columns[k + 1], start, r.Length),
                Rows(problem, columns[k + 2], start, r.Length), Rows(problem, columns[k + 3], start, r.Length), means, r, sums);
            for (int q = 0; q < 4; q++) scores[k + q] += sums[q] * problem.InverseScales[columns[k + q]];
        }
        for (; k < columns.Length; k++)
            scores[k] += ColumnKernels.DotCentred(Rows(problem, columns[k], start, r.Length), problem.Means[columns[k]], r)
                * problem.InverseScales[columns[k]];
    }

    /// <summary>ηᵢ += Σₖ changeₖ·zᵢⱼ over the rows of the block, for column j = columns[k].</summary>
    public static void AddTo(LassoProblem problem, ReadOnlySpan<int> columns, ReadOnlySpan<double> changes, int start, Span<double> eta)
    {
        Span<double> means = stackalloc double[4], factors = stackalloc double[4];
        int k = 0;
        for (; k <= columns.Length - 4; k += 4)
        {
            for (int q = 0; q < 4; q++)
            {
                means[q] = problem.Means[columns[k + q]];
                factors[q] = changes[k + q] * problem.InverseScales[columns[k + q]];
            }
            FourColumns.AddCentred(Rows(problem, columns[k], start, eta.Length), Rows(problem, columns[k + 1], start, eta.Length),
                Rows(problem, columns[k + 2], start, eta.Length), Rows(problem, columns[k + 3], start, eta.Length), means, factors, eta);
        }
        for (; k < columns.Length; k++)
            ColumnKernels.AddCentred(Rows(problem, columns[k], start, eta.Length), problem.Means[columns[k]],
                changes[k] * problem.InverseScales[columns[k]], eta);
    }

    private static ReadOnlySpan<double> Rows(LassoProblem problem, int column, int start, int count) =>
        problem.X.Column(column).Slice(start, count);
}
