using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using HccPipeline.Contracts;
using HccPipeline.Contracts.Messages;
using HccPipeline.Contracts.Models;
using HccPipeline.ModelWorker.Scoring;
using HccPipeline.Persistence.Models;
using HccPipeline.Testing;
using MassTransit.Testing;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace HccPipeline.ModelWorker.Tests;

/// <summary>What the champion says of patients when their data arrive.</summary>
public sealed class PatientScoringTests : IAsyncLifetime
{
    private const int Patients = 40, New = 100;
    private SmallRegistry _registry = null!;
    private ITestHarness _harness = null!;
    private ModelDocument _model = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private PredictionRepository Predictions => _registry.Get<PredictionRepository>();

    public async ValueTask InitializeAsync()
    {
        _registry = await SmallRegistry.CreateAsync(
            await TestDatabase.SqliteAsync(Ct), TimeProvider.System, Patients, Ct, new Dictionary<string, string?> { ["ModelWorker:MinimumPatients"] = "0" }, bus: true);
        await _registry.TrainAsync(1, Ct);
        _model = (await _registry.Get<ModelCatalog>().FindAsync(1, Ct))!.Value.Document;
        _harness = await _registry.Services.StartTestHarness();
    }

    public async ValueTask DisposeAsync()
    {
        await _harness.Stop(CancellationToken.None);
        await _registry.DisposeAsync();
    }

    [Fact]
    public async Task Consume_FeaturesArrive_FreezesTheScoresOfAllSubmodels()
    {
        await _registry.AddPatientAsync(New, null, Ct, shift: 0);
        await ArriveAsync(New);

        IReadOnlyList<PredictionRow> rows = await Predictions.ListOfPatientAsync(SmallRegistry.Name(New), Ct);
        Assert.Equal(["clinical", "combined", "imaging"], rows.Select(r => r.Submodel));
        Assert.All(rows, r => Assert.Equal((1, false, null), (r.ModelVersion, r.OutcomeKnown, r.Refusal)));
        // The frozen inputs and the stored coefficients give the frozen probability.
        foreach (PredictionRow row in rows)
        {
            LogisticDocument logistic = _model.Models.Single(m => m.Name == row.Submodel).Logistic;
            using JsonDocument inputs = JsonDocument.Parse(row.Inputs);
            double logOdds = logistic.Intercept + logistic.Predictors.Zip(inputs.RootElement.EnumerateArray(), (p, i) => p.Name == i.GetProperty("name").GetString() ? p.Beta * i.GetProperty("value").GetDouble() : double.NaN).Sum();
            Assert.Equal(1 / (1 + Math.Exp(-logOdds)), row.Probability!.Value, 1e-12);
        }
    }

    [Fact]
    public async Task Consume_OutcomeAndOtherValuesLater_LeaveTheScoreAsItWas()
    {
        await _registry.AddPatientAsync(New, null, Ct, shift: 0);
        await ArriveAsync(New);
        IReadOnlyList<PredictionRow> frozen = await Predictions.ListOfPatientAsync(SmallRegistry.Name(New), Ct);

        await _registry.AddClinicalAsync(New, "PD", Ct, nlr: 2.5);
        await _harness.Bus.Publish(new ClinicalRecordUpdated { Pseudonym = SmallRegistry.Name(New) }, Ct);
        Assert.True(await _harness.GetConsumerHarness<PatientScoreConsumer>().Consumed.Any<ClinicalRecordUpdated>(Ct));

        Assert.Equal(frozen, await Predictions.ListOfPatientAsync(SmallRegistry.Name(New), Ct));
    }

    [Fact]
    public async Task Consume_PostTreatmentScanMissing_IsRefusedByNameUntilItArrives()
    {
        await _registry.AddClinicalAsync(New, null, Ct);
        await _registry.AddVisitAsync(New, Visit.PreTreatment, new(2023, 4, 28), 2, 1.2, Ct);
        await ArriveAsync(New);
        PredictionRow imaging = (await Predictions.ListOfPatientAsync(SmallRegistry.Name(New), Ct)).Single(p => p.Submodel == "imaging");
        Assert.Null(imaging.Probability);
        Assert.Contains("is missing", imaging.Refusal, StringComparison.Ordinal);
        Assert.Contains("null", imaging.Inputs, StringComparison.Ordinal);

        await _registry.AddVisitAsync(New, Visit.PostTreatment, new(2023, 6, 26), 2, 1.2, Ct);
        // Its announcement was lost with its process: the sweep finds the patient all the same.
        Assert.Equal(1, await _registry.Get<PatientScorer>().ScoreWaitingAsync(Ct));

        Assert.All(await Predictions.ListOfPatientAsync(SmallRegistry.Name(New), Ct), p => Assert.NotNull(p.Probability));
        Assert.Equal(0, await _registry.Get<PatientScorer>().ScoreWaitingAsync(Ct));
    }

