using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace HccPipeline.Statistics.Linear;

/// <summary>The kernels of <see cref="ColumnKernels"/> for four columns at once: the shared vector is loaded once for all.</summary>
/// <remarks>Fixed lanes and order, no fused multiply-add: the same bits on every CPU.</remarks>
internal static class FourColumns
{
    private const int Lanes = 4;

    /// <summary>sumsⱼ = Σ (xᵢⱼ − shiftⱼ)·rᵢ for four columns of the same length as r.</summary>
    public static void DotCentred(ReadOnlySpan<double> x0, ReadOnlySpan<double> x1, ReadOnlySpan<double> x2, ReadOnlySpan<double> x3,
        ReadOnlySpan<double> shifts, ReadOnlySpan<double> r, Span<double> sums)
    {
        int n = r.Length, i = 0;
        RequireLength(n, x0, x1, x2, x3);
        ref double a = ref MemoryMarshal.GetReference(x0), b = ref MemoryMarshal.GetReference(x1);
        ref double c = ref MemoryMarshal.GetReference(x2), d = ref MemoryMarshal.GetReference(x3);
        ref double pr = ref MemoryMarshal.GetReference(r);
        Vector256<double> ma = Vector256.Create(shifts[0]), mb = Vector256.Create(shifts[1]);
        Vector256<double> mc = Vector256.Create(shifts[2]), md = Vector256.Create(shifts[3]);
        Vector256<double> a0 = default, b0 = default, c0 = default, d0 = default, a1 = default, b1 = default, c1 = default, d1 = default;
        for (; i <= n - (2 * Lanes); i += 2 * Lanes)
        {
            Vector256<double> r0 = Load(ref pr, i), r1 = Load(ref pr, i + Lanes);
            a0 += (Load(ref a, i) - ma) * r0;
            b0 += (Load(ref b, i) - mb) * r0;
            c0 += (Load(ref c, i) - mc) * r0;
            d0 += (Load(ref d, i) - md) * r0;
            a1 += (Load(ref a, i + Lanes) - ma) * r1;
            b1 += (Load(ref b, i + Lanes) - mb) * r1;
            c1 += (Load(ref c, i + Lanes) - mc) * r1;
            d1 += (Load(ref d, i + Lanes) - md) * r1;
        }
        (sums[0], sums[1], sums[2], sums[3]) = (Total(a0 + a1), Total(b0 + b1), Total(c0 + c1), Total(d0 + d1));
        for (; i < n; i++)
        {
            double ri = Unsafe.Add(ref pr, i);
            sums[0] += (Unsafe.Add(ref a, i) - shifts[0]) * ri;
            sums[1] += (Unsafe.Add(ref b, i) - shifts[1]) * ri;
            sums[2] += (Unsafe.Add(ref c, i) - shifts[2]) * ri;
            sums[3] += (Unsafe.Add(ref d, i) - shifts[3]) * ri;
        }
    }

    /// <summary>yᵢ += Σⱼ factorⱼ·(xᵢⱼ − shiftⱼ) over four columns of the same length as y.</summary>
    public static void AddCentred(ReadOnlySpan<double> x0, ReadOnlySpan<double> x1, ReadOnlySpan<double> x2, ReadOnlySpan<double> x3,
        ReadOnlySpan<double> shifts, ReadOnlySpan<double> factors, Span<double> y)
    {
        int n = y.Length, i = 0;
        RequireLength(n, x0, x1, x2, x3);
        ref double a = ref MemoryMarshal.GetReference(x0), b = ref MemoryMarshal.GetReference(x1);
        ref double c = ref MemoryMarshal.GetReference(x2), d = ref MemoryMarshal.GetReference(x3);
        ref double py = ref MemoryMarshal.GetReference(y);
        Vector256<double> ma = Vector256.Create(shifts[0]), mb = Vector256.Create(shifts[1]);
        Vector256<double> mc = Vector256.Create(shifts[2]), md = Vector256.Create(shifts[3]);
        Vector256<double> fa = Vector256.Create(factors[0]), fb = Vector256.Create(factors[1]);
        Vector256<double> fc = Vector256.Create(factors[2]), fd = Vector256.Create(factors[3]);
        for (; i <= n - Lanes; i += Lanes)
        {
            Vector256<double> left = (fa * (Load(ref a, i) - ma)) + (fb * (Load(ref b, i) - mb));
            Vector256<double> right = (fc * (Load(ref c, i) - mc)) + (fd * (Load(ref d, i) - md));
            (Load(ref py, i) + (left + right)).StoreUnsafe(ref py, (nuint)i);
        }
        for (; i < n; i++)
        {
            double left = (factors[0] * (Unsafe.Add(ref a, i) - shifts[0])) + (factors[1] * (Unsafe.Add(ref b, i) - shifts[1]));
            double right = (factors[2] * (Unsafe.Add(ref c, i) - shifts[2])) + (factors[3] * (Unsafe.Add(ref d, i) - shifts[3]));
            Unsafe.Add(ref py, i) += left + right;
        }
    }

    private static void RequireLength(int n, ReadOnlySpan<double> x0, ReadOnlySpan<double> x1, ReadOnlySpan<double> x2, ReadOnlySpan<double> x3)
    {
        if (x0.Length != n || x1.Length != n || x2.Length != n || x3.Length != n)
            throw new ArgumentException("The columns differ in length from the shared vector.", nameof(x0));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> Load(ref double start, int offset) => Vector256.LoadUnsafe(ref start, (nuint)offset);

    private static double Total(Vector256<double> s) => s[0] + s[1] + (s[2] + s[3]);
}
