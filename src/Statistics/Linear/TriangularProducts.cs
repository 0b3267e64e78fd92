using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace HccPipeline.Statistics.Linear;

/// <summary>Products with a lower triangular matrix.</summary>
/// <remarks>Fixed lanes and order, every multiply-add fused: the same bits on every CPU.</remarks>
internal static class TriangularProducts
{
    private const int Lanes = LaneMask.Lanes;
    private const int Group = 4;

    /// <summary>x = V'Vb, each row of V read once for both products.</summary>
    /// <param name="rows">V, row-major, zero above the diagonal; whole groups of rows and whole vectors of columns, zeros beyond the
    /// order.</param>
    /// <param name="stride">Length of a row, a multiple of eight.</param>
    /// <param name="order">Order of V.</param>
    /// <param name="b">Right side, filled up with zeros to whole vectors.</param>
    /// <param name="x">Receives the product, in whole vectors.</param>
    public static void ApplyGram(ReadOnlySpan<double> rows, int stride, int order, ReadOnlySpan<double> b, Span<double> x)
    {
        int width = (order + Lanes - 1) / Lanes * Lanes;
        if (stride % Lanes != 0 || rows.Length < width * stride || b.Length < width || x.Length < width)
            throw new ArgumentException("The triangle or the vectors are not filled up to whole vectors.", nameof(rows));
        x[..width].Clear();
        ref double pb = ref MemoryMarshal.GetReference(b), px = ref MemoryMarshal.GetReference(x);
        for (int i = 0; i < order; i += Group)
        {
            ref double v0 = ref Unsafe.Add(ref MemoryMarshal.GetReference(rows), i * stride), v1 = ref Unsafe.Add(ref v0, stride);
            ref double v2 = ref Unsafe.Add(ref v1, stride), v3 = ref Unsafe.Add(ref v2, stride);
            int length = (i + Group + Lanes - 1) / Lanes * Lanes;
            Vector512<double> s0 = default, s1 = default, s2 = default, s3 = default;
            for (int j = 0; j < length; j += Lanes)
            {
                Vector512<double> right = Load(ref pb, j);
                s0 = Vector512.FusedMultiplyAdd(Load(ref v0, j), right, s0);
                s1 = Vector512.FusedMultiplyAdd(Load(ref v1, j), right, s1);
                s2 = Vector512.FusedMultiplyAdd(Load(ref v2, j), right, s2);
                s3 = Vector512.FusedMultiplyAdd(Load(ref v3, j), right, s3);
            }
            s0 = Vector512.Create(LaneMask.Total(s0));
            s1 = Vector512.Create(LaneMask.Total(s1));
            s2 = Vector512.Create(LaneMask.Total(s2));
            s3 = Vector512.Create(LaneMask.Total(s3));
            for (int j = 0; j < length; j += Lanes)
            {
                Vector512<double> left = Vector512.FusedMultiplyAdd(Load(ref v0, j), s0, Load(ref px, j));
                left = Vector512.FusedMultiplyAdd(Load(ref v1, j), s1, left);
                Vector512<double> right = Vector512.FusedMultiplyAdd(Load(ref v2, j), s2, Load(ref v3, j) * s3);
                (left + right).StoreUnsafe(ref px, (nuint)j);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Load(ref double start, int offset) => Vector512.LoadUnsafe(ref start, (nuint)offset);
}
