using System.Collections.Immutable;
using HccPipeline.Statistics.Numerics;

namespace HccPipeline.Statistics.Drift;

/// <summary>In-control mean and standard deviation of a series.</summary>
/// <param name="Mean">Mean.</param>
/// <param name="Sigma">Standard deviation, divisor n − 1; positive.</param>
public sealed record ControlBaseline(double Mean, double Sigma)
{
    /// <summary>Estimates the baseline from the first values of a series.</summary>
    /// <param name="values">At least two finite values that are not all equal.</param>
    /// <exception cref="ArgumentException">Fewer than two values, one is not finite (position named), or all are equal.</exception>
    public static ControlBaseline From(ReadOnlySpan<double> values)
    {
        Require.Finite(values, nameof(values));
        if (values.Length < 2) throw new ArgumentException("A control baseline needs at least two values.", nameof(values));
        double mean = 0, squares = 0;
        foreach (double v in values) mean += v / values.Length;
        foreach (double v in values) squares += (v - mean) * (v - mean);
        if (squares == 0) throw new ArgumentException("All baseline values are equal: limits would have no width.", nameof(values));
        return new ControlBaseline(mean, Math.Sqrt(squares / (values.Length - 1)));
    }
}

/// <summary>Two-sided cumulative-sum chart.</summary>
/// <param name="Upper">Sum against an increase at each point.</param>
/// <param name="Lower">Sum against a decrease at each point.</param>
/// <param name="Slack">k, in units of the series.</param>
/// <param name="Limit">h, in units of the series.</param>
/// <param name="FirstUpperAlarm">1-based point where the upper sum first exceeds the limit; null if never.</param>
/// <param name="FirstLowerAlarm">1-based point where the lower sum first exceeds the limit; null if never.</param>
public sealed record CusumChart(
    ImmutableArray<double> Upper, ImmutableArray<double> Lower, double Slack, double Limit, int? FirstUpperAlarm, int? FirstLowerAlarm);

/// <summary>A chart of one statistic between two limits.</summary>
/// <param name="Statistic">Plotted value at each point.</param>
/// <param name="LowerLimit">Lower limit at each point.</param>
/// <param name="UpperLimit">Upper limit at each point.</param>
/// <param name="FirstAlarm">1-based point first outside the limits; null if never.</param>
public sealed record LimitChart(
    ImmutableArray<double> Statistic, ImmutableArray<double> LowerLimit, ImmutableArray<double> UpperLimit, int? FirstAlarm);

/// <summary>Page–Hinkley test for a changed mean.</summary>
/// <param name="Increase">Statistic against an increase.</param>
/// <param name="Decrease">Statistic against a decrease.</param>
/// <param name="FirstIncreaseAlarm">1-based point of the first alarm; null if never.</param>
/// <param name="FirstDecreaseAlarm">1-based point of the first alarm; null if never.</param>
public sealed record PageHinkleyChart(
    ImmutableArray<double> Increase, ImmutableArray<double> Decrease, int? FirstIncreaseAlarm, int? FirstDecreaseAlarm);

/// <summary>Control charts of a series, for example the AUC of successive windows.</summary>
/// <remarks>Sources: Page, Biometrika 1954;41:100; Roberts, Technometrics 1959;1:239; Shewhart 1931; Hinkley, Biometrika 1971;58:509.</remarks>
public static class ControlCharts
{
    /// <summary>CUSUM: C⁺ = max(0, C⁺ + x − μ − k), C⁻ = max(0, C⁻ + μ − k − x), from 0; alarm above h.</summary>
    /// <param name="series">The series, finite.</param>
    /// <param name="baseline">In-control mean and standard deviation.</param>
    /// <param name="slackSigmas">k in standard deviations.</param>
    /// <param name="limitSigmas">h in standard deviations.</param>
    /// <exception cref="ArgumentException">The series is empty or a value is not finite (position named).</exception>
    public static CusumChart Cusum(ReadOnlySpan<double> series, ControlBaseline baseline, double slackSigmas = 0.5, double limitSigmas = 5)
    {
        Check(series, baseline);
        double k = slackSigmas * baseline.Sigma, h = limitSigmas * baseline.Sigma, up = 0, down = 0;
        double[] upper = new double[series.Length], lower = new double[series.Length];
        for (int t = 0; t < series.Length; t++)
        {
            upper[t] = up = Math.Max(0, up + series[t] - baseline.Mean - k);
            lower[t] = down = Math.Max(0, down + baseline.Mean - k - series[t]);
        }
        return new CusumChart([.. upper], [.. lower], k, h, First(upper, v => v > h), First(lower, v => v > h));
    }

