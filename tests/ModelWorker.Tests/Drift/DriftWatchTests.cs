using System.Diagnostics.Metrics;
using HccPipeline.Contracts.Drift;
using HccPipeline.Contracts.Messages;
using HccPipeline.ModelWorker.Drift;
using HccPipeline.Persistence.Drift;
using HccPipeline.Persistence.Models;
using HccPipeline.Testing;
using MassTransit.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace HccPipeline.ModelWorker.Tests.Drift;

/// <summary>What runs beside the assessments: the look for something new, and the gauges.</summary>
public sealed class DriftWatchTests : IAsyncLifetime
{
    // For a look at what the harness has seen so far: without it a look that finds nothing waits for the end of all activity.
    private static readonly CancellationToken Now = new(canceled: true);

    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 1, 1, 12, 0, 0, TimeSpan.Zero));
    private SmallRegistry _registry = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() =>
        _registry = await SmallRegistry.CreateAsync(await TestDatabase.SqliteAsync(Ct), _clock, patients: 2, Ct, bus: true);

    public ValueTask DisposeAsync() => _registry.DisposeAsync();

    [Fact]
    public async Task Sweeper_NothingNew_AsksAgainOnlyOnAnotherDay()
    {
        await DocumentAsync("stores a version: later there will be nothing new");
        ITestHarness harness = await _registry.Services.StartTestHarness();
        using DriftSweeper sweeper = ActivatorUtilities.CreateInstance<DriftSweeper>(_registry.Services);
        await sweeper.StartAsync(Ct);
        await AskedAsync(harness, 1);

        await SweepAsync(TimeSpan.FromMinutes(11));
        await SweepAsync(TimeSpan.FromMinutes(11));
        Assert.Equal(1, Asked(harness));
        await SweepAsync(TimeSpan.FromDays(1));
        await AskedAsync(harness, 2);
        await _registry.AddPatientAsync(7, "PD", Ct);
        await SweepAsync(TimeSpan.FromMinutes(11));
        await AskedAsync(harness, 3);

        await sweeper.StopAsync(CancellationToken.None);
        await harness.Stop(CancellationToken.None);

        // An alert that was not announced is announced by each sweep: its message tells that the sweep has gone by.
        async Task SweepAsync(TimeSpan time)
        {
            int before = harness.Published.Select<DriftDetected>(Now).Count();
            await RaiseAsync($"sweep {before}");
            _clock.Advance(time);
            await UntilAsync(() => harness.Published.Select<DriftDetected>(Now).Count() > before);
        }
    }

    [Fact]
    public async Task Gauges_AssessedVersionAndAlerts_AreShownAndNameNoCentre()
    {
        await RaiseAsync("auc-fall");
        DriftDocument document = await DocumentAsync("auc-fall");
        await _registry.Get<DriftAssessmentRepository>().StoreAsync(document, "input", Ct);
        List<(string Name, double Value, string Tags)> measured = [];
        using DriftGauges gauges = ActivatorUtilities.CreateInstance<DriftGauges>(_registry.Services);
        using MeterListener listener = new()
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Meter.Name == "HccPipeline.ModelWorker.Drift")
                    self.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<double>((i, value, tags, _) => measured.Add((i.Name, value, Text(tags))));
        listener.SetMeasurementEventCallback<long>((i, value, tags, _) => measured.Add((i.Name, value, Text(tags))));
        listener.Start();

        await gauges.ReadAsync(Ct);
        listener.RecordObservableInstruments();

        WindowDocument last = document.Windows.Last(w => w is { Center: null, State: WindowStates.Mature });
        Assert.Contains(("hcc.drift.auc", last.Auc!.Value, "model=combined,model_version=1,scope=all"), measured);
        Assert.Contains(("hcc.drift.patients", last.Mature, "model=combined,model_version=1,scope=all"), measured);
        WindowDocument lowest = document.Windows.Where(w => w is { Center: not null, State: WindowStates.Mature }).GroupBy(w => w.Center).Select(g => g.Last()).Where(w => w.Auc is not null).MinBy(w => w.Auc!.Value)!;
        Assert.Contains(("hcc.drift.auc", lowest.Auc!.Value, "model=combined,model_version=1,scope=lowest-centre"), measured);
        // Who reads metrics shows no token.
        Assert.DoesNotContain(measured, m => document.Windows.Any(w => w.Center is { } center && m.Tags.Contains(center, StringComparison.Ordinal)));
        Assert.Contains(("hcc.alerts", 1.0, "level=action,state=open"), measured);
        Assert.Contains(("hcc.alerts", 0.0, "level=watch,state=acknowledged"), measured);

        static string Text(ReadOnlySpan<KeyValuePair<string, object?>> tags) => string.Join(',', tags.ToArray().Select(t => $"{t.Key}={t.Value}").Order(StringComparer.Ordinal));
    }

    private static int Asked(ITestHarness harness) => harness.Published.Select<DriftAssessmentRequested>(Now).Count();

    private static Task AskedAsync(ITestHarness harness, int times) => UntilAsync(() => Asked(harness) == times);

    private static async Task UntilAsync(Func<bool> isSo)
    {
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        limit.CancelAfter(TimeSpan.FromSeconds(30));
        using PeriodicTimer look = new(TimeSpan.FromMilliseconds(20));
        while (!isSo())
            await look.WaitForNextTickAsync(limit.Token);
    }

    private async Task RaiseAsync(string kind) => await _registry.Get<AlertRepository>().RaiseAsync(await DocumentAsync(kind), "document", Ct);

    private async Task<DriftDocument> DocumentAsync(string kind)
    {
        ModelRepository models = _registry.Get<ModelRepository>();
        if (await models.FindAsync(1, Ct) is null)
        {
            await models.AddSnapshotAsync("s", SmallRegistry.Profile, 1, 1, 1, Ct);
            await _registry.Services.StoreVersionAsync(new() { SnapshotSha256 = "s", Seed = 1, CodeVersion = "1", ModelSha256 = "m", Reason = "test", TrainingMs = 1 }, Ct);
        }
        DriftDocument document = DriftAssessor.Assess(new SimulatedRegistry { Seed = 1, PerCenter = 7 }.Build(8) with { IsWatched = false }, new DriftSettings(), Ct);
        return document with { Findings = [new(AlertLevels.Action, kind, "C03", "2024Q1", "The AUC fell.")] };
    }
}
