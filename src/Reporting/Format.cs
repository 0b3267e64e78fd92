using HccPipeline.Reporting.Validation;

namespace HccPipeline.Reporting;

/// <summary>Numbers as medical journals set them: fixed decimals, true minus sign, en dash in intervals.</summary>
internal static class Format
{
    public const string None = "–";

    public static string Auc(double value) => value.ToString("0.000");

    public static string Auc(Estimate estimate) => $"{Auc(estimate.Value)} ({Auc(estimate.Lower)}–{Auc(estimate.Upper)})";

    /// <summary>A number of things.</summary>
    public static string Count(int number, string one, string many) => $"{number} {(number == 1 ? one : many)}";

    /// <summary>A number of patients.</summary>
    public static string Patients(int number) => Count(number, "patient", "patients");

    /// <summary>A number with fixed decimals.</summary>
    public static string Fixed(double value, int decimals) => Minus(WithoutMinusZero(value, decimals).ToString("F" + decimals));

    /// <summary>A difference, with its sign always shown.</summary>
    public static string Signed(double value, int decimals)
    {
        double rounded = WithoutMinusZero(value, decimals);
        return rounded > 0 ? "+" + rounded.ToString("F" + decimals) : Minus(rounded.ToString("F" + decimals));
    }

    /// <summary>A ratio: three significant digits below 100, so that small odds ratios keep their meaning.</summary>
    public static string Ratio(double value) => double.IsFinite(value)
        ? value switch
        {
            0 => "0",
            < 0.0005 => value.ToString("0.0E+0"),
            < 0.0995 => value.ToString("0.000"),
            < 99.95 => value.ToString("0.00"),
            < 1e6 => value.ToString("0"),
            _ => value.ToString("0.0E+0"),
        }
        : "∞";

    public static string Ratio(Estimate estimate) => $"{Ratio(estimate.Value)} ({Ratio(estimate.Lower)}–{Ratio(estimate.Upper)})";

    /// <summary>A p-value: three decimals, or <c>&lt; 0.001</c>.</summary>
    public static string P(double? value) => value switch
    {
        null => None,
        < 0.001 => "< 0.001",
        > 0.999 => "> 0.999",
        { } p => p.ToString("0.000"),
    };

    /// <summary>A p-value with its letter, for running text; a line never breaks inside.</summary>
    public static string PEquals(double? value) => (value is < 0.001 or > 0.999 ? $"p {P(value)}" : $"p = {P(value)}").Replace(' ', '\u00a0');

    public static string Percent(double share) => (100 * share).ToString("0.0") + "%";

    public static string Months(double? value) => value is { } months ? months.ToString("0.0") : "not reached";

    /// <summary>A value of any size in about four significant digits.</summary>
    public static string General(double value) => Minus(Math.Abs(value) switch
    {
        0 => "0",
        >= 1e6 or < 1e-4 => value.ToString("0.###E+0"),
        >= 1000 => value.ToString("0"),
        >= 100 => value.ToString("0.0"),
        >= 10 => value.ToString("0.00"),
        _ => value.ToString("0.000"),
    });

    private static double WithoutMinusZero(double value, int decimals) => Math.Round(value, decimals, MidpointRounding.AwayFromZero) + 0.0;

    private static string Minus(string number) => number.Replace('-', '−');
}
