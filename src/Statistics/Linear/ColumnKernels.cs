using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace HccPipeline.Statistics.Linear;

/// <summary>Dot products and updates over matrix columns.</summary>
/// <remarks>Sums run over fixed lanes of eight, added in a fixed order; every multiply-add is fused, which is rounded the
/// same in hardware and in software: every CPU, with or without vector units, gives the same bits. Columns are centred on
/// the fly, so that a large mean costs no digits and no centred copy of the data is needed.</remarks>
internal static class ColumnKernels
{
    private const int Lanes = LaneMask.Lanes;

    /// <summary>Σ (xᵢ − shift)·rᵢ.</summary>
    public static double DotCentred(ReadOnlySpan<double> x, double shift, ReadOnlySpan<double> r)
    {
        int n = Math.Min(x.Length, r.Length), i = 0;
        ref double px = ref MemoryMarshal.GetReference(x);
        ref double pr = ref MemoryMarshal.GetReference(r);
        if (n < Lanes)
        {
            double few = 0;
            for (; i < n; i++) few = Math.FusedMultiplyAdd(Unsafe.Add(ref px, i) - shift, Unsafe.Add(ref pr, i), few);
            return few;
        }
        Vector512<double> m = Vector512.Create(shift);
        Vector512<double> s0 = default, s1 = default, s2 = default, s3 = default;
        for (; i <= n - (4 * Lanes); i += 4 * Lanes)
        {
            s0 = Vector512.FusedMultiplyAdd(Load(ref px, i) - m, Load(ref pr, i), s0);
            s1 = Vector512.FusedMultiplyAdd(Load(ref px, i + Lanes) - m, Load(ref pr, i + Lanes), s1);
            s2 = Vector512.FusedMultiplyAdd(Load(ref px, i + (2 * Lanes)) - m, Load(ref pr, i + (2 * Lanes)), s2);
            s3 = Vector512.FusedMultiplyAdd(Load(ref px, i + (3 * Lanes)) - m, Load(ref pr, i + (3 * Lanes)), s3);
        }
        for (; i <= n - Lanes; i += Lanes) s0 = Vector512.FusedMultiplyAdd(Load(ref px, i) - m, Load(ref pr, i), s0);
        if (i < n)
            s1 = Vector512.FusedMultiplyAdd(Load(ref px, n - Lanes) - m, LaneMask.Last(n - i) & Load(ref pr, n - Lanes), s1);
        return LaneMask.Total(s0 + s1 + (s2 + s3));
    }

    /// <summary>yᵢ += factor·(xᵢ − shift).</summary>
    public static void AddCentred(ReadOnlySpan<double> x, double shift, double factor, Span<double> y)
    {
        int n = Math.Min(x.Length, y.Length), i = 0;
        ref double px = ref MemoryMarshal.GetReference(x);
        ref double py = ref MemoryMarshal.GetReference(y);
        Vector512<double> m = Vector512.Create(shift), f = Vector512.Create(factor);
        for (; i <= n - Lanes; i += Lanes)
            Vector512.FusedMultiplyAdd(f, Load(ref px, i) - m, Load(ref py, i)).StoreUnsafe(ref py, (nuint)i);
        for (; i < n; i++) Unsafe.Add(ref py, i) = Math.FusedMultiplyAdd(factor, Unsafe.Add(ref px, i) - shift, Unsafe.Add(ref py, i));
    }

    /// <summary>yᵢ −= factor·xᵢ.</summary>
    public static void Subtract(ReadOnlySpan<double> x, double factor, Span<double> y)
    {
        int n = Math.Min(x.Length, y.Length), i = 0;
        ref double px = ref MemoryMarshal.GetReference(x);
        ref double py = ref MemoryMarshal.GetReference(y);
        Vector512<double> f = Vector512.Create(-factor);
        for (; i <= n - Lanes; i += Lanes)
            Vector512.FusedMultiplyAdd(f, Load(ref px, i), Load(ref py, i)).StoreUnsafe(ref py, (nuint)i);
        for (; i < n; i++) Unsafe.Add(ref py, i) = Math.FusedMultiplyAdd(-factor, Unsafe.Add(ref px, i), Unsafe.Add(ref py, i));
    }

