using HccPipeline.Reporting.Validation;

namespace HccPipeline.Reporting.Html.Sections;

/// <summary>Who is in the snapshot.</summary>
internal static class CohortSection
{
    /// <summary>Rows of the baseline table on the page; a radiomics cohort has thousands, and the JSON has them all.</summary>
    private const int MaxRows = 60;

    public static Section Of(ValidationReport report, PageParts parts)
    {
        CohortSummary cohort = report.Cohort;
        string responses = string.Join(", ", cohort.Responses.Select(r => $"{r.Name} {r.Patients}"));
        List<CharacteristicRow> shown = [.. cohort.Characteristics.Take(MaxRows)];
        List<System.Xml.Linq.XElement> content =
        [
            Tag.P($"The snapshot holds {cohort.All.Patients} patients: {cohort.All.Control} with disease control and {cohort.All.Progression} with progression by "
                + $"mRECIST ({responses})."),
            parts.Table(
                "Candidate predictors by response.",
                new TableView(
                    ["Characteristic", "Domain", $"#Disease control (n = {cohort.All.Control})", $"#Progression (n = {cohort.All.Progression})", "#p", "Test"],
                    [.. shown.Select(Characteristic)])),
            Tag.Note("Mean ± standard deviation, median (quartiles) or number (%). † Predictor of at least one model. p-values are not adjusted for multiple testing."),
        ];
        if (cohort.Characteristics.Count > shown.Count)
            content.Add(Tag.Note($"{cohort.Characteristics.Count - shown.Count} further candidates are described in the JSON file."));
        content.Add(parts.Table("Patients by centre.", Counts("Centre", cohort.Centers, cohort.All)));
        content.Add(parts.Table("Patients by year of treatment start.", Counts("Year", cohort.Periods, cohort.All)));
        return new Section("cohort", "Cohort", content);
    }

    private static string[] Characteristic(CharacteristicRow row) =>
    [
        row.Selected ? row.Name + " †" : row.Name,
        Names.Capital(row.Domain),
        Group(row.Summary, row.Control),
        Group(row.Summary, row.Progression),
        Format.P(row.PValue),
        row.Test,
    ];

    private static string Group(string summary, GroupDescription group)
    {
        string text = (summary, group) switch
        {
            (_, { Center: null }) => Format.None,
            ("count", { Center: { } with, Spread: { } share }) => $"{with:0} ({Format.Percent(share)})",
            ("mean-sd", { Center: { } mean, Spread: { } sd }) => $"{Format.Fixed(mean, Decimals(sd))} ± {Format.Fixed(sd, Decimals(sd))}",
            ("median-iqr", { Center: { } median, Spread: { } lower, SpreadUpper: { } upper }) => Quartiles(median, lower, upper),
            (_, { Center: { } value }) => Format.General(value),
        };
        return group.Missing == 0 ? text : $"{text}, {group.Missing} missing";
    }

    private static string Quartiles(double median, double lower, double upper)
    {
        int decimals = Decimals(upper - lower);
        // "−4 to −1", since a dash between negative numbers is read as another minus.
        string range = lower < 0 ? " to " : "–";
        return $"{Format.Fixed(median, decimals)} ({Format.Fixed(lower, decimals)}{range}{Format.Fixed(upper, decimals)})";
    }

    /// <summary>Decimals that show two digits of the spread.</summary>
    private static int Decimals(double spread) => spread > 0 ? (int)Math.Clamp(1 - Math.Floor(Math.Log10(spread)), 0, 6) : 2;

    private static TableView Counts(string name, IReadOnlyList<GroupCount> groups, GroupCount all) => new(
        [name, "#Patients", "#Disease control", "#Progression", "#Progression, %"],
        [.. groups.Append(all).Select(g => (string[])
        [
            g.Name,
            g.Patients.ToString(),
            g.Control.ToString(),
            g.Progression.ToString(),
            (100.0 * g.Progression / g.Patients).ToString("0.0"),
        ])])
    {
        Emphasis = groups.Count,
    };
}
