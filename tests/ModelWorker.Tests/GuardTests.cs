using HccPipeline.ModelWorker.Guards;
using HccPipeline.ModelWorker.Retraining;
using HccPipeline.ModelWorker.Training;
using HccPipeline.Persistence.Audit;
using HccPipeline.Persistence.Cohort;
using HccPipeline.Persistence.Models;
using HccPipeline.Testing;
using Xunit;

namespace HccPipeline.ModelWorker.Tests;

public sealed class GuardTests
{
    // Six imaging candidates (three visits of two) and three clinical that vary and are complete: NLR, age; the combined model has eight.
    private static readonly TrainingSettings Settings = Cohorts.Settings with { ClinicalCandidates = ["NLR", "age"] };
    private static readonly GuardOptions Options = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(80)]
    [InlineData(300)]
    [InlineData(1200)]
    public void Evaluate_SampleSize_NamesTheShortfallOfRileysCriteria(int patients)
    {
        GuardResult result = Evaluate(Cohorts.Make(patients)).Single(r => r.Guard == "sample-size");

        int required = Statistics.SampleSize.Riley.FromAuc(8, 0.5, 0.8).Required;
        Assert.Equal((patients, required, Math.Max(0, required - patients), required <= patients), (result.Measured, result.Required, result.ShortfallPatients, result.Holds));
        Assert.Equal(required > patients, result.Detail.Contains($"{required - patients} more patients are needed", StringComparison.Ordinal));
    }

    [Fact]
    public void Evaluate_EventsPerCandidate_ShortfallIsEnough()
    {
        GuardResult result = Evaluate(Cohorts.Make(60)).Single(r => r.Guard == "events-per-candidate");
        Assert.Equal((30 / 8.0, 5.0, false, 20), (result.Measured, result.Required, result.Holds, result.ShortfallPatients));
        Assert.True(Evaluate(Cohorts.Make(60 + result.ShortfallPatients)).Single(r => r.Guard == "events-per-candidate").Holds);
        Assert.False(Evaluate(Cohorts.Make(60 + result.ShortfallPatients - 2)).Single(r => r.Guard == "events-per-candidate").Holds);
    }

    [Theory]
    [InlineData(0.5, true, 0)]
    [InlineData(0.3, true, 0)]
    public void Evaluate_BalancedClasses_Hold(double required, bool holds, int shortfall)
    {
        GuardResult result = Evaluate(Cohorts.Make(60), new() { MinimumClassShare = required }).Single(r => r.Guard == "class-balance");
        Assert.Equal((0.5, holds, shortfall), (result.Measured, result.Holds, result.ShortfallPatients));
    }

    [Fact]
    public void Evaluate_ScarceClass_ShortfallBringsItToTheShare()
    {
        CohortSnapshot cohort = Cohorts.Make(100);
        HashSet<string> left = [.. cohort.Patients.Where(p => p.Progression).Skip(5).Select(p => p.Pseudonym)];   // 5 of 55 progress

        GuardResult result = Evaluate(cohort.Without(left), new() { MinimumClassShare = 0.2 }).Single(r => r.Guard == "class-balance");

        Assert.Equal((false, 8), (result.Holds, result.ShortfallPatients));   // 13 of 63 are more than a fifth, 12 of 62 are not
        Assert.Contains("8 more patients are needed with progression", result.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(24, false)]
    public void Evaluate_MissingValues_AreCountedOverTheCandidates(int missing, bool holds)
    {
        GuardResult result = Evaluate(Cohorts.Make(80, missingInSignal: missing), new() { MaximumMissingShare = 0.03 }).Single(r => r.Guard == "missing-values");
        Assert.Equal((missing / (8.0 * 80), holds), (result.Measured!.Value, result.Holds));
    }

    [Fact]
    public void Evaluate_NoReadings_AgreementIsNotMeasured()
    {
        GuardResult result = Evaluate(Cohorts.Make(80)).Single(r => r.Guard == "reader-agreement");
        Assert.Equal((null, null), (result.Measured, result.Holds));
        Assert.Contains("not measured", result.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Evaluate_Readings_GiveThePublishedIntraclassCorrelation()
    {
        // Six subjects, four judges: the table of Shrout and Fleiss (1979), whose ICC(2,1) is 0.29.
        double[][] table = [[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]];
        string csv = "feature,patient,reader,value\n" + string.Join('\n', table.SelectMany((row, i) => row.Select((v, j) => $"T2_SIR,P{i},R{j},{v}")))
            + "\n" + string.Join('\n', Enumerable.Range(0, 6).SelectMany(i => new[] { $"NLR,P{i},A,{i}", $"NLR,P{i},B,{i}" })) + "\n";

        GuardResult result = TrainingGuards.Evaluate(Cohorts.Make(80), Settings, Options, ReaderAgreement.Read(new StringReader(csv))).Single(r => r.Guard == "reader-agreement");

        Assert.Equal(0.29, result.Measured!.Value, 0.005);
        Assert.False(result.Holds);
        Assert.Contains("post_T2_SIR 0.29", result.Detail, StringComparison.Ordinal);
        Assert.DoesNotContain("NLR", result.Detail, StringComparison.Ordinal);
        Assert.Throws<FormatException>(() => ReaderAgreement.Read(new StringReader("feature,patient,reader,value\nx,y,z,w\n")));
        Assert.Throws<FormatException>(() => ReaderAgreement.Read(new StringReader("a,b\n")));
    }

    [Fact]
    public async Task TrainAsync_GuardRefuses_NamesTheShortfallAndTakesAReason()
    {
        await using SmallRegistry registry = await SmallRegistry.CreateAsync(
            await TestDatabase.SqliteAsync(Ct), TimeProvider.System, 40, Ct, new Dictionary<string, string?> { ["Guards:Override"] = "" });
        TrainingRequest request = new() { ProfileSha256 = SmallRegistry.Profile, Seed = 1, Reason = "test", RequestedBy = "Ada" };
        RetrainingService service = registry.Get<RetrainingService>();

        TrainingException e = await Assert.ThrowsAsync<TrainingException>(() => service.TrainAsync(request, Ct));

        Assert.Contains("more patients are needed", e.Message, StringComparison.Ordinal);
        TrainingRunRow refused = Assert.Single(await registry.Get<TrainingRunRepository>().ListAsync(10, Ct));
        Assert.Equal(("refused", e.Message), (refused.Outcome, refused.Detail));
        Assert.Empty(await registry.Get<ModelRepository>().ListAsync(Ct));

        ModelVersionRow version = (await service.TrainAsync(request with { OverrideReason = "feasibility" }, Ct))!.Version;

        Assert.Equal("feasibility", version.OverrideReason);
        Assert.Contains("sample-size", version.Guards, StringComparison.Ordinal);
        Assert.Equal("feasibility", (await registry.Get<TrainingRunRepository>().ListAsync(10, Ct)).Single(r => r.Outcome == "trained").OverrideReason);
        AuditRow audit = (await registry.Get<AuditLog>().ListAsync(10, Ct)).Single(a => a.Action == "override-guards");
        Assert.Equal(("Ada", "model 1", "feasibility"), (audit.Actor, audit.Subject, audit.Reason));
    }

    [Fact]
    public async Task EvaluateAsync_AfterARefusal_AwaitsAsManyMorePatients()
    {
        await using SmallRegistry registry = await SmallRegistry.CreateAsync(
            await TestDatabase.SqliteAsync(Ct), TimeProvider.System, 40, Ct,
            new Dictionary<string, string?> { ["Guards:Override"] = "", ["ModelWorker:MinimumPatients"] = "40", ["ModelWorker:RetrainAfterNewPatients"] = "2" });
        RetrainingPolicy policy = registry.Get<RetrainingPolicy>();
        Assert.NotNull(await policy.EvaluateAsync(SmallRegistry.Profile, Ct));
        await Assert.ThrowsAsync<TrainingException>(() => registry.TrainAsync(1, Ct));

        Assert.Null(await policy.EvaluateAsync(SmallRegistry.Profile, Ct));
        await registry.AddPatientAsync(40, "SD", Ct);
        Assert.Null(await policy.EvaluateAsync(SmallRegistry.Profile, Ct));
        await registry.AddPatientAsync(41, "PD", Ct);
        Assert.NotNull(await policy.EvaluateAsync(SmallRegistry.Profile, Ct));
    }

    private static IReadOnlyList<GuardResult> Evaluate(CohortSnapshot cohort, GuardOptions? options = null) =>
        TrainingGuards.Evaluate(cohort, Settings, options ?? Options, null);
}
