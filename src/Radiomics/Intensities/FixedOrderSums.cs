using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace HccPipeline.Radiomics;

/// <summary>Sums over a region in an order that no processor changes: four lanes of <see cref="Vector256"/>, added at the end in turn.</summary>
internal static class FixedOrderSums
{
    /// <summary>Σ x and Σ x².</summary>
    internal static (double Sum, double Squares) OfPowers(ReadOnlySpan<float> x)
    {
        Vector256<double> sum = default, squares = default;
        ReadOnlySpan<Vector128<float>> quads = MemoryMarshal.Cast<float, Vector128<float>>(x);
        foreach (Vector128<float> quad in quads)
        {
            Vector256<double> v = Widen(quad);
            sum += v;
            squares += v * v;
        }
        double s = Total(sum), q = Total(squares);
        foreach (float tail in x[(quads.Length * 4)..])
        {
            s += tail;
            q += (double)tail * tail;
        }
        return (s, q);
    }

    /// <summary>Σ d², Σ d³, Σ d⁴ and Σ |d| with d = x − centre.</summary>
    internal static (double Second, double Third, double Fourth, double Absolute) OfDeviations(ReadOnlySpan<float> x, double centre)
    {
        Vector256<double> m2 = default, m3 = default, m4 = default, abs = default, origin = Vector256.Create(centre);
        ReadOnlySpan<Vector128<float>> quads = MemoryMarshal.Cast<float, Vector128<float>>(x);
        foreach (Vector128<float> quad in quads)
        {
            Vector256<double> d = Widen(quad) - origin, d2 = d * d;
            m2 += d2;
            m3 += d2 * d;
            m4 += d2 * d2;
            abs += Vector256.Abs(d);
        }
        (double s2, double s3, double s4, double sa) = (Total(m2), Total(m3), Total(m4), Total(abs));
        foreach (float tail in x[(quads.Length * 4)..])
        {
            double d = tail - centre, d2 = d * d;
            s2 += d2;
            s3 += d2 * d;
            s4 += d2 * d2;
            sa += Math.Abs(d);
        }
        return (s2, s3, s4, sa);
    }

    private static Vector256<double> Widen(Vector128<float> quad)
    {
        (Vector128<double> lower, Vector128<double> upper) = Vector128.Widen(quad);
        return Vector256.Create(lower, upper);
    }

    private static double Total(Vector256<double> lanes) => lanes[0] + lanes[1] + lanes[2] + lanes[3];
}
