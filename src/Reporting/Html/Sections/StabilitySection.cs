using HccPipeline.Reporting.Figures;
using HccPipeline.Reporting.Validation;

namespace HccPipeline.Reporting.Html.Sections;

/// <summary>AUC over time and by centre.</summary>
internal static class StabilitySection
{
    public static Section Of(ValidationReport report, PageParts parts)
    {
        StabilityResult stability = report.Stability;
        StratumResult[] strata = [stability.All, .. stability.Periods, .. stability.Centers];
        return new Section("stability-section", "Over time and by centre",
        [
            Tag.P($"The combined model in parts of the cohort{(stability.All.LeftOut is null ? ", apparent" : ", each patient scored by models that had not seen the patient")}. An AUC is shown where a part has at least {stability.MinimumPerClass} patients with progression and "
                + $"{stability.MinimumPerClass} without; below, the word is insufficient, which is not the same as stable. "
                + $"Power: the chance that a part of that size would show a fall of the AUC by {stability.Drop:0.00} against all patients (one-sided unpaired DeLong test at 5%)."),
            parts.Figure(
                "stability",
                "AUC of the combined model by year of treatment start and by centre",
                (stability.All.LeftOut is null ? "Apparent. " : "Patients left out; the table has the apparent AUC beside. ") + "Squares: AUC; bars: 95% DeLong intervals. Dashed: all patients; dotted: no discrimination. Power: to see a fall by " + stability.Drop.ToString("0.00") + ".",
                string.Join(' ', strata.Select(s => $"{s.Name}: {(s.Leading is { } auc ? Format.Auc(auc) : s.Insufficient)}.")),
                text => AucForestFigure.Draw(stability, text),
                new TableView(
                    ["Part", "#Patients", "#Progression", "#AUC, patients left out (95% CI)", "#Apparent AUC (95% CI)", "#Power", "Verdict"],
                    [.. strata.Select(Row)])),
        ]);
    }

    private static string[] Row(StratumResult s) =>
    [
        s.Name,
        s.Patients.ToString(),
        s.Progression.ToString(),
        s.LeftOut is { } left ? Format.Auc(left) : Format.None,
        s.Auc is { } auc ? Format.Auc(auc) : Format.None,
        s.Power is { } power ? Format.Fixed(power, 2) : Format.None,
        s.Auc is null ? s.Insufficient : "estimated",
    ];
}