    [Fact]
    public async Task Consume_ValueOutsideTheTrainingRange_IsRefusedByName()
    {
        await _registry.AddPatientAsync(New, null, Ct, shift: 50);
        await ArriveAsync(New);
        Assert.Contains("outside the range", (await Predictions.ListOfPatientAsync(SmallRegistry.Name(New), Ct)).Single(p => p.Submodel == "imaging").Refusal, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Consume_OtherProfile_IsNotTheChampionsBusiness()
    {
        await _registry.AddPatientAsync(New, null, Ct, shift: 0);
        await ArriveAsync(New, profile: "another");
        Assert.Empty(await Predictions.ListOfPatientAsync(SmallRegistry.Name(New), Ct));
    }

    [Fact]
    public async Task Consume_VersionPromoted_ScoresWhoHasNoOutcomeAndIsAnnounced()
    {
        await _registry.AddPatientAsync(New, null, Ct, shift: 0);
        await _registry.AddPatientAsync(New + 1, "PD", Ct, shift: 0);
        await _registry.TrainAsync(2, Ct);
        Assert.True(await _registry.Get<PromotionRepository>().PromoteAsync(new() { ModelVersion = 2, Kind = "override", Actor = "Ada", Reason = "test" }, 1, Ct));
        Assert.Equal([1, 2], (await _registry.Get<PromotionRepository>().ListNotAnnouncedAsync(Ct)).Select(p => p.ModelVersion));

        await _harness.Bus.Publish(new ModelPromoted { ModelVersion = 2, Reason = "test" }, Ct);
        Assert.True(await _harness.GetConsumerHarness<ModelPromotedConsumer>().Consumed.Any<ModelPromoted>(Ct));

        Assert.Equal([SmallRegistry.Name(New)], (await Predictions.ListOfVersionAsync(2, "combined", Ct)).Select(p => p.Pseudonym));
        Assert.Equal([1], (await _registry.Get<PromotionRepository>().ListNotAnnouncedAsync(Ct)).Select(p => p.ModelVersion));
    }

    [Fact]
    public async Task Consume_FeaturesOfATrace_AreScoredInTheSameTrace()
    {
        ConcurrentQueue<Activity> spans = new();
        using ActivitySource own = new("HccPipeline.ModelWorker.Tests");
        using ActivityListener listener = new()
        {
            ShouldListenTo = source => source.Name.StartsWith("HccPipeline.ModelWorker", StringComparison.Ordinal) || source.Name == "MassTransit",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStarted = spans.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);
        await _registry.AddPatientAsync(New, null, Ct, shift: 0);
        ActivityTraceId trace;
        Activity.Current = null;
        using (Activity ingest = own.StartActivity("test")!)
        {
            trace = ingest.TraceId;
            await _harness.Bus.Publish(Arrival(New, SmallRegistry.Profile), Ct);
        }
        Assert.True(await _harness.GetConsumerHarness<PatientScoreConsumer>().Consumed.Any<FeaturesExtracted>(Ct));

        Activity score = Assert.Single(spans, a => a.TraceId == trace && a.OperationName == "model.score");
        Assert.Equal(3, score.GetTagItem("hcc.scored"));
        Assert.DoesNotContain(score.TagObjects, t => t.Value is string text && text.Contains(SmallRegistry.Name(New), StringComparison.Ordinal));
    }

    private static FeaturesExtracted Arrival(int i, string profile) =>
        new() { RunId = "r", StudyInstanceUid = "1.2", Pseudonym = SmallRegistry.Name(i), ProfileSha256 = profile };

    private async Task ArriveAsync(int i, string profile = SmallRegistry.Profile)
    {
        await _harness.Bus.Publish(Arrival(i, profile), Ct);
        Assert.True(await _harness.GetConsumerHarness<PatientScoreConsumer>().Consumed.Any<FeaturesExtracted>(m => m.Exception is null, Ct));
    }
}
