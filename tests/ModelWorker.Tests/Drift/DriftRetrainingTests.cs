using HccPipeline.Contracts.Drift;
using HccPipeline.Contracts.Messages;
using HccPipeline.ModelWorker.Drift;
using HccPipeline.Testing;
using MassTransit.Testing;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace HccPipeline.ModelWorker.Tests.Drift;

public sealed class DriftRetrainingTests
{
    // For a look at what the harness has seen so far: without it a look that finds nothing waits for the end of all activity.
    private static readonly CancellationToken Now = new(canceled: true);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(AlertLevels.Information, "true", false)]
    [InlineData(AlertLevels.Watch, "true", false)]
    [InlineData(AlertLevels.Action, "true", true)]
    [InlineData(AlertLevels.RollbackProposal, "true", true)]
    [InlineData(AlertLevels.Action, "false", false)]
    public async Task Consume_Alert_AsksForANewVersionWhereActionIsCalledFor(string level, string retrain, bool isAsked)
    {
        FakeTimeProvider clock = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
        await using SmallRegistry registry = await SmallRegistry.CreateAsync(
            await TestDatabase.SqliteAsync(Ct), clock, patients: 2, Ct, new Dictionary<string, string?> { ["Drift:RetrainOnAction"] = retrain }, bus: true);
        ITestHarness harness = await registry.Services.StartTestHarness();

        await harness.Bus.Publish(new DriftDetected { AlertId = "a1", ModelVersion = 3, Submodel = "combined", Level = level, Kind = "auc-fall", Window = "2025Q1", Summary = "It fell." }, Ct);

        Assert.True(await harness.GetConsumerHarness<DriftRetrainingConsumer>().Consumed.Any<DriftDetected>(Ct));
        if (isAsked)
            Assert.True(await harness.Published.Any<RetrainingRequested>(Ct));
        RetrainingRequested[] asked = [.. harness.Published.Select<RetrainingRequested>(Now).Select(p => p.Context.Message)];
        Assert.Equal(isAsked ? [(SmallRegistry.Profile, "drift of version 3, alert a1")] : [], asked.Select(r => (r.ProfileSha256, r.Reason)));
        await harness.Stop(CancellationToken.None);
    }
}
