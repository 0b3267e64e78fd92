using HccPipeline.Contracts.Drift;
using HccPipeline.ModelWorker.Drift;
using HccPipeline.Reporting.Drift;
using HccPipeline.Testing;

namespace HccPipeline.Reporting.Tests.Fixtures;

/// <summary>Assessments of a simulated registry: six centres, eight quarters, a scanner changed in C03 from the fifth quarter on.</summary>
internal static class DriftDocuments
{
    private static readonly DriftSettings Quick = new() { ChartRuns = 200, Permutations = 199 };
    private static readonly SimulatedRegistry Registry = new() { Seed = 4, WithFeatures = true, ChangedCenter = 3, PerCenter = 24 };

    public static readonly DriftDocument First = Assess(1, 6);
    public static readonly DriftDocument Later = Assess(1, 7);
    public static readonly DriftDocument Second = Assess(2, 6) is var d ? d with { Windows = [.. d.Windows.Where(w => string.CompareOrdinal(w.Window, "2023Q4") > 0)], Charts = [], Features = [], Findings = [] } : null!;

    public static DriftReport Report() => DriftReportBuilder.Build(1, [(Key(Second), Second), (Key(First), First)], "test");

    private static AssessmentKey Key(DriftDocument d) => new(d.ModelVersion, d.Period, 1, new string((char)('a' + d.ModelVersion), 64));

    private static DriftDocument Assess(int version, int lastMature) => DriftAssessor.Assess(Registry.Build(lastMature) with { ModelVersion = version }, Quick, CancellationToken.None);
}
