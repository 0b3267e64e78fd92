using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace HccPipeline.Statistics.Linear;

/// <summary>The kernels of <see cref="ColumnKernels"/> for four columns at once: the shared vector is loaded once for all.</summary>
/// <remarks>Fixed lanes and order, every multiply-add fused: the same bits on every CPU.</remarks>
internal static class FourColumns
{
    private const int Lanes = LaneMask.Lanes;

    /// <summary>sumsⱼ = Σ (xᵢⱼ − shiftⱼ)·rᵢ for four columns of the same length as r.</summary>
    public static void DotCentred(ReadOnlySpan<double> x0, ReadOnlySpan<double> x1, ReadOnlySpan<double> x2, ReadOnlySpan<double> x3,
        ReadOnlySpan<double> shifts, ReadOnlySpan<double> r, Span<double> sums)
    {
        int n = r.Length, i = 0;
        RequireLength(n, x0, x1, x2, x3);
        if (n < Lanes)
        {
            sums[0] = ColumnKernels.DotCentred(x0, shifts[0], r);
            sums[1] = ColumnKernels.DotCentred(x1, shifts[1], r);
            sums[2] = ColumnKernels.DotCentred(x2, shifts[2], r);
            sums[3] = ColumnKernels.DotCentred(x3, shifts[3], r);
            return;
        }
        ref double a = ref MemoryMarshal.GetReference(x0), b = ref MemoryMarshal.GetReference(x1);
        ref double c = ref MemoryMarshal.GetReference(x2), d = ref MemoryMarshal.GetReference(x3);
        ref double pr = ref MemoryMarshal.GetReference(r);
        Vector512<double> ma = Vector512.Create(shifts[0]), mb = Vector512.Create(shifts[1]);
        Vector512<double> mc = Vector512.Create(shifts[2]), md = Vector512.Create(shifts[3]);
        Vector512<double> a0 = default, b0 = default, c0 = default, d0 = default, a1 = default, b1 = default, c1 = default, d1 = default;
        for (; i <= n - (2 * Lanes); i += 2 * Lanes)
        {
            Vector512<double> r0 = Load(ref pr, i), r1 = Load(ref pr, i + Lanes);
            a0 = Vector512.FusedMultiplyAdd(Load(ref a, i) - ma, r0, a0);
            b0 = Vector512.FusedMultiplyAdd(Load(ref b, i) - mb, r0, b0);
            c0 = Vector512.FusedMultiplyAdd(Load(ref c, i) - mc, r0, c0);
            d0 = Vector512.FusedMultiplyAdd(Load(ref d, i) - md, r0, d0);
            a1 = Vector512.FusedMultiplyAdd(Load(ref a, i + Lanes) - ma, r1, a1);
            b1 = Vector512.FusedMultiplyAdd(Load(ref b, i + Lanes) - mb, r1, b1);
            c1 = Vector512.FusedMultiplyAdd(Load(ref c, i + Lanes) - mc, r1, c1);
            d1 = Vector512.FusedMultiplyAdd(Load(ref d, i + Lanes) - md, r1, d1);
        }
        // At most two vectors are left; the last overlaps what is done, where its residuals count as zero.
        for (; i < n; i += Lanes)
        {
            int at = Math.Min(i, n - Lanes);
            Vector512<double> rest = at == i ? Load(ref pr, i) : LaneMask.Last(n - i) & Load(ref pr, at);
            a0 = Vector512.FusedMultiplyAdd(Load(ref a, at) - ma, rest, a0);
            b0 = Vector512.FusedMultiplyAdd(Load(ref b, at) - mb, rest, b0);
            c0 = Vector512.FusedMultiplyAdd(Load(ref c, at) - mc, rest, c0);
            d0 = Vector512.FusedMultiplyAdd(Load(ref d, at) - md, rest, d0);
        }
        (sums[0], sums[1], sums[2], sums[3]) =
            (LaneMask.Total(a0 + a1), LaneMask.Total(b0 + b1), LaneMask.Total(c0 + c1), LaneMask.Total(d0 + d1));
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
        Vector512<double> ma = Vector512.Create(shifts[0]), mb = Vector512.Create(shifts[1]);
        Vector512<double> mc = Vector512.Create(shifts[2]), md = Vector512.Create(shifts[3]);
        Vector512<double> fa = Vector512.Create(factors[0]), fb = Vector512.Create(factors[1]);
        Vector512<double> fc = Vector512.Create(factors[2]), fd = Vector512.Create(factors[3]);
        for (; i <= n - Lanes; i += Lanes)
        {
            Vector512<double> left = Vector512.FusedMultiplyAdd(fa, Load(ref a, i) - ma, Load(ref py, i));
            left = Vector512.FusedMultiplyAdd(fb, Load(ref b, i) - mb, left);
            Vector512<double> right = Vector512.FusedMultiplyAdd(fd, Load(ref d, i) - md, fc * (Load(ref c, i) - mc));
            (left + right).StoreUnsafe(ref py, (nuint)i);
        }
        for (; i < n; i++)
        {
            double left = Math.FusedMultiplyAdd(factors[0], Unsafe.Add(ref a, i) - shifts[0], Unsafe.Add(ref py, i));
            left = Math.FusedMultiplyAdd(factors[1], Unsafe.Add(ref b, i) - shifts[1], left);
            double right = factors[2] * (Unsafe.Add(ref c, i) - shifts[2]);
            Unsafe.Add(ref py, i) = left + Math.FusedMultiplyAdd(factors[3], Unsafe.Add(ref d, i) - shifts[3], right);
        }
    }

    private static void RequireLength(int n, ReadOnlySpan<double> x0, ReadOnlySpan<double> x1, ReadOnlySpan<double> x2, ReadOnlySpan<double> x3)
    {
        if (x0.Length != n || x1.Length != n || x2.Length != n || x3.Length != n)
            throw new ArgumentException("The columns differ in length from the shared vector.", nameof(x0));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Load(ref double start, int offset) => Vector512.LoadUnsafe(ref start, (nuint)offset);
}
