using System.Runtime.InteropServices;

namespace HccPipeline.Radiomics;

/// <summary>Eigenvalues of small symmetric matrices with the same bits everywhere: basic operations and square roots only.</summary>
internal static class SymmetricMatrix
{
    private const int MaxSweeps = 60;

    /// <summary>Eigenvalues in ascending order; the matrix is overwritten. Householder reflections to three diagonals, then implicit
    /// QL steps (Golub and Van Loan, Matrix Computations, 8.3).</summary>
    internal static double[] Eigenvalues(double[,] a)
    {
        int n = a.GetLength(0);
        double[] diagonal = new double[n], off = new double[n];
        Tridiagonalise(n > 0 ? MemoryMarshal.CreateSpan(ref a[0, 0], a.Length) : [], n, diagonal, off);
        for (int l = 0; l < n; l++)
            Diagonalise(diagonal, off, l);
        Array.Sort(diagonal);
        return diagonal;
    }

    private static void Tridiagonalise(Span<double> a, int n, double[] diagonal, double[] off)
    {
        double[] v = new double[n], p = new double[n];
        for (int k = 0; k < n - 1; k++)
        {
            diagonal[k] = a[k * n + k];
            double next = a[(k + 1) * n + k], below = 0;
            for (int i = k + 2; i < n; i++)
                below += a[i * n + k] * a[i * n + k];
            if (below == 0)
            {
                off[k] = next;
                continue;
            }
            double norm = Math.Sqrt(below + next * next);
            double alpha = next > 0 ? -norm : norm;
            off[k] = alpha;
            for (int i = k + 1; i < n; i++)
                v[i] = a[i * n + k];
            v[k + 1] -= alpha;
            Reflect(a, n, k + 1, v, p, 2 / (below + v[k + 1] * v[k + 1]));
        }
        if (n > 0)
            diagonal[n - 1] = a[n * n - 1];
    }

    /// <summary>A := H A H with H = I − β v vᵀ, rows and columns from a first one on.</summary>
    private static void Reflect(Span<double> a, int n, int from, double[] v, double[] p, double beta)
    {
        ReadOnlySpan<double> right = v.AsSpan(from, n - from);
        Span<double> product = p.AsSpan(from, n - from);
        double vp = 0;
        for (int i = 0; i < right.Length; i++)
        {
            ReadOnlySpan<double> row = a.Slice((from + i) * n + from, right.Length);
            double sum = 0;
            for (int j = 0; j < right.Length; j++)
                sum += row[j] * right[j];
            product[i] = beta * sum;
            vp += product[i] * right[i];
        }
        double half = beta * vp / 2;
        for (int i = 0; i < right.Length; i++)
            product[i] -= half * right[i];
        for (int i = 0; i < right.Length; i++)
        {
            Span<double> row = a.Slice((from + i) * n + from, right.Length);
            double vi = right[i], pi = product[i];
            for (int j = 0; j < row.Length; j++)
                row[j] -= vi * product[j] + pi * right[j];
        }
    }

    private static void Diagonalise(double[] d, double[] e, int l)
    {
        for (int sweep = 0; sweep < MaxSweeps; sweep++)
        {
            int m = l;
            while (m < d.Length - 1 && Math.Abs(e[m]) > double.Epsilon && Math.Abs(e[m]) > 1.1e-16 * (Math.Abs(d[m]) + Math.Abs(d[m + 1])))
                m++;
            if (m == l)
                return;
            double g = (d[l + 1] - d[l]) / (2 * e[l]);
            double r = Math.Sqrt(g * g + 1);
            g = d[m] - d[l] + e[l] / (g + (g < 0 ? -r : r));
            double s = 1, c = 1, p = 0;
            int i = m - 1;
            for (; i >= l; i--)
            {
                double f = s * e[i], b = c * e[i];
                r = Math.Sqrt(f * f + g * g);
                e[i + 1] = r;
                if (r == 0)
                {
                    d[i + 1] -= p;
                    e[m] = 0;
                    break;
                }
                s = f / r;
                c = g / r;
                g = d[i + 1] - p;
                r = (d[i] - g) * s + 2 * c * b;
                p = s * r;
                d[i + 1] = g + p;
                g = c * r - b;
            }
            if (i >= l)
                continue;
            d[l] -= p;
            e[l] = g;
            e[m] = 0;
        }
        throw new ArithmeticException("The eigenvalues of a symmetric matrix did not converge; are all its entries finite?");
    }
}
