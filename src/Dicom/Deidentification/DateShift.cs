using System.Buffers;
using System.Globalization;
using System.Text;

namespace HccPipeline.Dicom;

/// <summary>Moves dates by whole days.</summary>
internal static class DateShift
{
    private static readonly SearchValues<char> TimeCharacters = SearchValues.Create("0123456789.+-");

    /// <summary>Puts the moved dates of an element into a dataset; a value that is no full date is left empty.</summary>
    public static void Apply(DicomElement element, int days, DicomDataset target)
    {
        string[] values = Encoding.Latin1.GetString(element.Value.Span).Split('\\');
        string moved = string.Join('\\', values.Select(v => Move(v.Trim(' ', '\0'), days)));
        target.SetBytes(element.Tag, element.Vr, Encoding.ASCII.GetBytes(moved));
    }

    private static string Move(string value, int days)
    {
        // "1997.05.13" is how ACR-NEMA wrote dates (PS3.5, 6.2, note to DA).
        string compact = value.Length == 10 && value[4] == '.' && value[7] == '.' ? value.Replace(".", "", StringComparison.Ordinal) : value;
        if (compact.Length < 8 || !DateOnly.TryParseExact(compact.AsSpan(0, 8), "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly date))
            return "";
        long day = (long)date.DayNumber + days;
        string time = compact[8..];
        bool possible = day >= DateOnly.MinValue.DayNumber && day <= DateOnly.MaxValue.DayNumber && !time.AsSpan().ContainsAnyExcept(TimeCharacters);
        return possible ? DateOnly.FromDayNumber((int)day).ToString("yyyyMMdd", CultureInfo.InvariantCulture) + time : "";
    }
}
