using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace HccPipeline.Statistics.Linear;

/// <summary>What the kernels share: the sum over lanes in a fixed order, and masks for the rows after the last full vector.</summary>
internal static class LaneMask
{
    /// <summary>Doubles in a vector.</summary>
    public const int Lanes = 8;

    private static ReadOnlySpan<long> Bits => [0, 0, 0, 0, 0, 0, 0, 0, -1, -1, -1, -1, -1, -1, -1, -1];

    /// <summary>All bits in the last <paramref name="count"/> lanes: for a vector that ends where the data end and of which
    /// only these lanes are new.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Last(int count) =>
        Vector512.LoadUnsafe(ref MemoryMarshal.GetReference(Bits), (nuint)count).AsDouble();

    /// <summary>Sum of the lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Total(Vector512<double> s)
    {
        Vector256<double> four = s.GetLower() + s.GetUpper();
        Vector128<double> two = four.GetLower() + four.GetUpper();
        return two[0] + two[1];
    }
}
