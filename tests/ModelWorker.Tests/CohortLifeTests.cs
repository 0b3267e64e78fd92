using HccPipeline.Contracts;
using HccPipeline.Contracts.Models;
using HccPipeline.ModelWorker.Cohort;
using HccPipeline.ModelWorker.Retraining;
using HccPipeline.ModelWorker.Scoring;
using HccPipeline.ModelWorker.Training;
using HccPipeline.Persistence.Blobs;
using HccPipeline.Persistence.Cohort;
using HccPipeline.Persistence.Models;
using HccPipeline.Persistence.Registry;
using HccPipeline.Persistence.Runs;
using HccPipeline.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace HccPipeline.ModelWorker.Tests;

/// <summary>A small cohort from rows of the database to versions, and what happens to it afterwards.</summary>
public sealed class CohortLifeTests : IAsyncLifetime
{
    private const string Profile = "profile";
    private const int Patients = 40;
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
    private TestDatabase _database = null!;
    private ServiceProvider _services = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _database = await TestDatabase.SqliteAsync(Ct);
        ServiceCollection services = _database.Services(_clock, new Dictionary<string, string?>
        {
            ["ModelWorker:ImagingCandidates:0"] = "T2_SIR", ["ModelWorker:ImagingCandidates:1"] = "ADC_Mean", ["ModelWorker:Folds"] = "5",
            ["Guards:Override"] = "small on purpose",
        });
        services.AddModelWorker();
        _services = services.BuildServiceProvider();
        await Get<ProfileRepository>().AddIfAbsentAsync(Profile, "{}", Ct);
        Random random = new(3);
        for (int i = 0; i < Patients; i++)
            await AddPatientAsync(i, random);
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task TrainAsync_FirstVersion_StoresAManifestOfWhoIsInAndWhoIsNot()
    {
        TrainedVersion trained = await TrainAsync();

        SnapshotManifest manifest = (await Get<ManifestRepository>().FindAsync(trained.Version.SnapshotSha256, Ct))!;
        Assert.Equal(Patients, manifest.Patients.Count);
        Assert.Equal((trained.Version.SnapshotSha256, Profile), (manifest.SnapshotSha256, manifest.ProfileSha256));
        Assert.Equal(Patients, manifest.Incorporation.Count);   // every post-treatment scan lies on day 56
        Assert.Equal([1], await Get<ManifestRepository>().ListVersionsOfAsync(Name(3), Ct));
        Assert.Empty(await Get<ManifestRepository>().ListVersionsOfAsync("P-z", Ct));
    }

    [Fact]
    public async Task AdjudicateAsync_AfterASnapshot_IsRevisedUntilTheNextSnapshotUsesIt()
    {
        await TrainAsync();
        await Get<OutcomeRepository>().AdjudicateAsync(Name(1), "PD", "second reader", "A. Reader", Ct);
        Assert.Equal((LabelState.Revised, 2), await LabelAsync(Name(1)));

        TrainedVersion second = await TrainAsync();

        Assert.Equal(2, second.Version.ModelVersion);
        Assert.Equal((LabelState.Adjudicated, 2), await LabelAsync(Name(1)));
        SnapshotManifest manifest = (await Get<ManifestRepository>().FindAsync(second.Version.SnapshotSha256, Ct))!;
        Assert.Equal((2, "revised"), manifest.Patients.Where(p => p.Pseudonym == Name(1)).Select(p => (p.OutcomeRevision, p.Label)).Single());
        Assert.Equal((1, "mature"), manifest.Patients.Where(p => p.Pseudonym == Name(2)).Select(p => (p.OutcomeRevision, p.Label)).Single());
    }

    [Fact]
    public async Task WithdrawAsync_PatientOfAVersion_IsNamedWithItAndInNoLaterSnapshot()
    {
        TrainedVersion first = await TrainAsync();
        PatientWithdrawal withdrawal = Get<PatientWithdrawal>();

        WithdrawalPreview preview = (await withdrawal.PreviewAsync(Name(3), Ct))!;
        Assert.Equal([1], preview.ModelVersions);
        Assert.Equal(new() { IsKnown = true, HasRecord = true, Studies = 2, Files = 2, Runs = 2, Values = 4 }, preview.Holdings);
        Assert.Null(await withdrawal.PreviewAsync("P-z", Ct));
        Assert.Equal(0, await withdrawal.WithdrawAsync(Name(3), "asked to", "A. Keeper", Ct));

        TrainedVersion second = await TrainAsync();
        SnapshotManifest manifest = (await Get<ManifestRepository>().FindAsync(second.Version.SnapshotSha256, Ct))!;
        Assert.Equal((Patients - 1, 1), (manifest.Patients.Count, manifest.Withdrawn));
        Assert.DoesNotContain(Name(3), System.Text.Encoding.UTF8.GetString(CanonicalJson.Write(manifest)), StringComparison.Ordinal);
        Assert.Equal([1], await Get<ManifestRepository>().ListVersionsOfAsync(Name(3), Ct));
        Assert.NotNull(await Get<ManifestRepository>().FindAsync(first.Version.SnapshotSha256, Ct));
    }

