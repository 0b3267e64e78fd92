using HccPipeline.Contracts;
using HccPipeline.Persistence.Cohort;
using HccPipeline.Persistence.Registry;
using HccPipeline.Persistence.Runs;
using HccPipeline.Testing;
using Xunit;

namespace HccPipeline.Persistence.Tests.Cohort;

public abstract class CohortReaderTests : DatabaseTests
{
    private static readonly DateOnly Start = new(2023, 5, 1);

    private CohortReader Cohort => Get<CohortReader>();

    [Fact]
    public async Task ListReadinessAsync_EveryStageOfAPatient_SaysWhatIsMissing()
    {
        await AddStudyAsync("1.1", "P-1");
        await AddRecordAsync("P-2", response: null);
        await AddRecordAsync("P-3");
        await AddRecordAsync("P-4");
        await AddFeaturesAsync("4.1", "P-4", Visit.PreTreatment, -3, 1);
        await AddReadyAsync("P-5");

        Assert.Equal(
            ["clinical record", "response", "features of the pre-treatment MRI", "features of the post-treatment MRI", null],
            (await Cohort.ListReadinessAsync(Profile, Ct)).Select(p => p.WaitingFor));
        Assert.Equal(1, await Cohort.CountReadyAsync(Profile, Ct));
        Assert.Equal(0, await Cohort.CountReadyAsync("another", Ct));
    }

    [Fact]
    public async Task ListReadinessAsync_ScansAndValuesOutsideTheRules_SaysWhatAndByHowMuch()
    {
        await AddRecordAsync("P-1", values: []);
        await AddFeaturesAsync("1.1", "P-1", Visit.PreTreatment, -15, 1);
        await AddFeaturesAsync("1.2", "P-1", Visit.PostTreatment, 71, 1);
        await AddRecordAsync("P-2");
        await AddFeaturesAsync("2.1", "P-2", Visit.PreTreatment, -14, 1);
        await AddFeaturesAsync("2.2", "P-2", Visit.PostTreatment, 42, 1);

        IReadOnlyList<PatientReadiness> patients = await Cohort.ListReadinessAsync(Profile, Ct);

        Assert.Equal(
            [
                new("pre-mri-window", "a pre-treatment MRI within 14 days before the start", "the nearest lies 15 days before the start"),
                new("post-mri-window", "a post-treatment MRI on day 56 ± 14", "the nearest lies 71 days after the start"),
                new("clinical-values", "clinical values: NLR"),
            ],
            patients[0].Reasons);
        Assert.Empty(patients[1].Reasons);
        Assert.Equal((-14, 42, 1), (patients[1].Pre!.Day, patients[1].Post!.Day, patients[1].OutcomeRevision));
        Assert.Equal(["P-2"], (await Cohort.ReadAsync(Profile, CohortScope.Ready, Ct)).Patients.Select(p => p.Pseudonym));
        Assert.Equal(["P-1", "P-2"], (await Cohort.ReadAsync(Profile, CohortScope.Extracted, Ct)).Patients.Select(p => p.Pseudonym));
    }

    [Fact]
    public async Task ListReadinessAsync_QuarterThatIsNotOver_WaitsForItsWindow()
    {
        await AddRecordAsync("P-1", quarter: "2025Q4");
        await AddFeaturesAsync("1.1", "P-1", Visit.PreTreatment, -3, 1);
        await AddFeaturesAsync("1.2", "P-1", Visit.PostTreatment, 56, 1);

        PatientReadiness early = Assert.Single(await Cohort.ListReadinessAsync(Profile, Ct));
        Clock.SetUtcNow(new DateTimeOffset(2026, 3, 12, 0, 0, 0, TimeSpan.Zero));
        PatientReadiness late = Assert.Single(await Cohort.ListReadinessAsync(Profile, Ct));

        WaitingReason reason = Assert.Single(early.Reasons);
        Assert.Equal(("outcome-window", "over after 2026-03-11 for everyone of 2025Q4"), (reason.Code, reason.Detail));
        Assert.Equal((LabelState.Pending, LabelState.Mature), (early.Label.State, late.Label.State));
        Assert.Empty(late.Reasons);
    }

