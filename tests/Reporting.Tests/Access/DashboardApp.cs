using System.Net.Http.Headers;
using HccPipeline.Contracts;
using HccPipeline.Persistence;
using HccPipeline.Persistence.Access;
using HccPipeline.Persistence.Audit;
using HccPipeline.Persistence.Registry;
using HccPipeline.Reporting.Dashboard;
using HccPipeline.Reporting.Views;
using HccPipeline.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace HccPipeline.Reporting.Tests.Access;

/// <summary>A registry with a study of each of two centres, served on a port of its own, under a clock that stands still.</summary>
public sealed class DashboardApp : IAsyncDisposable
{
    public const string StudyOfA = "1.2.3.1", StudyOfB = "1.2.3.2";
    private readonly TestDatabase _database;
    private readonly WebApplication _app;

    private DashboardApp(TestDatabase database, WebApplication app, FakeTimeProvider clock) => (_database, _app, Clock) = (database, app, clock);

    public FakeTimeProvider Clock { get; }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private Uri Address => new(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

    public static async Task<DashboardApp> StartAsync()
    {
        TestDatabase database = await TestDatabase.SqliteAsync(Ct);
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ApplicationName = "HccPipeline.Reporting", ContentRootPath = AppContext.BaseDirectory });
        builder.Configuration.Sources.Clear();
        builder.Configuration.AddInMemoryCollection(database.Settings).AddInMemoryCollection([new("urls", "http://127.0.0.1:0")]);
        FakeTimeProvider clock = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
        builder.Services.AddSingleton<TimeProvider>(clock);
        builder.Services.AddPersistence();
        builder.Services.AddReporting();
        NoCommands nothing = new();
        builder.Services.AddSingleton<IQuarantineCommands>(nothing);
        builder.Services.AddSingleton<IModelCommands>(nothing);
        builder.Services.AddSingleton<IPatientScoring>(nothing);
        builder.Services.AddSingleton<IScheduleReader>(nothing);
        builder.AddDashboard();
        WebApplication web = builder.Build();
        DashboardApp app = new(database, web, clock);
        web.MapDashboard();
        await web.StartAsync(Ct);
        await app.AddStudyAsync(StudyOfA, "P-a", "A");
        await app.AddStudyAsync(StudyOfB, "P-b", "B");
        return app;
    }

    /// <summary>Addresses that answer to GET, as they were mapped.</summary>
    public IReadOnlyList<RouteEndpoint> Routes() =>
    [
        .. Get<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().Where(e => e.Metadata.GetMetadata<HttpMethodMetadata>() is not { } methods || methods.HttpMethods.Contains("GET")),
    ];

    public T Get<T>() where T : notnull => _app.Services.GetRequiredService<T>();

    public Task<IssuedToken> IssueAsync(AccessRole role = AccessRole.Viewer, string? center = null, string name = "Ada") =>
        Get<AccessTokenRepository>().CreateAsync(name, role, center, TimeSpan.FromDays(1), "root", Ct);

    /// <summary>A client that keeps cookies and follows nothing by itself.</summary>
    public HttpClient Client(string? bearer = null)
    {
        HttpClient client = new(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = Address };
        if (bearer is not null)
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", bearer);
        return client;
    }

    /// <summary>What was refused, the last first: who and why.</summary>
    public async Task<IReadOnlyList<(string Actor, string Reason)>> RefusalsAsync() =>
        [.. (await Get<AuditLog>().ListAsync(100, Ct)).Where(r => r.Action == "refuse").Select(r => (r.Actor, r.Reason))];

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        await _database.DisposeAsync();
    }

    /// <summary>Adds a study of one image.</summary>
    public async Task AddStudyAsync(string studyUid, string pseudonym, string center)
    {
        await Get<InstanceRepository>().AddAsync(
        [
            new()
            {
                Pseudonym = pseudonym, CenterCode = center, StudyUid = studyUid, SeriesUid = studyUid + ".1", Modality = "MR",
                SopInstanceUid = studyUid + ".1.1", BlobSha256 = "blob" + studyUid, SourceSha256 = "source" + studyUid, FrameCount = 1,
            },
        ], Ct);
        await Get<StudyRepository>().JudgeAsync(pseudonym, patient => [.. patient.Studies.Select(s => new StudyDecision
        {
            StudyUid = s.StudyUid, Visit = Visit.PreTreatment, ContentSha256 = "c1", Series = [.. s.Series.Select(r => new SeriesDecision(r.SeriesUid, Sequence.T2, null))],
        })], Ct);
    }

    /// <summary>Rooms that own no work: who looks can change nothing here.</summary>
    private sealed class NoCommands : IQuarantineCommands, IModelCommands, IPatientScoring, IScheduleReader
    {
        private const string Nothing = "Nothing was done.";

        public bool HasJobs => false;

        public Task<string> RetryBrickAsync(string runId, int brickIndex, string actor, CancellationToken ct) => Task.FromResult(Nothing);

        public Task<string> DismissBrickAsync(string runId, int brickIndex, string actor, string reason, CancellationToken ct) => Task.FromResult(Nothing);

        public Task<string> RetryFileAsync(string centerCode, string subject, string actor, CancellationToken ct) => Task.FromResult(Nothing);

        public Task<string> ApproveAsync(int modelVersion, string actor, string reason, CancellationToken ct) => Task.FromResult(Nothing);

        public Task<string> RollBackAsync(string actor, string reason, CancellationToken ct) => Task.FromResult(Nothing);

        public Task<string> RequestTrainingAsync(string actor, string reason, CancellationToken ct) => Task.FromResult(Nothing);

        public Task<string> RequestReportAsync(int modelVersion, string? period, string actor, string reason, CancellationToken ct) => Task.FromResult(Nothing);

        public Task<IReadOnlyList<PatientScore>> ScoreAsync(string pseudonym, CancellationToken ct) => Task.FromResult<IReadOnlyList<PatientScore>>([]);

        public IReadOnlyList<Schedule> List() => [];
    }
}
