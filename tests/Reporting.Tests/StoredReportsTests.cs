using HccPipeline.Contracts.Messages;
using HccPipeline.Persistence;
using HccPipeline.Persistence.Blobs;
using HccPipeline.Persistence.Cohort;
using HccPipeline.Persistence.Drift;
using HccPipeline.Persistence.Models;
using HccPipeline.Reporting.Drift;
using HccPipeline.Reporting.Lineage;
using HccPipeline.Reporting.Publication;
using HccPipeline.Reporting.Tests.Fixtures;
using HccPipeline.Testing;
using MassTransit;
using MassTransit.Testing;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace HccPipeline.Reporting.Tests;

/// <summary>Drift reports and lineage over a real SQLite file and a real blob folder.</summary>
public sealed class StoredReportsTests : IAsyncLifetime
{
    private TestDatabase _database = null!;
    private ServiceProvider _services = null!;
    private int _version;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private DriftReportPublisher Drift => _services.GetRequiredService<DriftReportPublisher>();

    private DriftAssessmentRepository Assessments => _services.GetRequiredService<DriftAssessmentRepository>();

    public async ValueTask InitializeAsync()
    {
        _database = await TestDatabase.SqliteAsync(Ct);
        ServiceCollection services = new();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(_database.Settings).Build());
        services.AddSingleton(TimeProvider.System);
        services.AddLogging();
        services.AddPersistence();
        services.AddReporting();
        services.AddMassTransitTestHarness(bus =>
        {
            bus.DisableUsageTelemetry();
            bus.SetTestTimeouts(TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(3));
            bus.AddReportingConsumers();
        });
        _services = services.BuildServiceProvider();
        _version = await StoreModelAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task PublishAsync_NewAssessment_ReplacesTheReportAndAnOldOneDoesNot()
    {
        await Assessments.StoreAsync(DriftDocuments.First, new string('1', 64), Ct);
        DriftReportRow first = await Drift.PublishAsync(_version, null, rebuild: false, Ct);
        Assert.Equal(DriftDocuments.First.Period, first.Period);
        Assert.Equal(first, await Drift.PublishAsync(_version, first.Period, rebuild: true, Ct));
        Assert.True(await Drift.IsCurrentAsync(_version, Ct));

        await Assessments.StoreAsync(DriftDocuments.Later, new string('2', 64), Ct);
        Assert.False(await Drift.IsCurrentAsync(_version, Ct));
        DriftReportRow later = await Drift.PublishAsync(_version, null, rebuild: false, Ct);
        Assert.NotEqual(first.HtmlSha256, later.HtmlSha256);
        Assert.Equal(later, await _services.GetRequiredService<DriftReportRepository>().FindAsync(_version, later.Period, Ct));
        DriftReport content = CanonicalJson.Read<DriftReport>(await _services.GetRequiredService<IBlobStore>().GetAsync(later.JsonSha256, Ct));
        Assert.Equal(2, content.Assessments.Single().Revision);
    }

