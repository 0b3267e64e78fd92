using HccPipeline.Reporting.Validation;

namespace HccPipeline.Reporting.Html.Sections;

/// <summary>What to keep in mind.</summary>
internal static class LimitationSection
{
    public static Section Of(ValidationReport report) => new("limitations", "Limitations",
    [
        Tag.Of("dl", "limitations", [.. report.Limitations.SelectMany(l => new object[] { Tag.Of("dt", null, l.Topic), Tag.Of("dd", null, l.Text) })]),
    ]);
}