    [Fact]
    public async Task ReplayAsync_WithoutAPatient_IsTheTrainingOfTheOthersInTheirOldFolds()
    {
        TrainedVersion trained = await TrainAsync();

        ReplayResult replay = await Get<ReplayService>().ReplayAsync(1, [Name(3)], Ct);

        Assert.True(replay.IsReproduced);
        Assert.Equal((new(Patients, Patients - 1), new(Patients / 2, (Patients / 2) - 1)), (replay.Patients, replay.Progressions));
        Assert.Equal(["imaging", "clinical", "combined"], replay.Models.Select(m => m.Name));
        Assert.All(replay.Models, m => Assert.NotEqual(m.Auc.With, m.Auc.Without));
        Assert.Single(await Get<ModelRepository>().ListAsync(Ct));
        Assert.Equal(trained.Version, (await Get<ModelRepository>().ListAsync(Ct))[0]);

        // The registry without the patient says the same: on the same predictors there is one regression, whatever the folds.
        await Get<PatientWithdrawal>().WithdrawAsync(Name(3), "asked to", "A. Keeper", Ct);
        var second = (await Get<ModelCatalog>().FindAsync((await TrainAsync()).Version.ModelVersion, Ct))!.Value.Document;
        var same = replay.Models.Zip(second.Models).Where(m => Betas(m.First).Select(b => b.Name).SequenceEqual(m.Second.Logistic.Predictors.Select(p => p.Name), StringComparer.Ordinal)).ToArray();
        Assert.NotEmpty(same);
        Assert.All(same, m => Assert.Equal(m.Second.Logistic.Predictors.Select(p => (double?)p.Beta), Betas(m.First).Select(b => b.Without)));
        Assert.All(same, m => Assert.Equal(m.Second.Metrics.Auc, m.First.Auc.Without));

        static IEnumerable<ReplayedCoefficient> Betas(ReplayedModel model) => model.Coefficients.Skip(1).Where(c => c.Without is not null);
    }

    [Fact]
    public async Task ReplayAsync_WithoutNobody_SaysWhetherTheStoredBytesComeOut()
    {
        await TrainAsync();
        ReplayResult replay = await Get<ReplayService>().ReplayAsync(1, [], Ct);

        Assert.True(replay.IsReproduced);
        Assert.Equal((Patients, Patients), (replay.Patients.With, replay.Patients.Without));
        Assert.All(replay.Models, m => Assert.Equal((0, 0, 0, 0, null), (m.Lost.Count, m.Gained.Count, m.Scores.Largest, m.Scores.RiskGroupChanges, m.Scores.LargestPseudonym)));
    }

    [Fact]
    public async Task ReplayAsync_WithoutAPatient_ShiftsScoresAsTheTwoModelsSay()
    {
        await TrainAsync();
        ReplayedModel clinical = (await Get<ReplayService>().ReplayAsync(1, [Name(3)], Ct)).Models[1];
        CohortSnapshot table = await Get<CohortReader>().ReadAsync(Profile, CohortScope.Ready, Ct);

        (string Pseudonym, double Shift)[] shifts =
        [
            .. Enumerable.Range(0, Patients).Where(i => table.Patients[i].Pseudonym != Name(3))
                .Select(i => (table.Patients[i].Pseudonym, Math.Abs(Score(i, c => c.Without) - Score(i, c => c.With)))),
        ];
        (string whose, double largest) = shifts.MaxBy(s => s.Shift);
        Assert.Equal((Patients - 1, whose), (clinical.Scores.Patients, clinical.Scores.LargestPseudonym));
        Assert.Equal(largest, clinical.Scores.Largest, 1e-12);
        Assert.Equal(shifts.Average(s => s.Shift), clinical.Scores.MeanAbsolute, 1e-12);
        Assert.InRange(largest, 1e-6, 0.5);

        double Score(int row, Func<ReplayedCoefficient, double?> side) => 1 / (1 + Math.Exp(-clinical.Coefficients.Sum(c => (side(c) ?? 0) * (c.Name == "(intercept)" ? 1 : table.Column(c.Name)[row]))));
    }

