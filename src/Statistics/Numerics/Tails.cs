using MathNet.Numerics;
using MathNet.Numerics.Distributions;
using MathNet.Numerics.RootFinding;

namespace HccPipeline.Statistics.Numerics;

/// <summary>Tail probabilities and quantiles that keep their relative accuracy far out in the tail,
/// where one minus a cumulative probability would lose it.</summary>
internal static class Tails
{
    /// <summary>Standard normal quantile that bounds a two-sided interval of the given level.</summary>
    public static double NormalBound(double level) => Normal.InvCDF(0, 1, 0.5 + (level / 2));

    public static double NormalUpper(double z) => 0.5 * SpecialFunctions.Erfc(z / Math.Sqrt(2));

    public static double NormalTwoSided(double z) => SpecialFunctions.Erfc(Math.Abs(z) / Math.Sqrt(2));

    public static double StudentTwoSided(double t, double df)
    {
        if (double.IsInfinity(t)) return 0;
        if (double.IsInfinity(df)) return NormalTwoSided(t);
        return SpecialFunctions.BetaRegularized(df / 2, 0.5, df / (df + (t * t)));
    }

    public static double StudentBound(double level, double df)
    {
        double x = BetaQuantile(df / 2, 0.5, 1 - level);
        return Math.Sqrt(df * ((1 / x) - 1));
    }

    public static double ChiSquaredUpper(double x, double df) => x <= 0 ? 1 : SpecialFunctions.GammaUpperRegularized(df / 2, x / 2);

    public static double ChiSquaredQuantile(double p, double df) => ChiSquared.InvCDF(df, p);

    public static double FisherUpper(double f, double df1, double df2) =>
        f <= 0 ? 1 : SpecialFunctions.BetaRegularized(df2 / 2, df1 / 2, df2 / (df2 + (df1 * f)));

    public static double FisherLower(double f, double df1, double df2) =>
        f <= 0 ? 0 : SpecialFunctions.BetaRegularized(df1 / 2, df2 / 2, df1 * f / (df2 + (df1 * f)));

    public static double FisherQuantile(double p, double df1, double df2)
    {
        double x = BetaQuantile(df1 / 2, df2 / 2, p);
        return df2 * x / (df1 * (1 - x));
    }

    public static double BetaQuantile(double a, double b, double p) =>
        Brent.FindRoot(x => SpecialFunctions.BetaRegularized(a, b, x) - p, 0, 1, accuracy: 1e-16, maxIterations: 500);
}
