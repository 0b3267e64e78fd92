using HccPipeline.Contracts.Messages;
using HccPipeline.ModelWorker.Promotion;
using HccPipeline.ModelWorker.Retraining;
using HccPipeline.ModelWorker.Scoring;
using HccPipeline.Persistence.Audit;
using HccPipeline.Persistence.Models;
using HccPipeline.Testing;
using MassTransit.Testing;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace HccPipeline.ModelWorker.Tests;

/// <summary>Two versions on one registry, and who becomes the champion under which policy.</summary>
public abstract class PromotionTests : IAsyncLifetime
{
    private const int Patients = 40, First = 200, Later = 8;   // the later ones look like some of the first: both versions score all
    private SmallRegistry _registry = null!;
    private string _policy = "";

    protected static CancellationToken Ct => TestContext.Current.CancellationToken;

    private PromotionService Promotion => _registry.Get<PromotionService>();

    private ModelRepository Models => _registry.Get<ModelRepository>();

    protected abstract Task<TestDatabase> CreateDatabaseAsync();

    public async ValueTask InitializeAsync()
    {
        TestDatabase database = await CreateDatabaseAsync();
        _policy = Path.Combine(database.Folder, "policy.yaml");
        await UseAsync(approvals: 1);
        Dictionary<string, string?> settings = new() { ["ModelWorker:PromotionPolicy"] = _policy, ["ModelWorker:MinimumPatients"] = "0" };
        _registry = await SmallRegistry.CreateAsync(database, TimeProvider.System, Patients, Ct, settings, bus: true);
        await TrainAsync();
        for (int i = First; i < First + Later; i++)
            await _registry.AddPatientAsync(i, i % 2 == 1 ? "PD" : "SD", Ct, like: i - First + 4);
        await TrainAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _registry.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task CompareAsync_PatientsOfBothCohorts_AreScoredByModelsThatLeftThemOut()
    {
        VersionComparison comparison = (await Promotion.CompareAsync(2, Ct)).Comparison;

        Assert.Equal((Patients + Later, Patients, 0), (comparison.Patients, comparison.InBothCohorts, comparison.NotScored));
        Assert.Equal((10, false), (comparison.FoldDraws, comparison.IsSameModel));
        Assert.Contains("10 draws of the folds", comparison.Method, StringComparison.Ordinal);
        double heldOut = (await _registry.Get<ModelCatalog>().FindAsync(2, Ct))!.Value.Document.Models.Single(m => m.Name == "combined").Metrics.CrossValidatedAuc;
        Assert.Equal(heldOut, comparison.ChallengerFigures!.Auc, 0.1);   // one draw of the same process
        Assert.Equal(comparison.ChallengerFigures!.Auc - comparison.ChampionFigures!.Auc, comparison.AucGain!.Value, 1e-12);
        Assert.InRange(comparison.AucGain.Value, comparison.AucGainLower!.Value, comparison.AucGainUpper!.Value);
    }

    [Fact]
    public async Task CompareAsync_Again_IsTheStoredComparisonOfThisPolicy()
    {
        StoredComparison first = await Promotion.CompareAsync(2, Ct);
        Assert.Equal(first.Row, (await Promotion.CompareAsync(2, Ct)).Row);
        await UseAsync(approvals: 2);
        StoredComparison other = await Promotion.CompareAsync(2, Ct);
        Assert.NotEqual(first.Row.ComparisonId, other.Row.ComparisonId);
        Assert.NotEqual(first.Row.PolicySha256, other.Row.PolicySha256);
        Assert.Equal(first.Comparison.AucGain, other.Comparison.AucGain);
    }

    [Fact]
    public async Task ConsiderAsync_NoApprovalAskedFor_PromotesByItselfButNeverAgainAfterARollback()
    {
        await UseAsync(approvals: 0);

        Assert.True(await Promotion.ConsiderAsync(2, Ct));

        Assert.Equal(2, await Models.FindChampionAsync(Ct));
        PromotionRow row = (await _registry.Get<PromotionRepository>().ListAsync(Ct))[^1];
        Assert.Equal(("automatic", "automatic", 1), (row.Kind, row.Actor, row.Replaces));
        Assert.NotNull(row.ComparisonId);

        Assert.Equal(1, await Promotion.RollBackAsync(null, Known("Ada"), "worse on the ward", Ct));
        Assert.False(await Promotion.ConsiderAsync(2, Ct));
        await _registry.Get<LostComparisons>().ConsiderAsync(Ct);
        Assert.Equal(1, await Models.FindChampionAsync(Ct));
        Assert.Null((await _registry.Get<AuditLog>().VerifyAsync(null, Ct)).Problem);
    }

    [Fact]
    public async Task ConsiderAsync_ApprovalAskedFor_OnlyCompares()
    {
        Assert.False(await Promotion.ConsiderAsync(2, Ct));
        Assert.Equal(1, await Models.FindChampionAsync(Ct));
        Assert.Single(await _registry.Get<ComparisonRepository>().ListAsync(Ct));
    }

    [Fact]
    public async Task ApproveAsync_TwoAskedFor_TakesTwoPeople()
    {
        await UseAsync(approvals: 2);
        Assert.False((await Promotion.ApproveAsync(2, Known("Ada"), "fine", Ct)).Promoted);
        Assert.Contains("1 more approvals", (await Assert.ThrowsAsync<PromotionException>(() => Promotion.PromoteAsync(2, Known("Ada"), "now", false, Ct))).Message, StringComparison.Ordinal);
        Assert.False((await Promotion.ApproveAsync(2, Known("Ada"), "really fine", Ct)).Promoted);
        Assert.Equal(1, await Models.FindChampionAsync(Ct));

        Assert.True((await Promotion.ApproveAsync(2, Known("Grace"), "agreed", Ct)).Promoted);

        Assert.Equal(2, await Models.FindChampionAsync(Ct));
        Assert.Equal("approved", (await _registry.Get<PromotionRepository>().ListAsync(Ct))[^1].Kind);
    }

    [Fact]
    public async Task ApproveAsync_NotAmongTheApprovers_IsRefusedByName()
    {
        await UseAsync(approvals: 1, approvers: "[Ada]");
        Assert.Contains("Mallory", (await Assert.ThrowsAsync<PromotionException>(() => Promotion.ApproveAsync(2, Known("Mallory"), "fine", Ct))).Message, StringComparison.Ordinal);
        Assert.True((await Promotion.ApproveAsync(2, Known("Ada"), "fine", Ct)).Promoted);
    }

    [Fact]
    public async Task PromoteAsync_OverrideOrRollback_IsForTheApproversOfThePolicyToo()
    {
        await UseAsync(approvals: 1, approvers: "[Ada]", from: "patients: 4", to: "patients: 500");
        foreach (Decider other in new[] { Known("Mallory"), Account("Ada") })
            await Assert.ThrowsAsync<PromotionException>(() => Promotion.PromoteAsync(2, other, "fine", true, Ct));
        Assert.True((await Promotion.PromoteAsync(2, Known("Ada"), "the old scanner is gone", true, Ct)).Promoted);
        foreach (Decider other in new[] { Known("Mallory"), Account("Ada") })
            await Assert.ThrowsAsync<PromotionException>(() => Promotion.RollBackAsync(null, other, "no", Ct));
        Assert.Equal(2, await Models.FindChampionAsync(Ct));
        Assert.Equal(1, await Promotion.RollBackAsync(null, Known("Ada"), "worse", Ct));
    }

    [Fact]
    public async Task ApproveAsync_TwoAskedFor_NobodyIsTakenAtTheirWord()
    {
        await UseAsync(approvals: 2);
        Assert.Contains("access token", (await Assert.ThrowsAsync<PromotionException>(() => Promotion.ApproveAsync(2, Account("Ada"), "fine", Ct))).Message, StringComparison.Ordinal);
        await UseAsync(approvals: 1);
        Assert.True((await Promotion.ApproveAsync(2, Account("ada@ward"), "fine", Ct)).Promoted);
    }

    [Fact]
    public async Task PromoteAsync_OverrideWhereTwoAreAskedFor_TakesTwoPeople()
    {
        await UseAsync(approvals: 2, from: "patients: 4", to: "patients: 500");
        (StoredComparison compared, bool promoted) = await Promotion.PromoteAsync(2, Known("Ada"), "the old scanner is gone", true, Ct);
        Assert.Equal((1, false), (compared.MissingApprovals, promoted));
        Assert.False((await Promotion.PromoteAsync(2, Known("Ada"), "again", true, Ct)).Promoted);
        await _registry.Get<LostComparisons>().ConsiderAsync(Ct);
        Assert.Equal(1, await Models.FindChampionAsync(Ct));

        Assert.True((await Promotion.PromoteAsync(2, Known("Grace"), "agreed", true, Ct)).Promoted);

        Assert.Equal(("override", "Grace"), (await _registry.Get<PromotionRepository>().ListAsync(Ct)).Select(p => (p.Kind, p.Actor)).Last());
    }

    [Fact]
    public async Task CompareAsync_SameSnapshotOtherSeed_DiffersInNothing()
    {
        await _registry.Get<PromotionRepository>().PromoteAsync(new() { ModelVersion = 2, Kind = "override", Actor = "Ada", Reason = "test" }, 1, Ct);
        await TrainAsync(seed: 5);

        VersionComparison comparison = (await Promotion.CompareAsync(3, Ct)).Comparison;

        Assert.Equal((0.0, 0.0, 0.0, 1.0), (comparison.AucGain!.Value, comparison.AucGainLower!.Value, comparison.AucGainUpper!.Value, comparison.AucGainP!.Value));
        Assert.Equal((0.0, 0.0), (comparison.Reclassification!.NetReclassification, comparison.Reclassification.IntegratedDiscrimination));
        Assert.Equal(comparison.ChampionFigures!.Auc, comparison.ChallengerFigures!.Auc);
    }

    [Theory]
    [InlineData("patients: 4", "patients: 500", "more are needed")]
    [InlineData("auc_margin: 0.99", "auc_margin: 1e-9", "the lower limit is to lie above")]
    [InlineData("coefficients: true", "coefficients: false", "does not allow")]
    public async Task PromoteAsync_DoesNotHold_NeedsAnOverrideWithAReason(string from, string to, string why)
    {
        await UseAsync(approvals: 0, from: from, to: to);
        Assert.False(await Promotion.ConsiderAsync(2, Ct));
        Assert.Contains(why, (await Assert.ThrowsAsync<PromotionException>(() => Promotion.ApproveAsync(2, Known("Ada"), "fine", Ct))).Message, StringComparison.Ordinal);
        Assert.Contains(why, (await Assert.ThrowsAsync<PromotionException>(() => Promotion.PromoteAsync(2, Known("Ada"), "fine", false, Ct))).Message, StringComparison.Ordinal);
        Assert.Equal(1, await Models.FindChampionAsync(Ct));

        await Promotion.PromoteAsync(2, Known("Ada"), "the old scanner is gone", true, Ct);

        Assert.Equal(2, await Models.FindChampionAsync(Ct));
        AuditRow audit = (await _registry.Get<AuditLog>().ListAsync(1, Ct))[0];
        Assert.Equal(("Ada", "promote", "model 2", "the old scanner is gone"), (audit.Actor, audit.Action, audit.Subject, audit.Reason));
        Assert.Contains("override", audit.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task PromoteAsync_PolicyRefusesOverrides_IsRefused()
    {
        await UseAsync(approvals: 0, from: "patients: 4", to: "patients: 500", onFailure: "refuse");
        Assert.Contains("lets nobody", (await Assert.ThrowsAsync<PromotionException>(() => Promotion.PromoteAsync(2, Known("Ada"), "fine", true, Ct))).Message, StringComparison.Ordinal);
        Assert.Equal(1, await Models.FindChampionAsync(Ct));
    }

    [Fact]
    public async Task ConsiderAsync_ManyAtOnce_PromoteOnce()
    {
        await UseAsync(approvals: 0);
        await Promotion.CompareAsync(2, Ct);

        bool[] promoted = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(async () =>
        {
            try
            {
                return await Promotion.ConsiderAsync(2, Ct);
            }
            catch (PromotionException)   // came when it was the champion already
            {
                return false;
            }
        }, Ct)));

        Assert.Single(promoted, true);
        Assert.Equal([1, 2], (await _registry.Get<PromotionRepository>().ListAsync(Ct)).Select(p => p.ModelVersion));
    }

    [Fact]
    public async Task Consume_ModelTrained_PromotesAndAnnounces()
    {
        await UseAsync(approvals: 0);
        await Promotion.CompareAsync(2, Ct);   // the harness waits for a few seconds of silence only
        ITestHarness harness = await _registry.Services.StartTestHarness();

        await harness.Bus.Publish(new ModelTrained { ModelVersion = 2, ModelSha256 = "m", SnapshotSha256 = "s" }, Ct);

        Assert.True(await harness.Consumed.Any<ModelPromoted>(m => m.Context.Message.ModelVersion == 2, Ct));
        Assert.Equal(2, await Models.FindChampionAsync(Ct));
        await harness.Stop(CancellationToken.None);
    }

    [Fact]
    public async Task ConsiderAsync_MessageLost_TheSweepPromotes()
    {
        await UseAsync(approvals: 0);
        await Promotion.CompareAsync(2, Ct);   // died before the switch
        await _registry.Get<LostComparisons>().ConsiderAsync(Ct);
        Assert.Equal(2, await Models.FindChampionAsync(Ct));
        await _registry.Get<LostComparisons>().ConsiderAsync(Ct);
        Assert.Equal(2, (await _registry.Get<PromotionRepository>().ListAsync(Ct)).Count);
    }

    [Fact]
    public async Task ConsiderAsync_DiedBetweenTheLastApprovalAndTheSwitch_TheSweepPromotes()
    {
        StoredComparison compared = await Promotion.CompareAsync(2, Ct);
        await _registry.Get<LostComparisons>().ConsiderAsync(Ct);
        Assert.Equal(1, await Models.FindChampionAsync(Ct));
        await _registry.Get<ComparisonRepository>().ApproveAsync(compared.Row.ComparisonId, "Grace", "agreed", Ct);

        await _registry.Get<LostComparisons>().ConsiderAsync(Ct);

        PromotionRow row = (await _registry.Get<PromotionRepository>().ListAsync(Ct))[^1];
        Assert.Equal((2, "approved", "Grace", "agreed"), (row.ModelVersion, row.Kind, row.Actor, row.Reason));
    }

    [Fact]
    public async Task ConsiderAsync_EarlierVersionThanTheChampion_IsNotPromotedByItself()
    {
        await _registry.Get<PromotionRepository>().PromoteAsync(new() { ModelVersion = 2, Kind = "override", Actor = "Ada", Reason = "test" }, 1, Ct);
        await TrainAsync(seed: 3);
        await _registry.Get<PromotionRepository>().PromoteAsync(new() { ModelVersion = 3, Kind = "override", Actor = "Ada", Reason = "test" }, 2, Ct);
        await UseAsync(approvals: 0);
        Assert.False(await Promotion.ConsiderAsync(1, Ct));
        Assert.False(await Promotion.ConsiderAsync(2, Ct));
        Assert.Equal(3, await Models.FindChampionAsync(Ct));
    }

    [Fact]
    public async Task CompareAsync_ChampionOrUnknownVersion_IsRefused()
    {
        await Assert.ThrowsAsync<PromotionException>(() => Promotion.CompareAsync(1, Ct));
        await Assert.ThrowsAsync<PromotionException>(() => Promotion.CompareAsync(9, Ct));
        await Assert.ThrowsAsync<PromotionException>(() => Promotion.RollBackAsync(null, Known("Ada"), "none", Ct));
    }

    private static Decider Known(string name) => new(name, IsProven: true);

    private static Decider Account(string name) => new(name, IsProven: false);

    private async Task UseAsync(int approvals, string approvers = "[]", string from = "", string to = "", string onFailure = "override")
    {
        string policy = $$"""
            schema: 1
            model: combined
            may_change: {coefficients: true, predictors: true, candidates: false, profile: false, program: true}
            must_hold:
              patients: 4
              events: 2
              confidence: 0.95
              auc_margin: 0.99
              calibration_slope: [-100, 100]
              calibration_in_the_large: 100
              net_benefit_thresholds: [0.3, 0.5]
              net_benefit_margin: 1
              reclassification_threshold: 0.5
              net_reclassification: -2
              integrated_discrimination: -1
            approvals: {{approvals}}
            approvers: {{approvers}}
            on_failure: {{onFailure}}
            """;
        await File.WriteAllTextAsync(_policy, from.Length == 0 ? policy : policy.Replace(from, to, StringComparison.Ordinal), Ct);
    }

    private Task<TrainedVersion> TrainAsync(long seed = 1) => _registry.TrainAsync(seed, Ct);
}

public sealed class SqlitePromotionTests : PromotionTests
{
    protected override Task<TestDatabase> CreateDatabaseAsync() => TestDatabase.SqliteAsync(Ct);
}

public sealed class PostgreSqlPromotionTests(PostgreSqlServer server) : PromotionTests
{
    protected override Task<TestDatabase> CreateDatabaseAsync() => TestDatabase.PostgreSqlAsync(server, Ct);
}