    [Fact]
    public async Task StoreAsync_PatientWhoWithdrewSinceTheSnapshot_StoresNothing()
    {
        TakenSnapshot taken = await Get<SnapshotTaker>().TakeAsync(Profile, Ct);
        await Get<PatientWithdrawal>().WithdrawAsync(Name(3), "asked to", "A. Keeper", Ct);

        TrainingException refused = await Assert.ThrowsAsync<TrainingException>(() => Get<SnapshotTaker>().StoreAsync(taken, Ct));

        Assert.Contains(Name(3), refused.Message, StringComparison.Ordinal);
        Assert.False(await Get<IBlobStore>().ExistsAsync(taken.Sha256, Ct));
        Assert.Null(await Get<ManifestRepository>().FindHashAsync(taken.Sha256, Ct));
        await TrainAsync();
        Assert.Empty(await Get<ManifestRepository>().ListVersionsOfAsync(Name(3), Ct));
    }

    [Fact]
    public async Task ReplayAsync_SomebodyElse_IsRefusedByName()
    {
        await TrainAsync();
        Assert.Contains("P-z", (await Assert.ThrowsAsync<TrainingException>(() => Get<ReplayService>().ReplayAsync(1, ["P-z"], Ct))).Message, StringComparison.Ordinal);
        Assert.Contains("version 7", (await Assert.ThrowsAsync<TrainingException>(() => Get<ReplayService>().ReplayAsync(7, [Name(1)], Ct))).Message, StringComparison.Ordinal);
    }

    private static string Name(int i) => $"P-{i:D3}";

    private T Get<T>() where T : notnull => _services.GetRequiredService<T>();

    private async Task<TrainedVersion> TrainAsync() =>
        (await Get<RetrainingService>().TrainAsync(new TrainingRequest { ProfileSha256 = Profile, Seed = 1, Reason = "test" }, Ct))!;

    private async Task<(LabelState, int)> LabelAsync(string pseudonym)
    {
        PatientReadiness patient = (await Get<CohortReader>().ListReadinessAsync(Profile, Ct)).Single(p => p.Pseudonym == pseudonym);
        return (patient.Label.State, patient.OutcomeRevision);
    }

    private async Task AddPatientAsync(int i, Random random)
    {
        bool progression = i % 2 == 1;
        DateOnly start = new(2023, 5, 1);
        double shift = progression ? 0.7 : -0.7;
        await Get<ClinicalRecordRepository>().StoreAsync(
        [
            new()
            {
                Pseudonym = Name(i), CenterCode = "C01", TreatmentStart = start, EntryQuarter = "2023Q2", Response = progression ? (i == 1 ? "SD" : "PD") : (i == 0 ? "PD" : "SD"),
                Values = new Dictionary<string, double> { ["NLR"] = 3 + shift + Noise(), ["age"] = 60 + (5 * Noise()) },
            },
        ], Ct);
        await AddVisitAsync(i, Visit.PreTreatment, start.AddDays(-3), 2 + Noise(), 1.2 + (0.2 * Noise()));
        await AddVisitAsync(i, Visit.PostTreatment, start.AddDays(56), 2 + shift + Noise(), 1.2 - (0.2 * shift) + (0.2 * Noise()));

        double Noise() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
    }

    private async Task AddVisitAsync(int i, Visit visit, DateOnly date, double ratio, double diffusion)
    {
        string study = $"{i}.{(int)visit}";
        string blob = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(study)));
        await Get<InstanceRepository>().AddAsync(
        [
            new()
            {
                Pseudonym = Name(i), CenterCode = "C01", StudyUid = study, StudyDate = date, SeriesUid = study + ".1", Modality = "MR", SopInstanceUid = study + ".1.1",
                BlobSha256 = blob, SourceSha256 = blob, FrameCount = 1,
            },
        ], Ct);
        await Get<StudyRepository>().JudgeAsync(Name(i), patient => [.. patient.Studies.Where(s => s.StudyUid == study).Select(s => new StudyDecision
        {
            StudyUid = study, Visit = visit, ContentSha256 = "c", Series = [.. s.Series.Select(r => new SeriesDecision(r.SeriesUid, Sequence.T2, null))],
        })], Ct);
        RunPlan plan = new() { StudyUid = study, StudyContentSha256 = "c", ProfileSha256 = Profile, Bricks = [new(BrickKinds.Region, "{}")] };
        await Get<RunRepository>().PlanAsync(plan, Ct);
        await Get<BrickRepository>().CompleteAsync(new(plan.RunId, 0), new() { Values = [new("T2_SIR", ratio), new("ADC_Mean", diffusion)] }, "w", Ct);
        Assert.NotNull(await Get<RunRepository>().TryCompleteAsync(plan.RunId, Ct));
    }
}