    [Fact]
    public async Task ReadAsync_Ready_HasAColumnForEachVisitTheirDifferenceAndTheClinicalValues()
    {
        await AddReadyAsync("P-b", pre: 3, post: 5);
        await AddReadyAsync("P-a", pre: 1, post: 1.5);
        await AddRecordAsync("P-c");   // no images: not ready

        CohortSnapshot table = await Cohort.ReadAsync(Profile, CohortScope.Ready, Ct);

        Assert.Equal(["P-a", "P-b"], table.Patients.Select(p => p.Pseudonym));
        Assert.Equal(["NLR", "delta_T2_SIR", "post_T2_SIR", "pre_T2_SIR"], table.FeatureNames);
        Assert.Equal([1, 3], table.Column("pre_T2_SIR"));
        Assert.Equal([1.5, 5], table.Column("post_T2_SIR"));
        Assert.Equal([0.5, 2], table.Column("delta_T2_SIR"));
        Assert.Equal([2.5, 2.5], table.Column("NLR"));
        Assert.Equal(("PD", "2023Q2", 5.5, true), (table.Patients[0].Response, table.Patients[0].EntryQuarter, table.Patients[0].PfsMonths, table.Patients[0].PfsEvent));
    }

    [Fact]
    public async Task ReadAsync_Extracted_HasPatientsWithOneVisitAndGapsWhereNothingIsKnown()
    {
        await AddRecordAsync("P-a", response: null);
        await AddFeaturesAsync("1.1", "P-a", Visit.PostTreatment, 56, 4);
        await AddReadyAsync("P-b", pre: 3, post: 5);

        CohortSnapshot table = await Cohort.ReadAsync(Profile, CohortScope.Extracted, Ct);

        Assert.Equal([double.NaN, 3], table.Column("pre_T2_SIR"));
        Assert.Equal([4, 5], table.Column("post_T2_SIR"));
        Assert.Equal([double.NaN, 2], table.Column("delta_T2_SIR"));
    }

    [Fact]
    public async Task ReadAsync_SeveralScansOfAVisit_TakesTheOneClosestToItsDay()
    {
        await AddRecordAsync("P-a");
        await AddFeaturesAsync("1.1", "P-a", Visit.PreTreatment, -30, 1);
        await AddFeaturesAsync("1.2", "P-a", Visit.PreTreatment, -2, 2);
        await AddFeaturesAsync("1.3", "P-a", Visit.PostTreatment, 30, 3);
        await AddFeaturesAsync("1.4", "P-a", Visit.PostTreatment, 60, 4);
        await AddFeaturesAsync("1.5", "P-a", Visit.PostTreatment, 120, 5);

        CohortSnapshot table = await Cohort.ReadAsync(Profile, CohortScope.Ready, Ct);

        Assert.Equal((2, 4), (table.Column("pre_T2_SIR")[0], table.Column("post_T2_SIR")[0]));
    }

    [Fact]
    public async Task ReadAsync_StudyThatGrew_HasTheFeaturesOfItsLastContentAlone()
    {
        await AddReadyAsync("P-a", pre: 3, post: 5);
        await AddStudyAsync("P-a.2", "P-a", Visit.PostTreatment, "c2", Start.AddDays(56));
        RunPlan again = await PlanAsync("P-a.2", "c2");
        Assert.Equal(0, await Cohort.CountReadyAsync(Profile, Ct));   // the old run is superseded, the new one not done

        await FinishAsync(again, ("T2_SIR", 7));

        CohortSnapshot table = await Cohort.ReadAsync(Profile, CohortScope.Ready, Ct);
        Assert.Equal([7], table.Column("post_T2_SIR"));
        Assert.Equal(1, await Cohort.CountReadyAsync(Profile, Ct));
    }

