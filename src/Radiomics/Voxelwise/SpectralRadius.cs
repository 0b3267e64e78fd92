using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace HccPipeline.Radiomics.Voxelwise;

/// <summary>Largest absolute eigenvalues of four small symmetric matrices at a time, whose eigenvalues lie in [−1, 1]; scratch space is
/// kept.</summary>
/// <remarks>Householder reflections to three diagonals; then Laguerre's iteration on the characteristic polynomial from 1, which falls
/// onto the largest root and never below it (Wilkinson, The Algebraic Eigenvalue Problem, 7.31). Each matrix has a lane of its own, so that
/// basic operations and square roots give the same bits on every processor.</remarks>
internal sealed class SpectralRadius
{
    /// <summary>Matrices at a time.</summary>
    internal const int Lanes = 4;

    private const double Enough = 1e-13;
    private const int MaxSteps = 100;
    private Vector256<double>[] _matrix = [];
    private Vector256<double>[] _diagonal = [];
    private Vector256<double>[] _offSquared = [];
    private Vector256<double>[] _v = [];
    private Vector256<double>[] _p = [];
    private int _stride;

    /// <summary>Makes room for four matrices of up to n rows, all zero.</summary>
    internal void Clear(int n)
    {
        if (_diagonal.Length < n)
        {
            _matrix = new Vector256<double>[n * n];
            _diagonal = new Vector256<double>[n];
            _offSquared = new Vector256<double>[n];
            _v = new Vector256<double>[n];
            _p = new Vector256<double>[n];
        }
        _stride = n;
        Array.Clear(_matrix, 0, n * n);
    }

    /// <summary>A row of one matrix as far as its diagonal: element j of the row stands at [4 j].</summary>
    internal Span<double> Row(int row, int lane) =>
        MemoryMarshal.Cast<Vector256<double>, double>(_matrix.AsSpan(row * _stride, row + 1))[lane..];

