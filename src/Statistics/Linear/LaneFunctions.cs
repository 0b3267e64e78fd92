using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace HccPipeline.Statistics.Linear;

/// <summary>Exponential and logarithm of eight numbers at once.</summary>
/// <remarks>Own functions because those of the platform choose their code by the CPU. These use IEEE basic operations and fused
/// multiply-adds only, which every CPU rounds the same.</remarks>
internal static class LaneFunctions
{
    // ln 2 in two parts; the high one has enough trailing zeros that k·high is exact.
    private const double Ln2High = 0.693147180369123816490;
    private const double Ln2Low = 1.90821492927058770002e-10;
    private const double Log2E = 1.4426950408889634;

    /// <summary>Added to a number and taken away again, it leaves the nearest integer, which stands in its lowest bits in between.</summary>
    private const double Rounder = 6755399441055744;

    /// <summary>e to this power and its inverse are normal numbers.</summary>
    private const double LargestExponent = 708;

    private const long BitsOfRootHalf = 0x3FE6A09E667F3BCD;
    private const int MantissaBits = 52;

    /// <summary>eˣ within 2 ulp, x taken into [−708, 708].</summary>
    /// <remarks>eˣ = 2ᵏ·eʳ with |r| ≤ ½ ln 2; fourteen terms of the series leave less than an ulp.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Exp(Vector512<double> x)
    {
        x = Vector512.Max(Vector512.Min(x, Vector512.Create(LargestExponent)), Vector512.Create(-LargestExponent));
        Vector512<double> rounded = Vector512.FusedMultiplyAdd(x, Vector512.Create(Log2E), Vector512.Create(Rounder));
        Vector512<double> k = rounded - Vector512.Create(Rounder);
        Vector512<double> r = Vector512.FusedMultiplyAdd(k, Vector512.Create(-Ln2High), x);
        r = Vector512.FusedMultiplyAdd(k, Vector512.Create(-Ln2Low), r);
        Vector512<double> sum = Vector512.Create(1.0 / 6_227_020_800);
        sum = Vector512.FusedMultiplyAdd(sum, r, Vector512.Create(1.0 / 479_001_600));
        sum = Vector512.FusedMultiplyAdd(sum, r, Vector512.Create(1.0 / 39_916_800));
        sum = Vector512.FusedMultiplyAdd(sum, r, Vector512.Create(1.0 / 3_628_800));
        sum = Vector512.FusedMultiplyAdd(sum, r, Vector512.Create(1.0 / 362_880));
        sum = Vector512.FusedMultiplyAdd(sum, r, Vector512.Create(1.0 / 40_320));
        sum = Vector512.FusedMultiplyAdd(sum, r, Vector512.Create(1.0 / 5_040));
        sum = Vector512.FusedMultiplyAdd(sum, r, Vector512.Create(1.0 / 720));
        sum = Vector512.FusedMultiplyAdd(sum, r, Vector512.Create(1.0 / 120));
        sum = Vector512.FusedMultiplyAdd(sum, r, Vector512.Create(1.0 / 24));
        sum = Vector512.FusedMultiplyAdd(sum, r, Vector512.Create(1.0 / 6));
        sum = Vector512.FusedMultiplyAdd(sum, r, Vector512.Create(0.5));
        sum = Vector512.FusedMultiplyAdd(sum, r, Vector512<double>.One);
        sum = Vector512.FusedMultiplyAdd(sum, r, Vector512<double>.One);
        return (sum.AsInt64() + Vector512.ShiftLeft(rounded.AsInt64(), MantissaBits)).AsDouble();
    }

    /// <summary>ln x within 3 ulp for normal x &gt; 0; anything for other x.</summary>
    /// <remarks>x = 2ᵉ·m with m in [√½, √2); ln m = 2 artanh s, s = (m − 1)/(m + 1), |s| ≤ 0.1716.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Log(Vector512<double> x)
    {
        Vector512<long> exponent = Vector512.ShiftRightArithmetic(x.AsInt64() - Vector512.Create(BitsOfRootHalf), MantissaBits);
        Vector512<double> m = (x.AsInt64() - Vector512.ShiftLeft(exponent, MantissaBits)).AsDouble();
        Vector512<double> e = Vector512.ConvertToDouble(exponent);
        Vector512<double> s = (m - Vector512<double>.One) / (m + Vector512<double>.One), s2 = s * s;
        Vector512<double> series = Vector512.Create(1.0 / 21);
        series = Vector512.FusedMultiplyAdd(series, s2, Vector512.Create(1.0 / 19));
        series = Vector512.FusedMultiplyAdd(series, s2, Vector512.Create(1.0 / 17));
        series = Vector512.FusedMultiplyAdd(series, s2, Vector512.Create(1.0 / 15));
        series = Vector512.FusedMultiplyAdd(series, s2, Vector512.Create(1.0 / 13));
        series = Vector512.FusedMultiplyAdd(series, s2, Vector512.Create(1.0 / 11));
        series = Vector512.FusedMultiplyAdd(series, s2, Vector512.Create(1.0 / 9));
        series = Vector512.FusedMultiplyAdd(series, s2, Vector512.Create(1.0 / 7));
        series = Vector512.FusedMultiplyAdd(series, s2, Vector512.Create(1.0 / 5));
        series = Vector512.FusedMultiplyAdd(series, s2, Vector512.Create(1.0 / 3));
        Vector512<double> twice = s + s;
        Vector512<double> low = Vector512.FusedMultiplyAdd(e, Vector512.Create(Ln2Low), twice * s2 * series);
        return Vector512.FusedMultiplyAdd(e, Vector512.Create(Ln2High), low + twice);
    }
}