    [Fact]
    public async Task PublishAsync_PeriodThatWasNotAssessed_NamesThoseThatWere()
    {
        ReportException never = await Assert.ThrowsAsync<ReportException>(() => Drift.PublishAsync(_version, null, rebuild: false, Ct));
        Assert.Contains("was not assessed yet", never.Message, StringComparison.Ordinal);
        await Assessments.StoreAsync(DriftDocuments.First, new string('1', 64), Ct);
        ReportException other = await Assert.ThrowsAsync<ReportException>(() => Drift.PublishAsync(_version, "2019Q1", rebuild: false, Ct));
        Assert.Contains($"there are assessments for {DriftDocuments.First.Period}.", other.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Consume_DriftRequested_StoresAndAnnouncesItsPeriod()
    {
        await Assessments.StoreAsync(DriftDocuments.First, new string('1', 64), Ct);
        ITestHarness harness = await _services.StartTestHarness();
        await harness.Bus.Publish(new ReportRequested { ModelVersion = _version, Kind = ReportKind.Drift }, Ct);
        Assert.True(await harness.Published.Any<ReportPublished>(m => m.Context.Message is { Kind: ReportKind.Drift } p && p.Period == DriftDocuments.First.Period, Ct));
    }

    [Fact]
    public async Task OfPatientAsync_Predictors_LeadToTheBricksAndSeriesThatGaveThem()
    {
        LineageService lineage = _services.GetRequiredService<LineageService>();
        VersionLineage version = await lineage.OfVersionAsync(_version, Ct);
        Assert.Equal(60, version.Patients.Count);
        Assert.Equal(await _services.GetRequiredService<ManifestRepository>().FindHashAsync(version.SnapshotSha256, Ct), version.ManifestSha256);

        PatientLineage one = await lineage.OfPatientAsync(_version, "patient-04", Ct);
        Assert.Equal((5, 5, "PD"), (one.Row, one.Fold, one.Response));
        PredictorLineage t2 = one.Predictors.Single(p => p.Name == SmallCohort.T2);
        ValueOrigin origin = Assert.Single(t2.Origins);
        Assert.Equal(("run", "post-4", "T2_SIR", (double?)1.25, (int?)1), (origin.Source, origin.RunId, origin.Name, origin.Value, origin.BrickIndex));
        Assert.Equal(["series-seg", "series-t2"], origin.SeriesUids);
        Assert.Empty(one.PostRun!.Series.Single(s => s.SeriesUid == "series-dwi").Bricks);
        Assert.Equal("clinical record", one.Predictors.Single(p => p.Name == SmallCohort.Nlr).Origins.Single().Source);
        Assert.Null(one.PreRun);   // never stored here, as after a withdrawal
        double logit = -0.2 + one.Predictors.Sum(p => p.Beta * p.Value);
        Assert.Equal(1 / (1 + Math.Exp(-logit)), one.Probability, 1e-12);
    }

    [Fact]
    public async Task OfPatientAsync_StrangerOrSnapshotWithoutManifest_SaysSo()
    {
        LineageService lineage = _services.GetRequiredService<LineageService>();
        Assert.Contains("is not in the snapshot", (await Assert.ThrowsAsync<ReportException>(() => lineage.OfPatientAsync(_version, "nobody", Ct))).Message, StringComparison.Ordinal);
        Assert.Contains("There is no model version 9", (await Assert.ThrowsAsync<ReportException>(() => lineage.OfVersionAsync(9, Ct))).Message, StringComparison.Ordinal);
    }

    private async Task<int> StoreModelAsync()
    {
        IBlobStore blobs = _services.GetRequiredService<IBlobStore>();
        CohortSnapshot snapshot = SmallCohort.Snapshot();
        string snapshotSha256 = await blobs.PutAsync(await CohortSnapshotParquet.WriteAsync(snapshot, Ct), Ct);
        string modelSha256 = await blobs.PutAsync(CanonicalJson.Write(SmallCohort.Document(snapshot) with { SnapshotSha256 = snapshotSha256 }), Ct);
        string manifestSha256 = await blobs.PutAsync(CanonicalJson.Write(Manifests.Of(snapshot, snapshotSha256)), Ct);
        ModelRepository models = _services.GetRequiredService<ModelRepository>();
        await models.AddSnapshotAsync(snapshotSha256, new string('f', 64), snapshot.Patients.Count, 36, snapshot.FeatureNames.Count, Ct);
        await _services.GetRequiredService<ManifestRepository>().AttachAsync(snapshotSha256, manifestSha256, [], Ct);
        await StoreRunAsync();
        return (await _services.StoreVersionAsync(
            new ModelVersionRow { SnapshotSha256 = snapshotSha256, Seed = 7, CodeVersion = "0.1.0", ModelSha256 = modelSha256, Reason = "test", TrainingMs = 1 }, Ct)).ModelVersion;
    }

    /// <summary>The run after treatment of the fifth patient: two bricks, the second of which reads the T2 series and its segmentation.</summary>
    private async Task StoreRunAsync()
    {
        string t2 = new('1', 64), seg = new('2', 64), adc = new('3', 64), dwi = new('4', 64);
        await using SqliteConnection db = new(_database.Settings["Database:ConnectionString"]);
        await db.OpenAsync(Ct);
        await using SqliteCommand command = db.CreateCommand();
        command.CommandText = $$"""
            INSERT INTO profile VALUES ('{{new string('f', 64)}}', '{}', 0);
            INSERT INTO patient VALUES ('patient-04', 'BER', 0);
            INSERT INTO study (study_uid, pseudonym, center_code, visit, state, updated_ms) VALUES ('study-4', 'patient-04', 'BER', 'PostTreatment', 'ready', 0);
            INSERT INTO series (series_uid, study_uid, modality, sequence) VALUES ('series-t2', 'study-4', 'MR', 'T2'), ('series-adc', 'study-4', 'MR', 'Adc'), ('series-dwi', 'study-4', 'MR', 'Dwi'), ('series-seg', 'study-4', 'SEG', NULL);
            INSERT INTO instance (sop_instance_uid, series_uid, blob_sha256, source_sha256, frame_count)
                VALUES ('i1', 'series-t2', '{{t2}}', 's1', 1), ('i2', 'series-seg', '{{seg}}', 's2', 1), ('i3', 'series-adc', '{{adc}}', 's3', 1), ('i4', 'series-dwi', '{{dwi}}', 's4', 1);
            INSERT INTO extraction_run (run_id, kind, study_uid, study_content_sha256, profile_sha256, expected_bricks, planned_ms, completed_ms) VALUES ('post-4', 'study', 'study-4', 'content', '{{new string('f', 64)}}', 2, 0, 1);
            INSERT INTO brick (run_id, brick_index, kind, work, state) VALUES ('post-4', 0, 'region', '{"images":[{"blobSha256":"{{adc}}"}]}', 'done'), ('post-4', 1, 'region', '{"images":[{"blobSha256":"{{t2}}"}],"segmentationSha256":"{{seg}}"}', 'done');
            INSERT INTO feature_value VALUES ('post-4', 'ADC_Mean', 1.1, 0), ('post-4', 'T2_SIR', 1.25, 1);
            """;
        await command.ExecuteNonQueryAsync(Ct);
    }
}
