using HccPipeline.Contracts.Messages;
using HccPipeline.Persistence;
using HccPipeline.Persistence.Blobs;
using HccPipeline.Persistence.Cohort;
using HccPipeline.Persistence.Database;
using HccPipeline.Persistence.Models;
using HccPipeline.Reporting.Publication;
using HccPipeline.Reporting.Tests.Fixtures;
using HccPipeline.Reporting.Validation;
using HccPipeline.Testing;
using MassTransit;
using MassTransit.Testing;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Xunit;

namespace HccPipeline.Reporting.Tests;

/// <summary>Publishing over a real SQLite file, a real blob folder and the in-memory bus.</summary>
public sealed class ReportPublicationTests : IAsyncLifetime
{
    private readonly string _root = Path.Combine(Path.GetTempPath(), "hcc-reporting-" + Guid.NewGuid().ToString("N"));
    private ServiceProvider _services = null!;
    private int _version;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private string Folder => Path.Combine(_root, "reports");

    private ReportPublisher Publisher => _services.GetRequiredService<ReportPublisher>();

    public async ValueTask InitializeAsync()
    {
        Directory.CreateDirectory(_root);
        _services = Build(new()
        {
            ["Database:ConnectionString"] = $"Data Source={Path.Combine(_root, "hcc.db")}",
            ["Blobs:Root"] = Path.Combine(_root, "blobs"),
            ["Reporting:Folder"] = Folder,
        });
        await _services.GetRequiredService<DatabaseMigrator>().MigrateAsync(Ct);
        _version = await StoreModelAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        SqliteConnection.ClearAllPools();
        Directory.Delete(_root, recursive: true);
    }

    [Fact]
    public async Task Consume_DeliveredTwice_StoresOnceAndAnnouncesTheSameKeysTwice()
    {
        ITestHarness harness = await _services.StartTestHarness();
        await harness.Bus.Publish(new ReportRequested { ModelVersion = _version }, Ct);
        await harness.Bus.Publish(new ReportRequested { ModelVersion = _version }, Ct);
        List<ReportPublished> announced = [];
        await foreach (IPublishedMessage<ReportPublished> message in harness.Published.SelectAsync<ReportPublished>(Ct))
        {
            announced.Add(message.Context.Message);
            if (announced.Count == 2) break;
        }
        Assert.Equal(2, announced.Count);
        Assert.Equal(announced[0], announced[1]);
        ReportRow stored = (await _services.GetRequiredService<ReportRepository>().FindAsync(_version, Ct))!;
        Assert.Equal(stored.HtmlSha256, announced[0].HtmlSha256);
        Assert.Equal(stored.JsonSha256, announced[0].JsonSha256);
        byte[] html = await _services.GetRequiredService<IBlobStore>().GetAsync(stored.HtmlSha256, Ct);
        Assert.Equal(html, await File.ReadAllBytesAsync(Path.Combine(Folder, $"report-v{_version}.html"), Ct));
    }

    [Fact]
    public async Task Consume_UnknownVersion_IsConsumedWithoutFaultOrAnnouncement()
    {
        ITestHarness harness = await _services.StartTestHarness();
        await harness.Bus.Publish(new ReportRequested { ModelVersion = 99 }, Ct);
        Assert.True(await harness.Consumed.Any<ReportRequested>(x => x.Exception is null, Ct));
        Assert.False(await harness.Published.Any<Fault<ReportRequested>>(Ct));
        Assert.False(await harness.Published.Any<ReportPublished>(Ct));
    }

    [Fact]
    public async Task PublishAsync_Rebuilt_GivesTheSameKeys()
    {
        ReportRow first = await Publisher.PublishAsync(_version, rebuild: false, Ct);
        ReportRow again = await Publisher.PublishAsync(_version, rebuild: true, Ct);
        Assert.Equal(first, again);
    }

    [Fact]
    public async Task PublishAsync_BlobLost_MakesTheReportAgain()
    {
        ReportRow first = await Publisher.PublishAsync(_version, rebuild: false, Ct);
        string blob = Path.Combine(_root, "blobs", first.HtmlSha256[..2], first.HtmlSha256);
        File.Delete(blob);
        Assert.Equal(first, await Publisher.PublishAsync(_version, rebuild: false, Ct));
        Assert.True(File.Exists(blob));
    }

    [Fact]
    public async Task PublishAsync_LeavesTwoFilesThatAgree()
    {
        ReportRow report = await Publisher.PublishAsync(_version, rebuild: false, Ct);
        Assert.Equal([$"report-v{_version}.html", $"report-v{_version}.json"], Directory.GetFiles(Folder).Select(f => Path.GetFileName(f)!).Order(StringComparer.Ordinal));
        ReportFiles elsewhere = await Publisher.WriteFilesAsync(report, Path.Combine(_root, "elsewhere", "deep"), Ct);
        ValidationReport content = CanonicalJson.Read<ValidationReport>(await File.ReadAllBytesAsync(elsewhere.Json, Ct));
        Assert.Equal(_version, content.Provenance.ModelVersion);
        Assert.Equal(report.HtmlSha256, await _services.GetRequiredService<IBlobStore>().PutAsync(Html.ReportPage.Write(content), Ct));
    }

    [Fact]
    public async Task PublishAsync_UnknownVersion_SaysSo()
    {
        ReportException e = await Assert.ThrowsAsync<ReportException>(() => Publisher.PublishAsync(99, rebuild: false, Ct));
        Assert.Equal("There is no model version 99.", e.Message);
    }

    [Fact]
    public void AddReporting_RelativeFolder_FailsAtStart()
    {
        using ServiceProvider services = Build(new() { ["Reporting:Folder"] = "reports" });
        Assert.Throws<OptionsValidationException>(() => services.GetRequiredService<IOptions<ReportingOptions>>().Value);
    }

    [Fact]
    public void AddReporting_MisspeltKey_FailsAtStart()
    {
        using ServiceProvider services = Build(new() { ["Reporting:Folders"] = _root });
        Assert.ThrowsAny<Exception>(() => services.GetRequiredService<IOptions<ReportingOptions>>().Value);
    }

    private static ServiceProvider Build(Dictionary<string, string?> settings)
    {
        ServiceCollection services = new();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(settings).Build());
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
        return services.BuildServiceProvider();
    }

    private async Task<int> StoreModelAsync()
    {
        IBlobStore blobs = _services.GetRequiredService<IBlobStore>();
        ModelRepository models = _services.GetRequiredService<ModelRepository>();
        CohortSnapshot snapshot = SmallCohort.Snapshot();
        string snapshotSha256 = await blobs.PutAsync(await CohortSnapshotParquet.WriteAsync(snapshot, Ct), Ct);
        string modelSha256 = await blobs.PutAsync(CanonicalJson.Write(SmallCohort.Document(snapshot) with { SnapshotSha256 = snapshotSha256 }), Ct);
        await models.AddSnapshotAsync(snapshotSha256, new string('f', 64), snapshot.Patients.Count, 36, snapshot.FeatureNames.Count, Ct);
        ModelVersionRow row = await _services.StoreVersionAsync(
            new ModelVersionRow { SnapshotSha256 = snapshotSha256, Seed = 7, CodeVersion = "0.1.0", ModelSha256 = modelSha256, Reason = "test", TrainingMs = 1 }, Ct);
        return row.ModelVersion;
    }
}
