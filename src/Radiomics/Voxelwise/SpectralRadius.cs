using System.Runtime.CompilerServices;

namespace HccPipeline.Radiomics.Voxelwise;

/// <summary>Largest absolute eigenvalue of small symmetric matrices whose eigenvalues lie in [−1, 1]; scratch space is kept.</summary>
/// <remarks>Householder reflections to three diagonals; then Laguerre's iteration on the characteristic polynomial from 1, which falls
/// onto the largest root and never below it (Wilkinson, The Algebraic Eigenvalue Problem, 7.31).</remarks>
internal sealed class SpectralRadius
{
    private const double Enough = 1e-13;
    private const int MaxSteps = 200;
    private double[] _matrix = [];
    private double[] _diagonal = [];
    private double[] _offSquared = [];
    private double[] _v = [];
    private double[] _p = [];

    /// <summary>Room for a matrix of n rows, row by row; contents are those of the last one.</summary>
    internal Span<double> Matrix(int n)
    {
        if (_diagonal.Length < n)
        {
            _matrix = new double[n * n];
            _diagonal = new double[n];
            _offSquared = new double[n];
            _v = new double[n];
            _p = new double[n];
        }
        return _matrix.AsSpan(0, n * n);
    }

    /// <summary>The spectral radius of the matrix in <see cref="Matrix"/>, which is overwritten.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal double Of(int n)
    {
        Tridiagonalise(n);
        double trace = 0;
        for (int i = 0; i < n; i++)
            trace += _diagonal[i];
        // The sign that more likely holds the largest one first; the other needs a look only if it reaches farther.
        double sign = trace < 0 ? -1 : 1;
        double first = Largest(n, sign);
        return IsAbove(n, -sign, first) ? first : Largest(n, -sign);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Tridiagonalise(int n)
    {
        Span<double> a = _matrix, v = _v, p = _p;
        for (int k = 0; k < n - 1; k++)
        {
            _diagonal[k] = a[k * n + k];
            double below = 0, head = a[(k + 1) * n + k];
            for (int i = k + 2; i < n; i++)
                below += a[k * n + i] * a[k * n + i];
            double norm2 = below + head * head;
            _offSquared[k] = norm2;
            if (below == 0)
                continue;
            double norm = Math.Sqrt(norm2), alpha = head > 0 ? -norm : norm;
            for (int i = k + 1; i < n; i++)
                v[i] = a[k * n + i];
            v[k + 1] -= alpha;
            double beta = 2 / (below + v[k + 1] * v[k + 1]), vp = 0;
            for (int i = k + 1; i < n; i++)
            {
                double sum = 0;
                for (int j = k + 1; j < n; j++)
                    sum += a[i * n + j] * v[j];
                p[i] = beta * sum;
                vp += p[i] * v[i];
            }
            double half = beta * vp / 2;
            for (int i = k + 1; i < n; i++)
                p[i] -= half * v[i];
            for (int i = k + 1; i < n; i++)
            {
                double vi = v[i], pi = p[i];
                for (int j = k + 1; j < n; j++)
                    a[i * n + j] -= vi * p[j] + pi * v[j];
            }
        }
        _diagonal[n - 1] = a[n * n - 1];
    }

    /// <summary>Whether x is above every eigenvalue of sign·T: all leading minors of x − sign·T are positive.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool IsAbove(int n, double sign, double x)
    {
        double q = x - sign * _diagonal[0];
        for (int i = 1; i < n && q > 0; i++)
            q = x - sign * _diagonal[i] - _offSquared[i - 1] / q;
        return q > 0;
    }

    /// <summary>Largest eigenvalue of sign·T.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private double Largest(int n, double sign)
    {
        double x = 1;
        for (int step = 0; step < MaxSteps; step++)
        {
            // q: ratio of successive minors; its logarithmic derivatives add up to those of the polynomial.
            double q = x - sign * _diagonal[0], inverse = 1 / q, r = inverse, u = 0, g = r, h = r * r;
            if (!(q > 0))
                return x;
            for (int i = 1; i < n; i++)
            {
                double t = _offSquared[i - 1] * inverse, slope = 1 + t * r, bend = t * (u - 2 * r * r);
                q = x - sign * _diagonal[i] - t;
                if (!(q > 0))
                    return x;
                inverse = 1 / q;
                r = slope * inverse;
                u = bend * inverse;
                g += r;
                h += r * r - u;
            }
            double down = n / (g + Math.Sqrt(Math.Max(0, (n - 1) * (n * h - g * g))));
            x -= down;
            if (down <= Enough)
                return x;
        }
        return x;
    }
}
