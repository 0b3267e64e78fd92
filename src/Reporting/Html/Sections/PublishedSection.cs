using HccPipeline.Reporting.Validation;

namespace HccPipeline.Reporting.Html.Sections;

/// <summary>The published study beside this version.</summary>
internal static class PublishedSection
{
    public static Section Of(ValidationReport report, PageParts parts) => new("published", "Beside the published study",
    [
        Tag.P("The pipeline follows the design of a published study. Its results stand beside those of this version, which was trained on other patients."),
        parts.Table(
            "Published results and results of this version.",
            new TableView(
                ["Result", "#Published", "#This version", "#Difference"],
                [.. report.Published.Rows.Select(Row)])),
        parts.Table(
            "Choices, curves and charts.",
            new TableView(
                ["Result", "Published", "This version", "Section"],
                [.. report.Published.Parts.Select(p => (string[])[p.Name, p.Published, p.Ours, Place(p.Section, parts)])])),
        Tag.Note($"{report.Published.Citation} doi {report.Published.Doi}."),
    ]);

    /// <summary>Section of the report, with the figures that stand there.</summary>
    private static string Place(string section, PageParts parts)
    {
        string[] figures = section switch
        {
            "Discrimination" => ["roc"],
            "Calibration" => ["calibration-left-out", "calibration"],
            "Decision curve" => ["decision-left-out", "decision"],
            "Nomogram" => ["nomogram"],
            "Progression-free survival" => ["survival"],
            _ => [],
        };
        string[] known = [.. figures.Select(parts.NumberOf).OfType<string>()];
        return known.Length == 0 ? section : $"{section}, {(known.Length == 1 ? "figure" : "figures")} {string.Join(" and ", known)}";
    }

    private static string[] Row(ReferenceRow row) =>
    [
        row.Name,
        Value(row.Kind, row.Published, row.PublishedLower, row.PublishedUpper),
        row.Ours is { } ours ? Value(row.Kind, ours, row.OursLower, row.OursUpper) : Format.None,
        row.Kind != "p" && row.Difference is { } difference ? Format.Signed(difference, Decimals(row.Kind)) : Format.None,
    ];

    private static string Value(string kind, double value, double? lower, double? upper)
    {
        if (kind == "p") return Format.P(value);
        int decimals = Decimals(kind);
        string text = Format.Fixed(value, decimals);
        return lower is { } l && upper is { } u ? $"{text} ({Format.Fixed(l, decimals)}–{Format.Fixed(u, decimals)})" : text;
    }

    private static int Decimals(string kind) => kind switch { "auc" => 3, "months" => 1, _ => 0 };
}
