using HccPipeline.Persistence.Models;
using HccPipeline.Persistence.Registry;
using HccPipeline.Persistence.Runs;
using HccPipeline.Testing;
using Xunit;

namespace HccPipeline.Persistence.Tests.Models;

public abstract class PredictionRepositoryTests : DatabaseTests
{
    private PredictionRepository Predictions => Get<PredictionRepository>();

    [Fact]
    public async Task StoreAsync_AScore_StandsForGood()
    {
        await PrepareAsync();
        await Predictions.StoreAsync([Score(0.25), Score(0.5) with { Submodel = "imaging" }], Ct);
        Clock.Advance(TimeSpan.FromDays(1));
        await RecordAsync("PD");

        await Predictions.StoreAsync([Score(0.75), Refusal("x") with { Submodel = "imaging" }], Ct);

        IReadOnlyList<PredictionRow> rows = await Predictions.ListOfPatientAsync("P-a", 1, Ct);
        Assert.Equal([("combined", 0.25, false), ("imaging", 0.5, false)], rows.Select(r => (r.Submodel, r.Probability!.Value, r.OutcomeKnown)));
        Assert.All(rows, r => Assert.Equal(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds(), r.ScoredMs));
        Assert.Equal(rows, await Predictions.ListOfPatientAsync("P-a", Ct));
        Assert.Equal([0.25], (await Predictions.ListOfVersionAsync(1, "combined", Ct)).Select(r => r.Probability));
    }

    [Fact]
    public async Task StoreAsync_ARefusal_StandsUntilThereIsAScore()
    {
        await PrepareAsync();
        await Predictions.StoreAsync([Refusal("a is missing")], Ct);
        await Predictions.StoreAsync([Refusal("b is missing")], Ct);
        Assert.Equal("b is missing", (await Predictions.ListOfPatientAsync("P-a", Ct)).Single().Refusal);
        await RecordAsync("PD");

        await Predictions.StoreAsync([Score(0.75)], Ct);

        Assert.Equal((0.75, null, true), (await Predictions.ListOfPatientAsync("P-a", Ct)).Select(r => (r.Probability!.Value, r.Refusal, r.OutcomeKnown)).Single());
    }

    [Fact]
    public async Task StoreAsync_WithdrawnOrUnknownPatient_IsNotStored()
    {
        await PrepareAsync();
        await Get<WithdrawalRepository>().AddAsync("P-a", "asked to", "Ada", [], Ct);
        await Predictions.StoreAsync([Score(0.25)], Ct);
        await Predictions.StoreAsync([Score(0.25) with { Pseudonym = "P-z" }], Ct);
        Assert.Empty(await Predictions.ListOfVersionAsync(1, "combined", Ct));
        Assert.Empty(await Predictions.ListWaitingAsync(1, Ct));
    }

    [Fact]
    public async Task ListWaitingAsync_PatientsWithoutOutcome_AreThoseNotAskedOrChangedSinceARefusal()
    {
        await PrepareAsync();
        Assert.Equal(["P-a"], await Predictions.ListWaitingAsync(1, Ct));
        Clock.Advance(TimeSpan.FromSeconds(1));
        await Predictions.StoreAsync([Refusal("a is missing")], Ct);
        Assert.Empty(await Predictions.ListWaitingAsync(1, Ct));
        Clock.Advance(TimeSpan.FromSeconds(1));
        await AddStudyAsync("1.2");
        Assert.Equal(["P-a"], await Predictions.ListWaitingAsync(1, Ct));
        await Predictions.StoreAsync([Score(0.5)], Ct);
        Assert.Empty(await Predictions.ListWaitingAsync(1, Ct));
        await AddVersionAsync(2);
        Assert.Equal(["P-a"], await Predictions.ListWaitingAsync(2, Ct));
        await RecordAsync("SD");
        Assert.Empty(await Predictions.ListWaitingAsync(2, Ct));
    }

    [Fact]
    public async Task ListWaitingAsync_OutcomeKnownWhenTheyCame_AreThoseWhoCameAfterTheVersion()
    {
        await RecordAsync("SD");
        Clock.Advance(TimeSpan.FromSeconds(1));
        await Get<ModelRepository>().AddSnapshotAsync("s1", Profile, 60, 20, 6, Ct);
        await AddVersionAsync(1);
        Assert.Empty(await Predictions.ListWaitingAsync(1, Ct));
        Clock.Advance(TimeSpan.FromSeconds(1));
        await RecordAsync("PD", "P-b");
        Assert.Equal(["P-b"], await Predictions.ListWaitingAsync(1, Ct));
        await Predictions.StoreAsync([Score(0.5) with { Pseudonym = "P-b" }], Ct);
        Assert.Empty(await Predictions.ListWaitingAsync(1, Ct));
        Assert.True((await Predictions.ListOfPatientAsync("P-b", Ct)).Single().OutcomeKnown);

        Clock.Advance(TimeSpan.FromSeconds(1));
        await AddStudyAsync("1.2");   // not extracted yet
        Assert.Empty(await Predictions.ListWaitingAsync(1, Ct));
        RunPlan run = await PlanAsync("1.2");
        await Get<BrickRepository>().CompleteAsync(new(run.RunId, 0), new() { Values = [new("a", 1)] }, "w", Ct);
        await Get<RunRepository>().TryCompleteAsync(run.RunId, Ct);
        Assert.Equal(["P-a"], await Predictions.ListWaitingAsync(1, Ct));
    }

    private static PredictionRow Score(double probability) => new()
    {
        Pseudonym = "P-a", ModelVersion = 1, Submodel = "combined", Probability = probability, RiskGroup = "low", Inputs = "[]", InputsSha256 = "h",
    };

    private static PredictionRow Refusal(string why) => Score(0) with { Probability = null, RiskGroup = null, Refusal = why };

    private async Task PrepareAsync()
    {
        await RecordAsync(null);
        await Get<ModelRepository>().AddSnapshotAsync("s1", Profile, 60, 20, 6, Ct);
        await AddVersionAsync(1);
    }

    private Task<ModelVersionRow> AddVersionAsync(long seed) =>
        AddVersionAsync(new ModelVersionRow { SnapshotSha256 = "s1", Seed = seed, CodeVersion = "0.1.0", ModelSha256 = "m", Reason = "by hand", TrainingMs = 12 });

    private Task<IReadOnlyList<ClinicalOutcome>> RecordAsync(string? response, string pseudonym = "P-a") => Get<ClinicalRecordRepository>().StoreAsync(
    [
        new()
        {
            Pseudonym = pseudonym, CenterCode = "C01", TreatmentStart = new(2023, 5, 1), EntryQuarter = "2023Q2", Response = response,
            Values = new Dictionary<string, double> { ["NLR"] = 2 },
        },
    ], Ct);
}

public sealed class SqlitePredictionRepositoryTests : PredictionRepositoryTests
{
    protected override Task<TestDatabase> CreateDatabaseAsync() => TestDatabase.SqliteAsync(Ct);
}

public sealed class PostgreSqlPredictionRepositoryTests(PostgreSqlServer server) : PredictionRepositoryTests
{
    protected override Task<TestDatabase> CreateDatabaseAsync() => TestDatabase.PostgreSqlAsync(server, Ct);
}
