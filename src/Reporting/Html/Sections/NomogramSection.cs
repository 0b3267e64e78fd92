using HccPipeline.Reporting.Figures;
using HccPipeline.Reporting.Validation;

namespace HccPipeline.Reporting.Html.Sections;

/// <summary>The combined model on paper.</summary>
internal static class NomogramSection
{
    public static Section Of(ValidationReport report, PageParts parts)
    {
        if (report.Nomogram is not { } nomogram)
            return new Section("nomogram-section", "Nomogram", [Tag.P("The combined model has no predictor, so there is no nomogram.")]);
        return new Section("nomogram-section", "Nomogram",
        [
            parts.Figure(
                "nomogram",
                "Nomogram of the combined model",
                "For each predictor, read the points straight above its value; add them; find the sum on the total-points axis and read the probability of progression below it.",
                string.Join(' ', nomogram.Predictors.Select(a => $"{a.Name}: {Ends(a)}.")),
                text => NomogramFigure.Draw(nomogram, text),
                new TableView(
                    ["Axis", "#Value", "#Points"],
                    [
                        .. nomogram.Predictors.SelectMany(a => a.Ticks.Select(t => (string[])[a.Name, Ticks.Label(Math.Round(t.Value, 6)), Format.Fixed(t.Points, 1)])),
                        .. nomogram.Probability.Select(t => (string[])["Probability of progression", Ticks.Label(t.Value), Format.Fixed(t.Points, 1)]),
                    ])),
        ]);
    }

    private static string Ends(NomogramAxisRow axis)
    {
        NomogramTick first = axis.Ticks[0], last = axis.Ticks[^1];
        return $"{Ticks.Label(Math.Round(first.Value, 6))} gives {Format.Fixed(first.Points, 0)} points, {Ticks.Label(Math.Round(last.Value, 6))} gives {Format.Fixed(last.Points, 0)}";
    }
}
