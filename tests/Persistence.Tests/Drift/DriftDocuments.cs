using HccPipeline.Contracts.Drift;
using HccPipeline.Persistence.Models;
using HccPipeline.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace HccPipeline.Persistence.Tests.Drift;

/// <summary>Small assessments.</summary>
internal static class DriftDocuments
{
    public static DriftDocument Make(int version = 1, string period = "2023Q3", params FindingDocument[] findings) => new()
    {
        Schema = DriftDocument.CurrentSchema,
        ModelVersion = version,
        Submodel = "combined",
        Period = period,
        Settings = new(),
        Reference = new("held-out", 80, 40, new(0.8, 0.7, 0.88), new(0, -0.5, 0.5), null, 0.2),
        Windows = [Window(null, "2023Q2", 0.8), Window(null, period, null), Window("B", period, 0.7)],
        Charts = [new("B", "cusum", 0.25, 7, 400, [period, period], [0.5, 8], [2])],
        Features = [new("B", "ADC_Mean", 40, 20, 0.1, -0.2, 0.5, 0.9, 0, 1, 0.4, 0.6)],
        Scanners = [new("B", period, "Maker A", 20, false)],
        Findings = findings,
    };

    public static FindingDocument Finding(string level = AlertLevels.Watch, string kind = "auc-fall", string? center = "B", string window = "2023Q3") =>
        new(level, kind, center, window, $"In {window} something.");

    public static async Task AddVersionsAsync(IServiceProvider services, CancellationToken ct, int count = 1)
    {
        await services.GetRequiredService<ModelRepository>().AddSnapshotAsync("snapshot", "profile", 80, 40, 3, ct);
        for (int seed = 1; seed <= count; seed++)
            await services.StoreVersionAsync(new() { SnapshotSha256 = "snapshot", Seed = seed, CodeVersion = "1", ModelSha256 = $"m{seed}", Reason = "test", TrainingMs = 1 }, ct);
    }

    private static WindowDocument Window(string? center, string window, double? auc) => new()
    {
        Center = center,
        Window = window,
        State = WindowStates.Mature,
        Verdict = DriftVerdicts.Insufficient,
        Patients = 30,
        Refused = 1,
        Mature = 20,
        Cases = 9,
        Prospective = 18,
        Retrospective = 2,
        Auc = auc is { } a ? new(a, a - 0.1, a + 0.1) : null,
    };
}
