namespace HccPipeline.Statistics.Linear;

/// <summary>Cholesky factorisation of a small symmetric positive definite matrix, in place.</summary>
/// <remarks>Own kernel instead of a library's: it sits in the innermost loop of the LASSO, allocates nothing, and its sums
/// have a fixed order, so that results keep their bits on every machine and number of threads.</remarks>
internal static class SymmetricSolver
{
    /// <summary>Replaces the lower triangle by L with LL' = A.</summary>
    /// <param name="a">Row-major n×n matrix; only the lower triangle is read.</param>
    /// <param name="n">Order.</param>
    /// <param name="rankTolerance">A pivot below this share of its diagonal entry counts as zero.</param>
    /// <returns>Index of the first row without a positive pivot, or −1 when the matrix is positive definite.</returns>
    public static int Factorise(Span<double> a, int n, double rankTolerance)
    {
        for (int i = 0; i < n; i++)
        {
            Span<double> row = a.Slice(i * n, n);
            double diagonal = row[i];
            for (int j = 0; j < i; j++)
            {
                ReadOnlySpan<double> above = a.Slice(j * n, j);
                row[j] = (row[j] - ColumnKernels.Dot(above, row[..j])) / a[(j * n) + j];
            }
            double pivot = diagonal - ColumnKernels.Dot(row[..i], row[..i]);
            if (!(pivot > rankTolerance * diagonal)) return i;
            row[i] = Math.Sqrt(pivot);
        }
        return -1;
    }

    /// <summary>Solves LL'x = b in place.</summary>
    public static void Solve(ReadOnlySpan<double> factor, int n, Span<double> b)
    {
        for (int i = 0; i < n; i++)
            b[i] = (b[i] - ColumnKernels.Dot(factor.Slice(i * n, i), b[..i])) / factor[(i * n) + i];
        for (int i = n - 1; i >= 0; i--)
        {
            b[i] /= factor[(i * n) + i];
            ColumnKernels.Subtract(factor.Slice(i * n, i), b[i], b[..i]);
        }
    }
}
