namespace HccPipeline.Statistics.Numerics;

/// <summary>Cholesky factor of a small information matrix that names the column which makes it singular.</summary>
internal sealed class SymmetricSystem
{
    private readonly double[] _lower;
    private readonly int _p;

    private SymmetricSystem(double[] lower, int p) => (_lower, _p) = (lower, p);

    /// <summary>Factors a symmetric positive definite matrix.</summary>
    /// <param name="matrix">p × p, row-major.</param>
    /// <param name="p">Order.</param>
    /// <param name="tolerance">Smallest pivot, relative to the diagonal element it came from.</param>
    /// <param name="names">Column names for the error.</param>
    /// <exception cref="ArgumentException">A column adds nothing to those before it.</exception>
    public static SymmetricSystem Factor(ReadOnlySpan<double> matrix, int p, double tolerance, IReadOnlyList<string> names) =>
        TryFactor(matrix, p, tolerance, out int singular)
            ?? throw new ArgumentException($"Column '{names[singular]}' carries no information beyond the columns before it.", nameof(matrix));

    /// <summary>The same; null where a column adds nothing to those before it.</summary>
    /// <param name="matrix">p × p, row-major.</param>
    /// <param name="p">Order.</param>
    /// <param name="tolerance">Smallest pivot, relative to the diagonal element it came from.</param>
    /// <param name="singular">That column.</param>
    public static SymmetricSystem? TryFactor(ReadOnlySpan<double> matrix, int p, double tolerance, out int singular)
    {
        double[] lower = new double[p * p];
        for (int j = 0; j < p; j++)
        {
            double pivot = matrix[(j * p) + j];
            for (int k = 0; k < j; k++) pivot -= lower[(j * p) + k] * lower[(j * p) + k];
            singular = j;
            if (!(pivot > tolerance * matrix[(j * p) + j])) return null;
            double root = Math.Sqrt(pivot);
            lower[(j * p) + j] = root;
            for (int i = j + 1; i < p; i++)
            {
                double v = matrix[(i * p) + j];
                for (int k = 0; k < j; k++) v -= lower[(i * p) + k] * lower[(j * p) + k];
                lower[(i * p) + j] = v / root;
            }
        }
        singular = -1;
        return new SymmetricSystem(lower, p);
    }

    /// <summary>Solves A v = b.</summary>
    public double[] Solve(ReadOnlySpan<double> b)
    {
        double[] v = b.ToArray();
        for (int i = 0; i < _p; i++)
        {
            for (int k = 0; k < i; k++) v[i] -= _lower[(i * _p) + k] * v[k];
            v[i] /= _lower[(i * _p) + i];
        }
        for (int i = _p - 1; i >= 0; i--)
        {
            for (int k = i + 1; k < _p; k++) v[i] -= _lower[(k * _p) + i] * v[k];
            v[i] /= _lower[(i * _p) + i];
        }
        return v;
    }

    /// <summary>Inverse, row-major.</summary>
    public double[] Inverse()
    {
        double[] inverse = new double[_p * _p], unit = new double[_p];
        for (int j = 0; j < _p; j++)
        {
            unit[j] = 1;
            double[] column = Solve(unit);
            unit[j] = 0;
            for (int i = 0; i < _p; i++) inverse[(i * _p) + j] = column[i];
        }
        return inverse;
    }
}
