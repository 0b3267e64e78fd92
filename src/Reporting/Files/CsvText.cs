using System.Globalization;
using System.Text;

namespace HccPipeline.Reporting.Files;

/// <summary>Tables as comma-separated values (RFC 4180, line feeds, UTF-8).</summary>
internal static class CsvText
{
    /// <summary>A table with its headings.</summary>
    public static byte[] Write(IEnumerable<string> columns, IEnumerable<IEnumerable<string>> rows)
    {
        StringBuilder text = new();
        foreach (IEnumerable<string> row in rows.Prepend(columns))
            text.AppendJoin(',', row.Select(Cell)).Append('\n');
        return new UTF8Encoding(encoderShouldEmitUTF8Identifier: false).GetBytes(text.ToString());
    }

    /// <summary>A cell; a text that a spreadsheet would run as a formula gets an apostrophe in front.</summary>
    private static string Cell(string value)
    {
        bool formula = value.Length > 0 && value[0] is '=' or '+' or '-' or '@' or '\t' or '\r'
            && !double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out _);
        string safe = formula ? "'" + value : value;
        return safe.AsSpan().IndexOfAny("\",\n\r") < 0 ? safe : $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}