    [Fact]
    public async Task ReadAsync_RunWithoutValuesOrWithoutAVisit_IsNoVisit()
    {
        await AddRecordAsync("P-a");
        await AddFeaturesAsync("1.1", "P-a", null, -2, 1);
        await AddStudyAsync("1.2", "P-a", Visit.PreTreatment, date: Start);
        RunPlan rejected = await PlanAsync("1.2");
        await Get<BrickRepository>().RejectAsync(new(rejected.RunId, 0), "no muscle", "w", Ct);
        await Get<RunRepository>().TryCompleteAsync(rejected.RunId, Ct);

        Assert.Empty((await Cohort.ReadAsync(Profile, CohortScope.Extracted, Ct)).Patients);
        Assert.Equal("features of the pre-treatment MRI", Assert.Single(await Cohort.ListReadinessAsync(Profile, Ct)).WaitingFor);
    }

    [Fact]
    public async Task ReadPatientAsync_OutcomeNotKnown_GivesWhatIsKnown()
    {
        await AddRecordAsync("P-a", response: null);
        await AddFeaturesAsync("1.1", "P-a", Visit.PreTreatment, -2, 2);
        await AddFeaturesAsync("1.2", "P-a", Visit.PostTreatment, 56, 5);

        IReadOnlyDictionary<string, double> values = await Cohort.ReadPatientAsync(Profile, "P-a", Ct);

        Assert.Equal(
            [new("NLR", 2.5), new("delta_T2_SIR", 3), new("post_T2_SIR", 5), new("pre_T2_SIR", 2)],
            values.OrderBy(v => v.Key, StringComparer.Ordinal));
        Assert.Empty(await Cohort.ReadPatientAsync(Profile, "P-z", Ct));
    }

    [Fact]
    public async Task FindProfileInUseAsync_SeveralProfiles_IsThatOfTheLastRun()
    {
        Assert.Null(await Cohort.FindProfileInUseAsync(Ct));
        await Get<ProfileRepository>().AddIfAbsentAsync("newer", "{}", Ct);
        await PlanAsync(await AddStudyAsync("1.1"));
        Clock.Advance(TimeSpan.FromMinutes(1));
        await PlanAsync("1.1", profile: "newer");

        Assert.Equal("newer", await Cohort.FindProfileInUseAsync(Ct));
    }

    private async Task AddReadyAsync(string pseudonym, double pre = 1, double post = 2)
    {
        await AddRecordAsync(pseudonym);
        await AddFeaturesAsync(pseudonym + ".1", pseudonym, Visit.PreTreatment, -3, pre);
        await AddFeaturesAsync(pseudonym + ".2", pseudonym, Visit.PostTreatment, 56, post);
    }

    private async Task AddRecordAsync(string pseudonym, string? response = "PD", string quarter = "2023Q2", Dictionary<string, double>? values = null) => await Get<ClinicalRecordRepository>().StoreAsync(
    [
        new()
        {
            Pseudonym = pseudonym, CenterCode = "C01", TreatmentStart = Start, EntryQuarter = quarter, Response = response,
            PfsMonths = response is null ? null : 5.5, PfsEvent = response is null ? null : true, Values = values ?? new Dictionary<string, double> { ["NLR"] = 2.5 },
        },
    ], Ct);

    private async Task AddFeaturesAsync(string studyUid, string pseudonym, Visit? visit, int day, double ratio)
    {
        await AddStudyAsync(studyUid, pseudonym, visit, date: Start.AddDays(day));
        await FinishAsync(await PlanAsync(studyUid), ("T2_SIR", ratio));
    }

    private async Task FinishAsync(RunPlan plan, (string Name, double Value) value)
    {
        await Get<BrickRepository>().CompleteAsync(new(plan.RunId, 0), new() { Values = [new(value.Name, value.Value)] }, "w", Ct);
        Assert.NotNull(await Get<RunRepository>().TryCompleteAsync(plan.RunId, Ct));
    }
}

public sealed class SqliteCohortReaderTests : CohortReaderTests
{
    protected override Task<TestDatabase> CreateDatabaseAsync() => TestDatabase.SqliteAsync(Ct);
}

public sealed class PostgreSqlCohortReaderTests(PostgreSqlServer server) : CohortReaderTests
{
    protected override Task<TestDatabase> CreateDatabaseAsync() => TestDatabase.PostgreSqlAsync(server, Ct);
}
