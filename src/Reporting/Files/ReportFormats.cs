namespace HccPipeline.Reporting.Files;

/// <summary>Forms in which a report is written as files.</summary>
[Flags]
public enum ReportFormats
{
    /// <summary>No file.</summary>
    None = 0,

    /// <summary>One page that needs nothing else.</summary>
    Html = 1,

    /// <summary>The content as one document, in full precision.</summary>
    Json = 2,

    /// <summary>A folder of tables: those of the page as printed, and the content in full precision.</summary>
    Csv = 4,

    /// <summary>A folder with a picture for each figure.</summary>
    Svg = 8,

    /// <summary>The page as printed by a browser.</summary>
    Pdf = 16,
}

/// <summary>Formats as people write them.</summary>
public static class ReportFormatNames
{
    /// <summary>Every name, for messages.</summary>
    public const string All = "html, json, csv, svg, pdf";

    /// <summary>Reads names separated by commas, as <c>html,pdf</c>.</summary>
    /// <returns>Null when a name is not known, or there is none.</returns>
    public static ReportFormats? Parse(string text)
    {
        ReportFormats formats = ReportFormats.None;
        foreach (string name in text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            ReportFormats? format = name.ToLowerInvariant() switch
            {
                "html" => ReportFormats.Html,
                "json" => ReportFormats.Json,
                "csv" => ReportFormats.Csv,
                "svg" => ReportFormats.Svg,
                "pdf" => ReportFormats.Pdf,
                _ => null,
            };
            if (format is not { } known) return null;
            formats |= known;
        }
        return formats == ReportFormats.None ? null : formats;
    }
}