    /// <summary>The spectral radii of the matrices, which are overwritten.</summary>
    /// <param name="n">Rows of the largest of them.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal Vector256<double> Of(int n)
    {
        Tridiagonalise(n);
        Vector256<double> trace = default;
        for (int i = 0; i < n; i++)
            trace += _diagonal[i];
        // The sign that more likely holds the largest one first; the other needs a look only if it reaches farther.
        Vector256<double> sign = Vector256.ConditionalSelect(Vector256.LessThan(trace, default), Vector256.Create(-1.0), Vector256<double>.One);
        Vector256<double> first = Largest(n, sign, Vector256<double>.AllBitsSet);
        Vector256<double> farther = ~IsAbove(n, -sign, first);
        return farther == default ? first : Vector256.ConditionalSelect(farther, Largest(n, -sign, farther), first);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Tridiagonalise(int n)
    {
        ref Vector256<double> a = ref MemoryMarshal.GetArrayDataReference(_matrix);
        Span<Vector256<double>> v = _v.AsSpan(0, n), p = _p.AsSpan(0, n);
        Vector256<double> two = Vector256.Create(2.0), half = Vector256.Create(0.5);
        for (int k = 0; k < n - 1; k++)
        {
            _diagonal[k] = At(ref a, k, k);
            Vector256<double> head = At(ref a, k + 1, k), below = default;
            for (int i = k + 2; i < n; i++)
            {
                v[i] = At(ref a, i, k);
                below += v[i] * v[i];
            }
            Vector256<double> norm2 = below + head * head;
            _offSquared[k] = norm2;
            if (below == default)
                continue;
            Vector256<double> norm = Vector256.Sqrt(norm2);
            v[k + 1] = head + Vector256.ConditionalSelect(Vector256.GreaterThan(head, default), norm, -norm);
            // A lane without anything below its diagonal is left as it is.
            Vector256<double> beta = Vector256.ConditionalSelect(
                Vector256.Equals(below, default), default, two / (below + v[k + 1] * v[k + 1]));
            Multiply(ref a, k + 1, n, v, p);
            Vector256<double> vp = default;
            for (int i = k + 1; i < n; i++)
            {
                p[i] *= beta;
                vp += p[i] * v[i];
            }
            Vector256<double> share = beta * vp * half;
            for (int i = k + 1; i < n; i++)
                p[i] -= share * v[i];
            Update(ref a, k + 1, n, v, p);
        }
        _diagonal[n - 1] = At(ref a, n - 1, n - 1);
    }

    /// <summary>p = A v over rows and columns from the first on, of the lower triangle; two rows at a time halve what is read.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Multiply(ref Vector256<double> a, int first, int n, Span<Vector256<double>> v, Span<Vector256<double>> p)
    {
        ref Vector256<double> v0 = ref MemoryMarshal.GetReference(v), p0 = ref MemoryMarshal.GetReference(p);
        int i = first;
        for (; i + 1 < n; i += 2)
        {
            ref Vector256<double> upper = ref Unsafe.Add(ref a, i * _stride), lower = ref Unsafe.Add(ref upper, _stride);
            Vector256<double> vi = v[i], vj = v[i + 1], sum = default, next = default;
            for (int j = first; j < i; j++)
            {
                Vector256<double> x = Unsafe.Add(ref upper, j), y = Unsafe.Add(ref lower, j), w = Unsafe.Add(ref v0, j);
                sum += x * w;
                next += y * w;
                Unsafe.Add(ref p0, j) += x * vi + y * vj;
            }
            Vector256<double> between = Unsafe.Add(ref lower, i);
            p[i] = sum + Unsafe.Add(ref upper, i) * vi + between * vj;
            p[i + 1] = next + between * vi + Unsafe.Add(ref lower, i + 1) * vj;
        }
        if (i < n)
        {
            ref Vector256<double> last = ref Unsafe.Add(ref a, i * _stride);
            Vector256<double> vi = v[i], sum = Unsafe.Add(ref last, i) * vi;
            for (int j = first; j < i; j++)
            {
                Vector256<double> x = Unsafe.Add(ref last, j);
                sum += x * Unsafe.Add(ref v0, j);
                Unsafe.Add(ref p0, j) += x * vi;
            }
            p[i] = sum;
        }
    }

    /// <summary>A less v pᵀ + p vᵀ over rows and columns from the first on, of the lower triangle.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Update(ref Vector256<double> a, int first, int n, Span<Vector256<double>> v, Span<Vector256<double>> p)
    {
        ref Vector256<double> v0 = ref MemoryMarshal.GetReference(v), p0 = ref MemoryMarshal.GetReference(p);
        int i = first;
        for (; i + 1 < n; i += 2)
        {
            ref Vector256<double> upper = ref Unsafe.Add(ref a, i * _stride), lower = ref Unsafe.Add(ref upper, _stride);
            Vector256<double> vi = v[i], pi = p[i], vj = v[i + 1], pj = p[i + 1];
            for (int j = first; j <= i; j++)
            {
                Vector256<double> w = Unsafe.Add(ref v0, j), q = Unsafe.Add(ref p0, j);
                Unsafe.Add(ref upper, j) -= vi * q + pi * w;
                Unsafe.Add(ref lower, j) -= vj * q + pj * w;
            }
            Unsafe.Add(ref lower, i + 1) -= vj * pj + pj * vj;
        }
        if (i < n)
        {
            ref Vector256<double> last = ref Unsafe.Add(ref a, i * _stride);
            for (int j = first; j <= i; j++)
                Unsafe.Add(ref last, j) -= v[i] * Unsafe.Add(ref p0, j) + p[i] * Unsafe.Add(ref v0, j);
        }
    }

    private Vector256<double> At(ref Vector256<double> a, int row, int column) => Unsafe.Add(ref a, row * _stride + column);

    /// <summary>Where x is above every eigenvalue of sign·T: all leading minors of x − sign·T are positive.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private Vector256<double> IsAbove(int n, Vector256<double> sign, Vector256<double> x)
    {
        Vector256<double> q = x - sign * _diagonal[0], above = Vector256.GreaterThan(q, default);
        for (int i = 1; i < n; i++)
        {
            q = x - sign * _diagonal[i] - _offSquared[i - 1] / q;
            above &= Vector256.GreaterThan(q, default);
        }
        return above;
    }

    /// <summary>Largest eigenvalue of sign·T in the lanes wanted.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private Vector256<double> Largest(int n, Vector256<double> sign, Vector256<double> wanted)
    {
        Vector256<double> one = Vector256<double>.One, x = one, active = wanted, order = Vector256.Create((double)n);
        for (int step = 0; step < MaxSteps && active != default; step++)
        {
            // q: ratio of successive minors; its logarithmic derivatives add up to those of the polynomial.
            Vector256<double> q = x - sign * _diagonal[0], inverse = one / q, r = inverse, u = default, g = r, h = r * r;
            // A minor that is not positive: rounding has carried x onto the root.
            active &= Vector256.GreaterThan(q, default);
            for (int i = 1; i < n; i++)
            {
                Vector256<double> t = _offSquared[i - 1] * inverse, slope = one + t * r, bend = t * (u - (r + r) * r);
                q = x - sign * _diagonal[i] - t;
                active &= Vector256.GreaterThan(q, default);
                inverse = one / q;
                r = slope * inverse;
                u = bend * inverse;
                g += r;
                h += r * r - u;
            }
            Vector256<double> under = (order - one) * (order * h - g * g);
            Vector256<double> down = order / (g + Vector256.Sqrt(Vector256.Max(under, default)));
            x = Vector256.ConditionalSelect(active, x - down, x);
            active &= Vector256.GreaterThan(down, Vector256.Create(Enough));
        }
        return x;
    }
}
