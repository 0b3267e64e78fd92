namespace HccPipeline.Radiomics;

/// <summary>Functions whose stored results must be the same bits on every processor: only IEEE 754 basic operations and square roots,
/// where the platform's library may choose a different code path per CPU.</summary>
internal static class PortableMath
{
    // ln 2 in two parts; the high one has enough trailing zeros that k·high is exact.
    private const double Ln2High = 0.693147180369123816490;
    private const double Ln2Low = 1.90821492927058770002e-10;
    private const double Log2E = 1.4426950408889634;

    private static ReadOnlySpan<double> OddReciprocals =>
        [1.0 / 25, 1.0 / 23, 1.0 / 21, 1.0 / 19, 1.0 / 17, 1.0 / 15, 1.0 / 13, 1.0 / 11, 1.0 / 9, 1.0 / 7, 1.0 / 5, 1.0 / 3];

    /// <summary>Natural logarithm, within 4 ulp; −∞ at 0, NaN below.</summary>
    internal static double Log(double x)
    {
        if (!(x > 0))
            return x == 0 ? double.NegativeInfinity : double.NaN;
        if (double.IsPositiveInfinity(x))
            return x;
        (int exponent, double mantissa) = Split(x);
        return exponent * Ln2High + (exponent * Ln2Low + LogNearOne(mantissa));
    }

    /// <summary>Base-2 logarithm, within 4 ulp; exact for powers of 2; −∞ at 0, NaN below.</summary>
    internal static double Log2(double x)
    {
        if (!(x > 0))
            return x == 0 ? double.NegativeInfinity : double.NaN;
        if (double.IsPositiveInfinity(x))
            return x;
        (int exponent, double mantissa) = Split(x);
        return exponent + LogNearOne(mantissa) * Log2E;
    }

    /// <summary>Exponential, within 4 ulp.</summary>
    internal static double Exp(double x)
    {
        if (double.IsNaN(x)) return x;
        if (x > 709.8) return double.PositiveInfinity;
        if (x < -745.2) return 0;
        double k = Math.Round(x * Log2E);
        double r = x - k * Ln2High - k * Ln2Low;
        double sum = 1;
        for (int n = 18; n >= 1; n--)
            sum = 1 + r * sum / n;
        return Math.ScaleB(sum, (int)k);
    }

    /// <summary>Real cube root of x ≥ 0.</summary>
    internal static double Cbrt(double x)
    {
        if (x == 0) return 0;
        double root = Exp(Log(x) / 3);
        for (int i = 0; i < 2; i++)
            root -= (root * root * root - x) / (3 * root * root);
        return root;
    }

    /// <summary>Sine and cosine of an angle in turns (1 is a full circle), within 4 ulp of the larger of them.</summary>
    internal static (double Sin, double Cos) SinCos(double turns)
    {
        double quarters = Math.Round(turns * 4);
        double t = (turns - quarters / 4) * (2 * Math.PI), t2 = t * t, sin = 1, cos = 1;
        // |t| ≤ π/4: ten terms of each series leave less than an ulp.
        for (int k = 20; k >= 2; k -= 2)
        {
            cos = 1 - t2 * cos / (k * (k - 1));
            sin = 1 - t2 * sin / (k * (k + 1));
        }
        sin *= t;
        return ((long)quarters & 3) switch { 0 => (sin, cos), 1 => (cos, -sin), 2 => (-sin, -cos), _ => (-cos, sin) };
    }

    /// <summary>x = 2^Exponent · Mantissa with the mantissa in [√½, √2).</summary>
    private static (int Exponent, double Mantissa) Split(double x)
    {
        int exponent = Math.ILogB(x);
        double mantissa = Math.ScaleB(x, -exponent);
        return mantissa >= 1.4142135623730951 ? (exponent + 1, mantissa / 2) : (exponent, mantissa);
    }

    /// <summary>ln m = 2·artanh((m − 1)/(m + 1)) by its series; |s| ≤ 0.1716, so that twelve terms leave less than an ulp.</summary>
    private static double LogNearOne(double m)
    {
        double s = (m - 1) / (m + 1), s2 = s * s, series = 0;
        foreach (double reciprocal in OddReciprocals)
            series = (series + reciprocal) * s2;
        return 2 * s + 2 * s * series;
    }
}