    /// <summary>Turns two vectors by an angle: (x, y) becomes (cosine·x + sine·y, cosine·y − sine·x).</summary>
    public static void Rotate(Span<double> x, Span<double> y, double cosine, double sine)
    {
        int n = Math.Min(x.Length, y.Length), i = 0;
        ref double px = ref MemoryMarshal.GetReference(x);
        ref double py = ref MemoryMarshal.GetReference(y);
        Vector512<double> c = Vector512.Create(cosine), s = Vector512.Create(sine);
        for (; i <= n - Lanes; i += Lanes)
        {
            Vector512<double> a = Load(ref px, i), b = Load(ref py, i);
            Vector512.FusedMultiplyAdd(c, a, s * b).StoreUnsafe(ref px, (nuint)i);
            Vector512.FusedMultiplyAdd(c, b, -(s * a)).StoreUnsafe(ref py, (nuint)i);
        }
        for (; i < n; i++)
        {
            ref double a = ref Unsafe.Add(ref px, i), b = ref Unsafe.Add(ref py, i);
            (a, b) = (Math.FusedMultiplyAdd(cosine, a, sine * b), Math.FusedMultiplyAdd(cosine, b, -(sine * a)));
        }
    }

    /// <summary>Σ wᵢ·xᵢ.</summary>
    public static double Dot(ReadOnlySpan<double> x, ReadOnlySpan<double> w) => DotCentred(x, 0, w);

    /// <summary>Σ wᵢ·(xᵢ − shift)².</summary>
    public static double WeightedSquares(ReadOnlySpan<double> x, double shift, ReadOnlySpan<double> w)
    {
        int n = Math.Min(x.Length, w.Length), i = 0;
        ref double px = ref MemoryMarshal.GetReference(x);
        ref double pw = ref MemoryMarshal.GetReference(w);
        Vector512<double> m = Vector512.Create(shift), s0 = default, s1 = default;
        for (; i <= n - (2 * Lanes); i += 2 * Lanes)
        {
            Vector512<double> a = Load(ref px, i) - m, b = Load(ref px, i + Lanes) - m;
            s0 = Vector512.FusedMultiplyAdd(a * a, Load(ref pw, i), s0);
            s1 = Vector512.FusedMultiplyAdd(b * b, Load(ref pw, i + Lanes), s1);
        }
        double sum = LaneMask.Total(s0 + s1);
        for (; i < n; i++)
        {
            double d = Unsafe.Add(ref px, i) - shift;
            sum = Math.FusedMultiplyAdd(d * d, Unsafe.Add(ref pw, i), sum);
        }
        return sum;
    }

    /// <summary>Σ (aᵢ − scale·bᵢ)².</summary>
    public static double SquaredDistance(ReadOnlySpan<double> a, double scale, ReadOnlySpan<double> b)
    {
        int n = Math.Min(a.Length, b.Length), i = 0;
        ref double pa = ref MemoryMarshal.GetReference(a);
        ref double pb = ref MemoryMarshal.GetReference(b);
        Vector512<double> c = Vector512.Create(-scale), s0 = default, s1 = default;
        for (; i <= n - (2 * Lanes); i += 2 * Lanes)
        {
            Vector512<double> d0 = Vector512.FusedMultiplyAdd(c, Load(ref pb, i), Load(ref pa, i));
            Vector512<double> d1 = Vector512.FusedMultiplyAdd(c, Load(ref pb, i + Lanes), Load(ref pa, i + Lanes));
            s0 = Vector512.FusedMultiplyAdd(d0, d0, s0);
            s1 = Vector512.FusedMultiplyAdd(d1, d1, s1);
        }
        double sum = LaneMask.Total(s0 + s1);
        for (; i < n; i++)
        {
            double d = Math.FusedMultiplyAdd(-scale, Unsafe.Add(ref pb, i), Unsafe.Add(ref pa, i));
            sum = Math.FusedMultiplyAdd(d, d, sum);
        }
        return sum;
    }

    /// <summary>Index of the first NaN or infinity, or −1.</summary>
    public static int IndexOfNonFinite(ReadOnlySpan<double> x)
    {
        int i = 0;
        ref double px = ref MemoryMarshal.GetReference(x);
        // x − x is NaN for both, zero for all else.
        for (; i <= x.Length - Lanes; i += Lanes)
        {
            Vector512<double> v = Load(ref px, i);
            if (!Vector512.EqualsAll(v - v, Vector512<double>.Zero)) break;
        }
        for (; i < x.Length; i++)
            if (!double.IsFinite(x[i])) return i;
        return -1;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Load(ref double start, int offset) => Vector512.LoadUnsafe(ref start, (nuint)offset);
}
