using HccPipeline.Contracts.Drift;
using HccPipeline.ModelWorker.Drift;
using HccPipeline.Persistence.Drift;
using HccPipeline.Persistence.Models;
using HccPipeline.Persistence.Registry;
using Xunit;

namespace HccPipeline.ModelWorker.Tests.Drift;

/// <summary>Two years of six centres through the real schedule: database, trainer, scorer, assessor and alerts.</summary>
public sealed class AcceleratedRegistryTests
{
    private const int Quarters = 8, ChangedFrom = 5;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>Forty patients a quarter at each centre: the model is seen to do worse there within two quarters, and action is called for when the outcomes of
    /// two are there. Forty of all centres together: too few for that, but the scanner is seen.</summary>
    [Theory]
    [InlineData(240, AlertLevels.Watch, true)]
    [InlineData(40, AlertLevels.Information, false)]
    public async Task Registry_ScannerOfOneCentreChanges_IsSeenThereWithinTwoQuartersAndNowhereElse(int perQuarter, string level, bool isActedOn)
    {
        await using AcceleratedRegistry registry = await AcceleratedRegistry.StartAsync(perQuarter, ChangedFrom, seed: 1, Ct);
        Assert.Equal(new Dictionary<string, string> { ["drift"] = AcceleratedRegistry.Assessing, ["retraining"] = AcceleratedRegistry.Training }, registry.Schedules());
        int seenAfter = 0, actedOnAfter = 0;
        for (int quarter = 1; quarter <= Quarters + 1; quarter++)   // in the ninth the outcomes of the eighth become known
        {
            await registry.LiveThroughAsync(quarter, Quarters, Ct);
            IReadOnlyList<AlertRow> known = await registry.Get<AlertRepository>().ListAsync(withClosed: true, 1000, Ct);
            if (seenAfter == 0 && known.Any(a => IsThere(a) && AlertLevels.Rank(a.Level) >= AlertLevels.Rank(level)))
                seenAfter = quarter;
            if (actedOnAfter == 0 && known.Any(a => IsThere(a) && a.Level == AlertLevels.Action))
                actedOnAfter = quarter;
        }

        // Versions: one on each day of the schedule on which there were new outcomes.
        IReadOnlyList<ModelVersionRow> versions = await registry.Get<ModelRepository>().ListAsync(Ct);
        Assert.Equal(
            Enumerable.Range(2, Quarters).Select(q => AcceleratedRegistry.Start(q).AddMonths(2).AddDays(14).Date),
            versions.Select(v => DateTimeOffset.FromUnixTimeMilliseconds(v.CreatedMs).Date));
        // Drift: in the centre of the new scanner, within two quarters.
        Assert.InRange(seenAfter, ChangedFrom, ChangedFrom + 1);
        if (isActedOn)
            Assert.InRange(actedOnAfter, ChangedFrom + 1, ChangedFrom + 2);
        // No action alert elsewhere; of all centres together only once that one is among them.
        IReadOnlyList<AlertRow> alerts = await registry.Get<AlertRepository>().ListAsync(withClosed: true, 1000, Ct);
        AlertRow[] actions = [.. alerts.Where(a => AlertLevels.Rank(a.Level) >= AlertLevels.Rank(AlertLevels.Action))];
        Assert.All(actions, a => Assert.True(IsThere(a) || (a.CenterCode.Length == 0 && IsAfter(a)), a.Summary));
        Assert.Single(alerts, a => a.Kind.StartsWith("scanner", StringComparison.Ordinal));
        Assert.Equal(alerts.Count, alerts.DistinctBy(a => (a.ModelVersion, a.CenterCode, a.Level, a.Kind)).Count());
        Assert.Empty(await registry.Get<AlertRepository>().ListNotAnnouncedAsync(Ct));
        Assert.Equal(0, registry.Faults);
        await AssertVersionsOnWindowsAsync(registry, versions.Count, perQuarter);
        await AssertNothingNewChangesNothingAsync(registry);
    }

    private static async Task AssertNothingNewChangesNothingAsync(AcceleratedRegistry registry)
    {
        IReadOnlyList<DriftAssessmentRow> stored = await registry.Get<DriftAssessmentRepository>().ListAsync(1000, Ct);
        AssessedVersions again = await registry.Get<DriftService>().AssessAsync(null, Ct);

        Assert.Equal(0, again.NewAlerts);
        Assert.Equal(stored, await registry.Get<DriftAssessmentRepository>().ListAsync(1000, Ct));
        Assert.All(again.Assessments, row => Assert.Contains(row, stored));
        await registry.Get<OutcomeRepository>().AdjudicateAsync("P-8-000", "PD", "second reader", "A. Reader", Ct);
        await registry.Get<OutcomeRepository>().AdjudicateAsync("P-8-001", "SD", "second reader", "A. Reader", Ct);
        await registry.Get<OutcomeRepository>().AdjudicateAsync("P-8-002", "PD", "second reader", "A. Reader", Ct);
        await registry.Get<DriftService>().AssessAsync(1, Ct);
        DriftAssessmentRow latest = (await registry.Get<DriftAssessmentRepository>().FindLatestAsync(1, "combined", Ct))!;
        Assert.NotEqual(again.Assessments.Single(a => a.ModelVersion == 1).DocumentSha256, latest.DocumentSha256);
    }

    /// <summary>Every version on every later window; the champion by the scores that it gave before anyone knew the outcome.</summary>
    private static async Task AssertVersionsOnWindowsAsync(AcceleratedRegistry registry, int versions, int perQuarter)
    {
        IReadOnlyList<VersionWindowRow> rows = await registry.Get<DriftAssessmentRepository>().ListVersionWindowsAsync("combined", "", Ct);
        Assert.Equal(
            Enumerable.Range(1, versions - 1).SelectMany(v => Enumerable.Range(v + 1, Quarters - v).Select(q => (v, AcceleratedRegistry.Quarter(q)))),
            rows.Select(r => (r.ModelVersion, r.EntryQuarter)));
        Assert.All(rows, r => Assert.Equal((WindowStates.Mature, perQuarter), (r.State, r.Patients)));
        int? champion = await registry.Get<ModelRepository>().FindChampionAsync(Ct);
        Assert.Equal(1, champion);
        Assert.All(rows.Where(r => r.ModelVersion == champion && r.EntryQuarter != AcceleratedRegistry.Quarter(2)), r => Assert.Equal(r.Mature, r.Prospective));
    }

    private static bool IsThere(AlertRow alert) => alert.CenterCode == AcceleratedRegistry.Changed && IsAfter(alert);

    private static bool IsAfter(AlertRow alert) => string.CompareOrdinal(alert.LastWindow, AcceleratedRegistry.Quarter(ChangedFrom)) >= 0;
}
