using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace HccPipeline.Statistics.Linear;

/// <summary>Dot products and updates over matrix columns.</summary>
/// <remarks>Sums run over sixteen fixed lanes (four accumulators of four), added in a fixed order, without fused
/// multiply-add: every CPU, with or without vector units, gives the same bits. Columns are centred on the fly, so that a
/// large mean costs no digits and no centred copy of the data is needed.</remarks>
internal static class ColumnKernels
{
    private const int Lanes = 4;

    /// <summary>Σ (xᵢ − shift)·rᵢ.</summary>
    public static double DotCentred(ReadOnlySpan<double> x, double shift, ReadOnlySpan<double> r)
    {
        int n = Math.Min(x.Length, r.Length), i = 0;
        ref double px = ref MemoryMarshal.GetReference(x);
        ref double pr = ref MemoryMarshal.GetReference(r);
        Vector256<double> m = Vector256.Create(shift);
        Vector256<double> s0 = default, s1 = default, s2 = default, s3 = default;
        for (; i <= n - (4 * Lanes); i += 4 * Lanes)
        {
            s0 += (Load(ref px, i) - m) * Load(ref pr, i);
            s1 += (Load(ref px, i + 4) - m) * Load(ref pr, i + 4);
            s2 += (Load(ref px, i + 8) - m) * Load(ref pr, i + 8);
            s3 += (Load(ref px, i + 12) - m) * Load(ref pr, i + 12);
        }
        for (; i <= n - Lanes; i += Lanes) s0 += (Load(ref px, i) - m) * Load(ref pr, i);
        double sum = Total(s0 + s1 + (s2 + s3));
        for (; i < n; i++) sum += (Unsafe.Add(ref px, i) - shift) * Unsafe.Add(ref pr, i);
        return sum;
    }

    /// <summary>yᵢ += factor·(xᵢ − shift).</summary>
    public static void AddCentred(ReadOnlySpan<double> x, double shift, double factor, Span<double> y)
    {
        int n = Math.Min(x.Length, y.Length), i = 0;
        ref double px = ref MemoryMarshal.GetReference(x);
        ref double py = ref MemoryMarshal.GetReference(y);
        Vector256<double> m = Vector256.Create(shift), f = Vector256.Create(factor);
        for (; i <= n - Lanes; i += Lanes) (Load(ref py, i) + (f * (Load(ref px, i) - m))).StoreUnsafe(ref py, (nuint)i);
        for (; i < n; i++) Unsafe.Add(ref py, i) += factor * (Unsafe.Add(ref px, i) - shift);
    }

    /// <summary>yᵢ −= factor·xᵢ.</summary>
    public static void Subtract(ReadOnlySpan<double> x, double factor, Span<double> y)
    {
        int n = Math.Min(x.Length, y.Length), i = 0;
        ref double px = ref MemoryMarshal.GetReference(x);
        ref double py = ref MemoryMarshal.GetReference(y);
        Vector256<double> f = Vector256.Create(factor);
        for (; i <= n - Lanes; i += Lanes) (Load(ref py, i) - (f * Load(ref px, i))).StoreUnsafe(ref py, (nuint)i);
        for (; i < n; i++) Unsafe.Add(ref py, i) -= factor * Unsafe.Add(ref px, i);
    }

    /// <summary>Σ wᵢ·xᵢ.</summary>
    public static double Dot(ReadOnlySpan<double> x, ReadOnlySpan<double> w) => DotCentred(x, 0, w);

    /// <summary>Σ wᵢ·(xᵢ − shift)².</summary>
    public static double WeightedSquares(ReadOnlySpan<double> x, double shift, ReadOnlySpan<double> w)
    {
        int n = Math.Min(x.Length, w.Length), i = 0;
        ref double px = ref MemoryMarshal.GetReference(x);
        ref double pw = ref MemoryMarshal.GetReference(w);
        Vector256<double> m = Vector256.Create(shift), s0 = default, s1 = default;
        for (; i <= n - (2 * Lanes); i += 2 * Lanes)
        {
            Vector256<double> a = Load(ref px, i) - m, b = Load(ref px, i + 4) - m;
            s0 += a * a * Load(ref pw, i);
            s1 += b * b * Load(ref pw, i + 4);
        }
        double sum = Total(s0 + s1);
        for (; i < n; i++)
        {
            double d = Unsafe.Add(ref px, i) - shift;
            sum += d * d * Unsafe.Add(ref pw, i);
        }
        return sum;
    }

    /// <summary>Σ (aᵢ − scale·bᵢ)².</summary>
    public static double SquaredDistance(ReadOnlySpan<double> a, double scale, ReadOnlySpan<double> b)
    {
        int n = Math.Min(a.Length, b.Length), i = 0;
        ref double pa = ref MemoryMarshal.GetReference(a);
        ref double pb = ref MemoryMarshal.GetReference(b);
        Vector256<double> c = Vector256.Create(scale), s0 = default, s1 = default;
        for (; i <= n - (2 * Lanes); i += 2 * Lanes)
        {
            Vector256<double> d0 = Load(ref pa, i) - (c * Load(ref pb, i)), d1 = Load(ref pa, i + 4) - (c * Load(ref pb, i + 4));
            s0 += d0 * d0;
            s1 += d1 * d1;
        }
        double sum = Total(s0 + s1);
        for (; i < n; i++)
        {
            double d = Unsafe.Add(ref pa, i) - (scale * Unsafe.Add(ref pb, i));
            sum += d * d;
        }
        return sum;
    }

    /// <summary>Index of the first NaN or infinity, or −1.</summary>
    public static int IndexOfNonFinite(ReadOnlySpan<double> x)
    {
        for (int i = 0; i < x.Length; i++)
            if (!double.IsFinite(x[i])) return i;
        return -1;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> Load(ref double start, int offset) => Vector256.LoadUnsafe(ref start, (nuint)offset);

    private static double Total(Vector256<double> s) => s[0] + s[1] + (s[2] + s[3]);
}
