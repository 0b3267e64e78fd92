using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace HccPipeline.Statistics.Linear;

/// <summary>Cross-products of two groups of eight columns whose values lie row by row, accumulated in registers.</summary>
/// <remarks>Each of the 64 sums takes the rows in their order by fused multiply-add, whatever the width of the vectors, so
/// that the shape of the kernel may follow the machine and the bits do not.</remarks>
internal static class TileProducts
{
    /// <summary>Columns in a group.</summary>
    public const int Group = 8;

    /// <summary>sums[a, b] += Σᵢ left[i, a]·right[i, b].</summary>
    /// <param name="left">rows × 8 values.</param>
    /// <param name="right">rows × 8 values.</param>
    /// <param name="sums">8 rows of 8 sums, each <paramref name="stride"/> after the one before.</param>
    /// <param name="stride">Distance of the rows of <paramref name="sums"/>, at least 8.</param>
    public static void Add(ReadOnlySpan<double> left, ReadOnlySpan<double> right, Span<double> sums, int stride)
    {
        int rows = left.Length / Group;
        if (right.Length != rows * Group || sums.Length < (7 * stride) + Group)
            throw new ArgumentException("The groups differ in length, or the sums do not fit.", nameof(sums));
        ref double a = ref MemoryMarshal.GetReference(left);
        ref double b = ref MemoryMarshal.GetReference(right);
        ref double s = ref MemoryMarshal.GetReference(sums);
        if (Vector512.IsHardwareAccelerated)
        {
            AddWide(ref a, ref b, rows, ref s, stride);
            return;
        }
        AddNarrow(ref a, ref b, rows, ref s, stride);
        AddNarrow(ref Unsafe.Add(ref a, 4), ref b, rows, ref Unsafe.Add(ref s, 4 * stride), stride);
    }

    private static void AddWide(ref double a, ref double b, int rows, ref double sums, int stride)
    {
        Vector512<double> s0 = Vector512.LoadUnsafe(ref sums), s1 = Vector512.LoadUnsafe(ref sums, (nuint)stride);
        Vector512<double> s2 = Vector512.LoadUnsafe(ref sums, (nuint)(2 * stride)), s3 = Vector512.LoadUnsafe(ref sums, (nuint)(3 * stride));
        Vector512<double> s4 = Vector512.LoadUnsafe(ref sums, (nuint)(4 * stride)), s5 = Vector512.LoadUnsafe(ref sums, (nuint)(5 * stride));
        Vector512<double> s6 = Vector512.LoadUnsafe(ref sums, (nuint)(6 * stride)), s7 = Vector512.LoadUnsafe(ref sums, (nuint)(7 * stride));
        for (int i = 0; i < rows; i++)
        {
            Vector512<double> v = Vector512.LoadUnsafe(ref b);
            s0 = Vector512.FusedMultiplyAdd(Vector512.Create(a), v, s0);
            s1 = Vector512.FusedMultiplyAdd(Vector512.Create(Unsafe.Add(ref a, 1)), v, s1);
            s2 = Vector512.FusedMultiplyAdd(Vector512.Create(Unsafe.Add(ref a, 2)), v, s2);
            s3 = Vector512.FusedMultiplyAdd(Vector512.Create(Unsafe.Add(ref a, 3)), v, s3);
            s4 = Vector512.FusedMultiplyAdd(Vector512.Create(Unsafe.Add(ref a, 4)), v, s4);
            s5 = Vector512.FusedMultiplyAdd(Vector512.Create(Unsafe.Add(ref a, 5)), v, s5);
            s6 = Vector512.FusedMultiplyAdd(Vector512.Create(Unsafe.Add(ref a, 6)), v, s6);
            s7 = Vector512.FusedMultiplyAdd(Vector512.Create(Unsafe.Add(ref a, 7)), v, s7);
            a = ref Unsafe.Add(ref a, Group);
            b = ref Unsafe.Add(ref b, Group);
        }
        s0.StoreUnsafe(ref sums);
        s1.StoreUnsafe(ref sums, (nuint)stride);
        s2.StoreUnsafe(ref sums, (nuint)(2 * stride));
        s3.StoreUnsafe(ref sums, (nuint)(3 * stride));
        s4.StoreUnsafe(ref sums, (nuint)(4 * stride));
        s5.StoreUnsafe(ref sums, (nuint)(5 * stride));
        s6.StoreUnsafe(ref sums, (nuint)(6 * stride));
        s7.StoreUnsafe(ref sums, (nuint)(7 * stride));
    }

    /// <summary>Four columns on the left: what fits sixteen registers of four.</summary>
    private static void AddNarrow(ref double a, ref double b, int rows, ref double sums, int stride)
    {
        Vector256<double> s00 = Vector256.LoadUnsafe(ref sums), s01 = Vector256.LoadUnsafe(ref sums, 4);
        Vector256<double> s10 = Vector256.LoadUnsafe(ref sums, (nuint)stride), s11 = Vector256.LoadUnsafe(ref sums, (nuint)(stride + 4));
        Vector256<double> s20 = Vector256.LoadUnsafe(ref sums, (nuint)(2 * stride)), s21 = Vector256.LoadUnsafe(ref sums, (nuint)((2 * stride) + 4));
        Vector256<double> s30 = Vector256.LoadUnsafe(ref sums, (nuint)(3 * stride)), s31 = Vector256.LoadUnsafe(ref sums, (nuint)((3 * stride) + 4));
        for (int i = 0; i < rows; i++)
        {
            Vector256<double> b0 = Vector256.LoadUnsafe(ref b), b1 = Vector256.LoadUnsafe(ref b, 4);
            Vector256<double> v = Vector256.Create(a);
            s00 = Vector256.FusedMultiplyAdd(v, b0, s00);
            s01 = Vector256.FusedMultiplyAdd(v, b1, s01);
            v = Vector256.Create(Unsafe.Add(ref a, 1));
            s10 = Vector256.FusedMultiplyAdd(v, b0, s10);
            s11 = Vector256.FusedMultiplyAdd(v, b1, s11);
            v = Vector256.Create(Unsafe.Add(ref a, 2));
            s20 = Vector256.FusedMultiplyAdd(v, b0, s20);
            s21 = Vector256.FusedMultiplyAdd(v, b1, s21);
            v = Vector256.Create(Unsafe.Add(ref a, 3));
            s30 = Vector256.FusedMultiplyAdd(v, b0, s30);
            s31 = Vector256.FusedMultiplyAdd(v, b1, s31);
            a = ref Unsafe.Add(ref a, Group);
            b = ref Unsafe.Add(ref b, Group);
        }
        s00.StoreUnsafe(ref sums);
        s01.StoreUnsafe(ref sums, 4);
        s10.StoreUnsafe(ref sums, (nuint)stride);
        s11.StoreUnsafe(ref sums, (nuint)(stride + 4));
        s20.StoreUnsafe(ref sums, (nuint)(2 * stride));
        s21.StoreUnsafe(ref sums, (nuint)((2 * stride) + 4));
        s30.StoreUnsafe(ref sums, (nuint)(3 * stride));
        s31.StoreUnsafe(ref sums, (nuint)((3 * stride) + 4));
    }
}