    /// <summary>EWMA: z = λx + (1 − λ)z from μ, limits μ ± Lσ√(λ/(2 − λ)·(1 − (1 − λ)^(2t))).</summary>
    /// <param name="series">The series, finite.</param>
    /// <param name="baseline">In-control mean and standard deviation.</param>
    /// <param name="lambda">Weight of the newest value, in (0, 1].</param>
    /// <param name="width">L, in standard deviations of z.</param>
    /// <exception cref="ArgumentException">The series is empty or a value is not finite (position named), or λ is out of range.</exception>
    public static LimitChart Ewma(ReadOnlySpan<double> series, ControlBaseline baseline, double lambda = 0.2, double width = 3)
    {
        Check(series, baseline);
        if (!(lambda is > 0 and <= 1)) throw new ArgumentOutOfRangeException(nameof(lambda), lambda, "λ lies in (0, 1].");
        double[] z = new double[series.Length], low = new double[series.Length], high = new double[series.Length];
        double last = baseline.Mean;
        int? alarm = null;
        for (int t = 0; t < series.Length; t++)
        {
            z[t] = last = (lambda * series[t]) + ((1 - lambda) * last);
            double half = width * baseline.Sigma * Math.Sqrt(lambda / (2 - lambda) * (1 - Math.Pow(1 - lambda, 2.0 * (t + 1))));
            (low[t], high[t]) = (baseline.Mean - half, baseline.Mean + half);
            if (z[t] < low[t] || z[t] > high[t]) alarm ??= t + 1;
        }
        return new LimitChart([.. z], [.. low], [.. high], alarm);
    }

    /// <summary>Shewhart chart: alarm outside μ ± width·σ.</summary>
    /// <param name="series">The series, finite.</param>
    /// <param name="baseline">In-control mean and standard deviation.</param>
    /// <param name="width">Width in standard deviations.</param>
    /// <exception cref="ArgumentException">The series is empty or a value is not finite (position named).</exception>
    public static LimitChart Shewhart(ReadOnlySpan<double> series, ControlBaseline baseline, double width = 3)
    {
        Check(series, baseline);
        double low = baseline.Mean - (width * baseline.Sigma), high = baseline.Mean + (width * baseline.Sigma);
        double[] values = series.ToArray();
        return new LimitChart(
            [.. values],
            [.. Enumerable.Repeat(low, values.Length)],
            [.. Enumerable.Repeat(high, values.Length)],
            First(values, v => v < low || v > high));
    }

    /// <summary>Page–Hinkley: cumulated distance from the running mean beyond δ, above its minimum; alarm above the threshold.</summary>
    /// <param name="series">The series, finite.</param>
    /// <param name="delta">Change that is tolerated, in units of the series.</param>
    /// <param name="threshold">Alarm threshold, in units of the series.</param>
    /// <exception cref="ArgumentException">The series is empty or a value is not finite (position named).</exception>
    public static PageHinkleyChart PageHinkley(ReadOnlySpan<double> series, double delta = 0.005, double threshold = 0.1)
    {
        Require.Finite(series, nameof(series));
        double[] increase = new double[series.Length], decrease = new double[series.Length];
        double sum = 0, up = 0, down = 0, upMin = 0, downMin = 0;
        for (int t = 0; t < series.Length; t++)
        {
            sum += series[t];
            double mean = sum / (t + 1);
            up += series[t] - mean - delta;
            down += mean - series[t] - delta;
            (upMin, downMin) = (Math.Min(upMin, up), Math.Min(downMin, down));
            (increase[t], decrease[t]) = (up - upMin, down - downMin);
        }
        return new PageHinkleyChart([.. increase], [.. decrease], First(increase, v => v > threshold), First(decrease, v => v > threshold));
    }

    private static void Check(ReadOnlySpan<double> series, ControlBaseline baseline)
    {
        ArgumentNullException.ThrowIfNull(baseline);
        Require.Finite(series, nameof(series));
    }

    private static int? First(double[] values, Predicate<double> alarm)
    {
        int at = Array.FindIndex(values, alarm);
        return at < 0 ? null : at + 1;
    }
}
