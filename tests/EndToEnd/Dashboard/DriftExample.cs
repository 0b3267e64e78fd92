using HccPipeline.Contracts.Drift;

namespace HccPipeline.EndToEnd.Dashboard;

/// <summary>An assessment in which one of two centres drifts.</summary>
internal static class DriftExample
{
    private const string Submodel = "combined";
    private static readonly string[] Quarters = ["2025Q1", "2025Q2", "2025Q3"];

    public static DriftDocument Of(int modelVersion) => new()
    {
        Schema = DriftDocument.CurrentSchema,
        ModelVersion = modelVersion,
        Submodel = Submodel,
        Period = Quarters[^1],
        Settings = new(),
        Reference = new("held-out", 78, 31, new(0.80, 0.70, 0.90), new(0, -0.4, 0.4), new(1, 0.6, 1.4), 0.18),
        Windows = [.. new string?[] { null, "C01", "C02" }.SelectMany(center => Quarters.Select((q, i) => Window(center, q, i)))],
        Charts = [Chart("C01", 0.1, []), Chart("C02", 0.6, [14])],
        Features = [new("C02", "post_T2_SIR", 40, 20, 0.4, 1.3, 0.0002, 0.004, 0, 1, 0.3, 0.8)],
        Scanners = [new("C02", "2025Q2", "Synthetic Scanner B", 20, true)],
        Findings = [new(AlertLevels.Action, "auc-fall", "C02", "2025Q2", "The AUC of centre C02 fell from 0.80 to 0.55 in 2025Q2.")],
    };

    private static WindowDocument Window(string? center, string quarter, int i)
    {
        bool falls = center == "C02" && i > 0;
        double auc = falls ? 0.55 : 0.79;
        return new()
        {
            Center = center, Window = quarter, State = WindowStates.Mature, Verdict = falls ? DriftVerdicts.Drift : i == 2 ? DriftVerdicts.Insufficient : DriftVerdicts.Stable,
            Patients = 40, Refused = 1, Mature = 38, Cases = 15, Prospective = 38, Retrospective = 0,
            Auc = new(auc, auc - 0.12, Math.Min(1, auc + 0.12)), Brier = 0.2, ObservedToExpected = falls ? 1.6 : 1.02, Power = new(0.15, 0.81, 0.14, 0.12),
        };
    }

    private static ChartDocument Chart(string center, double slope, IReadOnlyList<int> alarms) => new(
        center, "ewma", 0.05, 0.7, 1200, [.. Enumerable.Range(0, 24).Select(i => Quarters[i / 8])],
        [.. Enumerable.Range(0, 24).Select(i => 0.1 + (slope * i / 12) - (i > 14 && slope > 0.5 ? 0.5 : 0))], alarms);
}
