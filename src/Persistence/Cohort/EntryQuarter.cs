using System.Globalization;

namespace HccPipeline.Persistence.Cohort;

/// <summary>A true calendar quarter of treatment start, as <c>2023Q2</c>: all that the registry knows of a patient's calendar, because dates are moved.</summary>
public static class EntryQuarter
{
    /// <summary>The quarter after it.</summary>
    /// <exception cref="FormatException">The text is not a quarter.</exception>
    public static string Next(string quarter)
    {
        DateOnly day = LastDay(quarter).AddDays(1);
        return string.Create(CultureInfo.InvariantCulture, $"{day.Year:D4}Q{(day.Month + 2) / 3}");
    }

    /// <summary>Its last day.</summary>
    /// <exception cref="FormatException">The text is not a quarter.</exception>
    public static DateOnly LastDay(string quarter)
    {
        if (quarter is not { Length: 6 } || quarter[4] != 'Q' || quarter[5] is < '1' or > '4'
            || !int.TryParse(quarter.AsSpan(0, 4), NumberStyles.None, CultureInfo.InvariantCulture, out int year) || year == 0)
        {
            throw new FormatException($"'{quarter}' is not a quarter; it is written as 2023Q2.");
        }
        int month = 3 * (quarter[5] - '0');
        return new DateOnly(year, month, DateTime.DaysInMonth(year, month));
    }
}
