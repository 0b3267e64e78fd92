using System.Xml.Linq;
using HccPipeline.Reporting.Checklists;
using HccPipeline.Reporting.Validation;

namespace HccPipeline.Reporting.Html.Sections;

/// <summary>Reporting checklists with what the system knows and what is left to the authors.</summary>
internal static class ChecklistSection
{
    private const string ToBeFilledIn = "To be filled in by the authors";

    public static Section Of(ValidationReport report, PageParts parts)
    {
        List<XElement> content = [Tag.P("Reporting checklists, filled in from the snapshot, its manifest, the extraction profile and the results. The items are given in short; "
            + "the published lists have the full wording.")];
        foreach (Checklist list in report.Checklists)
        {
            content.Add(Tag.P(
                Tag.Bold(list.Name + ". "),
                $"{list.Items.Count} items: {list.Count("known")} known, {list.Count("partly")} known in part, {list.Count("open")} left to the authors, {list.Count("not-applicable")} that do not apply. {list.Source}"));
            content.Add(parts.Table(
                $"{list.Name}, as far as the system knows.",
                new TableView(["Item", "Part", "Asks for", "Answer"], [.. list.Items.Select(i => (string[])[i.Number, i.Part, i.Topic, Answer(i)])]) { Kind = "checklist" }));
        }
        return new Section("checklists", "Reporting checklists", content);
    }

    private static string Answer(ChecklistItem item) => item.State switch
    {
        "known" => item.Known,
        "partly" => $"{item.Known} ▸ {ToBeFilledIn}: {item.ToAdd}.",
        "open" => $"▸ {ToBeFilledIn}: {item.ToAdd}.",
        _ => $"Does not apply. {item.Known}",
    };
}
