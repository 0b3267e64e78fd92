using System.Numerics;

namespace HccPipeline.Radiomics;

/// <summary>Spherical harmonics with the Condon–Shortley phase.</summary>
internal static class SphericalHarmonics
{
    /// <summary>Y of degree n and orders −n…n.</summary>
    /// <param name="n">Degree.</param>
    /// <param name="azimuth">e^(i·azimuth).</param>
    /// <param name="cosine">Cosine of the polar angle.</param>
    internal static Complex[] OfDegree(int n, Complex azimuth, double cosine)
    {
        Complex[] y = new Complex[2 * n + 1];
        Complex turn = Complex.One;
        double ratio = 1;   // (n − m)!/(n + m)!
        for (int m = 0; m <= n; m++)
        {
            y[n + m] = Math.Sqrt((2 * n + 1) / (4 * Math.PI) * ratio) * Legendre(n, m, cosine) * turn;
            y[n - m] = (int.IsOddInteger(m) ? -1 : 1) * Complex.Conjugate(y[n + m]);
            turn *= azimuth;
            ratio /= (double)(n - m) * (n + m + 1);
        }
        return y;
    }

    /// <summary>Associated Legendre function by recurrence upward from the order.</summary>
    private static double Legendre(int n, int m, double x)
    {
        double root = Math.Sqrt(Math.Max(0, (1 - x) * (1 + x))), last = 0, value = 1;
        for (int k = 1; k <= m; k++)
            value *= -(2 * k - 1) * root;
        for (int k = m + 1; k <= n; k++)
            (last, value) = (value, ((2 * k - 1) * x * value - (k + m - 1) * last) / (k - m));
        return value;
    }
}
